#include "core/kernels/windowcopy.h"

#include <algorithm>

namespace gps::kernels {

// Where the window entry of a picture's pixel begins.
static std::int64_t placeOf(const WindowShape& s, std::int64_t b, std::int64_t y, std::int64_t x) {
  const auto window = (b * s.rows() + y / s.window) * s.columns() + x / s.window;
  return ((window * s.window + y % s.window) * s.window + x % s.window) * s.channels;
}

void cutWindowsOnCpu(const WindowShape& s, const float* picture, float* windows) {
  for (std::int64_t b = 0; b < s.batch; ++b)
    for (std::int64_t y = 0; y < s.rows() * s.window; ++y)
      for (std::int64_t x = 0; x < s.columns() * s.window; ++x) {
        float* to = windows + placeOf(s, b, y, x);
        if (y < s.height && x < s.width)
          std::copy_n(picture + ((b * s.height + y) * s.width + x) * s.channels, s.channels, to);
        else
          std::fill_n(to, s.channels, 0.0F);
      }
}

void joinWindowsOnCpu(const WindowShape& s, const float* windows, const float* added, float* picture) {
  for (std::int64_t b = 0, i = 0; b < s.batch; ++b)
    for (std::int64_t y = 0; y < s.height; ++y)
      for (std::int64_t x = 0; x < s.width; ++x)
        for (std::int64_t c = 0; c < s.channels; ++c, ++i)
          picture[i] = windows[placeOf(s, b, y, x) + c] + (added != nullptr ? added[i] : 0.0F);
}

#ifndef GPS_WITH_CUDA
int cutWindowsOnCuda(const WindowShape&, const float*, float*, void*) { return -1; }
int joinWindowsOnCuda(const WindowShape&, const float*, const float*, float*, void*) { return -1; }
#endif

}  // namespace gps::kernels
