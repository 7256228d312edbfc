#include "app/cli/promptflags.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"
#include "core/values/error.h"

namespace gps::cli {

void PromptFlags::add(CLI::App& app) {
  const auto one = CLI::MultiOptionPolicy::TakeAll;
  app.add_option("--point", m_points, "A point that belongs to it, in pixels of the picture; x,y,- one that does not; may repeat")
      ->type_name("x,y")
      ->expected(1)
      ->multi_option_policy(one)
      ->delimiter('\0');
  app.add_option("--exclude", m_excluded, "A point that does not belong to it; may repeat")
      ->type_name("x,y")
      ->expected(1)
      ->multi_option_policy(one)
      ->delimiter('\0');
  app.add_option("--box", m_box, "A box round it, in pixels of the picture; goes together with points")->type_name("x0,y0,x1,y1");
}

PromptSet PromptFlags::prompts() const {
  PromptSet prompts;
  const auto add = [&](const std::string& flag, std::string text, bool include) {
    if (flag == "--point" && (text.ends_with(",-") || text.ends_with(",+"))) {
      include = text.back() == '+';
      text.resize(text.size() - 2);
    }
    const auto p = parseNumbers(flag, text, 2, "x,y in pixels, e.g. 120,80");
    prompts.points.push_back({p[0], p[1], include});
  };
  for (const auto& text : m_points) add("--point", text, true);
  for (const auto& text : m_excluded) add("--exclude", text, false);
  if (!m_box.empty()) {
    const std::string form = "x0,y0,x1,y1 in pixels, left top right bottom, e.g. 40,30,200,160";
    const auto b = parseNumbers("--box", m_box, 4, form);
    if (b[2] <= b[0] || b[3] <= b[1]) throw Error(ErrorCode::BadArgument, "--box", "\"" + m_box + "\" has no area", "Give " + form);
    prompts.box = {b[0], b[1], b[2], b[3]};
  }
  return prompts;
}

void requireInside(const PromptSet& prompts, const RgbImage& image, const std::string& id) {
  const std::string size = std::to_string(image.width) + " x " + std::to_string(image.height) + " pixels";
  const auto outside = [&](double x, double y) { return x < 0 || y < 0 || x > image.width || y > image.height; };
  for (const auto& p : prompts.points)
    if (outside(p.x, p.y))
      throw Error(ErrorCode::BadArgument, p.include ? "--point" : "--exclude", "lies outside of " + id, "It has " + size);
  if (!prompts.box) return;
  const auto& b = *prompts.box;
  if (outside(b[0], b[1]) || outside(b[2], b[3]))
    throw Error(ErrorCode::BadArgument, "--box", "reaches outside of " + id, "It has " + size);
}

}  // namespace gps::cli
