#pragma once
// Which way the gradient of selected entries is computed, layer by layer: measured once for a shape and then kept, so that a run, and the
// same run resumed, takes the same way and gets the same bits. Engine thread and the backward that it waits for.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gps {

enum class GradientPath : std::uint8_t {
  Sampled,  // a product for every entry
  Union,    // a matrix product with the columns in use, then gathered
  Dense     // with all columns
};

// By the words that describe a layer's product: device, type, sizes, number of entries and of columns in use, what is kept of its input.
using PathsByShape = std::map<std::string, GradientPath>;
// One line a shape, "SHAPE = PATH". Read back, whole lines that make sense count, of several for a shape the first.
std::string textOf(const PathsByShape& paths);
PathsByShape pathsIn(const std::string& text);

class GradientPathFile;

class GradientPaths {
 public:
  // What every network of this process shares.
  static std::shared_ptr<GradientPaths> ofThisProcess();

  // From now on what stands in the file is not measured, and what is measured is settled there. Empty: no file. Known shapes stay.
  void keepIn(const std::string& path);

  // The way for `shape`; the first time, `run` is called with each candidate (at least one) and timed, and the fastest is kept. Waits for
  // the device then. canMeasure false: the first candidate, not kept.
  GradientPath choose(const std::string& shape, const std::vector<GradientPath>& candidates, bool canMeasure,
                      const std::function<void(GradientPath)>& run, const std::function<void()>& wait);

  // What is known, for a run's state, as textOf; read replaces what it names.
  std::string text() const { return textOf(m_known); }
  void read(const std::string& text);
  std::size_t size() const { return m_known.size(); }
  // How many shapes this process measured itself.
  int measured() const { return m_measured; }

 private:
  PathsByShape m_known, m_kept;              // m_kept: in the file when it was read
  std::shared_ptr<GradientPathFile> m_file;  // null: none
  int m_measured = 0;
};

}  // namespace gps
