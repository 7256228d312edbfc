#pragma once
// A prediction drawn over its picture at the picture's size: the one routine behind exports of the window and `predict --overlay`, so that
// both write the same bytes. The viewer draws the same on screen at its own zoom.
#include "core/values/image.h"
#include "core/values/overlaystyle.h"

namespace gps {

// Fill of what lies above the threshold, then dark halo, then contour; the truth as a white dashed line on top. Holes stay open. Lines are
// antialiased and keep their width in pixels of the picture. Null: not drawn. Throws Error(Mismatch) when sizes differ.
RgbImage drawOverlay(const RgbImage& image, const ProbabilityMap* prediction, const MaskImage* truth, const OverlayStyle& style = {});
inline RgbImage drawOverlay(const RgbImage& image, const ProbabilityMap& prediction, const MaskImage* truth,
                            const OverlayStyle& style = {}) {
  return drawOverlay(image, &prediction, truth, style);
}

}  // namespace gps
