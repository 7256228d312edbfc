#pragma once
// --point, --exclude and --box: what a person points at, on the command line.
#include <string>
#include <vector>

#include "core/values/image.h"
#include "core/values/prompts.h"

namespace CLI {
class App;
}

namespace gps::cli {

class PromptFlags {
 public:
  void add(CLI::App& app);
  bool isGiven() const { return !m_points.empty() || !m_excluded.empty() || !m_box.empty(); }
  bool hasPoints() const { return !m_points.empty() || !m_excluded.empty(); }
  // Points in their order, those of --exclude last. Throws Error(BadArgument) naming the flag.
  PromptSet prompts() const;

 private:
  std::vector<std::string> m_points, m_excluded;
  std::string m_box;
};

// Throws Error(BadArgument) naming the flag and the size of the picture.
void requireInside(const PromptSet& prompts, const RgbImage& image, const std::string& id);

}  // namespace gps::cli
