#pragma once
// Random views of a picture for selection (gps-method 1.3) and fine-tuning (2.4). A view is drawn first, as plain numbers, and carried
// out afterwards: by renderView here or on a torch device by deviceviews.h.
#include <array>
#include <cstdint>

#include "core/values/counterrandom.h"
#include "core/values/image.h"
#include "core/values/names.h"

namespace gps {

// Plain: the whole picture squashed to the square. Flip: the same, mirrored with probability 1/2.
// Fgvc: a crop of 0.08 … 1 of the area with sides 3/4 … 4/3 to each other, mirrored with probability 1/2.
// Contrastive: as Fgvc, then with probability 0.8 colour jitter, then with probability 0.2 grey.
enum class ViewKind { Plain, Flip, Fgvc, Contrastive };

enum class ColourOperation : std::uint8_t { Brightness, Contrast, Saturation, Hue };

// In pixels of the source picture.
struct CropBox {
  int left = 0, top = 0, width = 0, height = 0;
  bool operator==(const CropBox&) const = default;
};

struct ColourJitter {
  std::array<ColourOperation, 4> order{ColourOperation::Brightness, ColourOperation::Contrast, ColourOperation::Saturation,
                                       ColourOperation::Hue};
  double brightness = 1, contrast = 1, saturation = 1;  // 0.6 … 1.4; 1: unchanged
  double hue = 0;                                       // -0.1 … 0.1 of the circle; 0: unchanged
  bool operator==(const ColourJitter&) const = default;
};

// Everything one view needs, in the order in which it happens.
struct ViewPlan {
  CropBox crop{};
  Interpolation interpolation = Interpolation::Bicubic;
  bool isMirrored = false;  // left-right
  bool isJittered = false;  // else `jitter` is not looked at
  ColourJitter jitter{};
  bool isGrey = false;
  bool operator==(const ViewPlan&) const = default;
};

// randomInterpolation: a crop is bilinear or bicubic with probability 1/2 each; else, and for whole pictures, bicubic.
// Throws Error(BadArgument) for a side of no pixels.
ViewPlan drawView(ViewKind kind, int sourceWidth, int sourceHeight, bool randomInterpolation, CounterRandom& random);

// Throws Error(BadArgument) for a box that is not inside the picture or has no pixels.
void requireInside(const CropBox& box, int width, int height);

// [size, size]. Every step with the bits of Pillow as torchvision calls it; cropped before it is resized, so that no pixel from outside
// of the box comes in.
// Throws as requireInside and resizeImage do.
RgbImage renderView(const RgbImage& source, const ViewPlan& plan, int size);

}  // namespace gps
