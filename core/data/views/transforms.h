#pragma once
// From a picture to what a model reads, and from its logits back to the picture. Plain floats; no tensor library.
#include <cstdint>
#include <vector>

#include "core/data/views/normalisation.h"
#include "core/data/views/resample.h"
#include "core/values/image.h"
#include "core/values/preprocess.h"

namespace gps {

// Where a picture lies inside the model's square.
struct PreprocessGeometry {
  int sourceWidth = 0, sourceHeight = 0;
  int contentWidth = 0, contentHeight = 0;  // ≤ size; equal to it with Squash
  int size = 0;
};
PreprocessGeometry preprocessGeometry(const PreprocessSpec& spec, int width, int height);

// Resized, and for Crop cut, as the spec says: at most size x size.
RgbImage fitPicture(const RgbImage& image, const PreprocessSpec& spec);
// Nearest neighbour at pixel centres; stays 0/255.
MaskImage resizeMask(const MaskImage& mask, int width, int height);
// Bilinear without antialiasing, align_corners = false, as torch's interpolate. rows [height, width].
std::vector<float> resizePlane(const float* plane, int width, int height, int newWidth, int newHeight);

// How the values of a fitted picture are scaled; MinMax looks at all of its pixels.
ChannelScales pictureScales(const RgbImage& resized, Normalisation normalisation);
// [3, S, S], channels R G B. `mirrored` flips the picture left-right before it is padded.
void writeModelInput(const RgbImage& resized, const PreprocessSpec& spec, bool mirrored, float* output);
// [S, S], 0 or 1; the padding is 0.
void writeModelMask(const MaskImage& resized, const PreprocessSpec& spec, bool mirrored, float* output);
// A picture of any size, in one call.
std::vector<float> modelInput(const RgbImage& image, const PreprocessSpec& spec);

// Model logits [logitsSize, logitsSize] to the size of the source picture: bilinear; Pad goes through size x size and cuts the
// padding, as segment-anything does.
std::vector<float> logitsToSource(const float* logits, int logitsSize, const PreprocessGeometry& geometry);
ProbabilityMap probabilityOf(const std::vector<float>& logits, int width, int height);
// Foreground where probability > threshold.
MaskImage maskOf(const ProbabilityMap& map, double threshold = 0.5);

}  // namespace gps
