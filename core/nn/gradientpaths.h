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

class GradientPaths {
 public:
  // What every network of this process shares.
  static std::shared_ptr<GradientPaths> ofThisProcess();

  // The way for `shape`; the first time, `run` is called with each candidate (at least one) and timed, and the fastest is kept. Waits for
  // the device then. canMeasure false: the first candidate, not kept.
  GradientPath choose(const std::string& shape, const std::vector<GradientPath>& candidates, bool canMeasure,
                      const std::function<void(GradientPath)>& run, const std::function<void()>& wait);

  // What was measured, for a run's state: one line a shape. read: lines that are not understood are left out.
  std::string text() const;
  void read(const std::string& text);
  std::size_t size() const { return m_known.size(); }

 private:
  std::map<std::string, GradientPath> m_known;
};

}  // namespace gps
