#pragma once
// A prediction drawn over its picture, as the viewer shows it and as `predict --overlay` writes it.
#include "core/values/image.h"
#include "core/values/overlaystyle.h"

namespace gps {

// Fill, then dark halo, then contour; the truth as a white dashed line on top. Holes stay open. Antialiased; lines keep their
// width in pixels of the picture. truth may be null. Throws Error(Mismatch) when sizes differ.
RgbImage drawOverlay(const RgbImage& image, const ProbabilityMap& prediction, const MaskImage* truth, const OverlayStyle& style = {});

}  // namespace gps
