#include <string>

#include "core/evaluation/prediction.h"
#include "core/values/error.h"

namespace gps {

PixelCounts comparePixels(const ProbabilityMap& probability, const MaskImage& truth, double threshold) {
  if (probability.width != truth.width || probability.height != truth.height)
    throw Error(ErrorCode::Mismatch, "mask",
                "is " + std::to_string(truth.width) + "×" + std::to_string(truth.height) + " but the picture is " +
                    std::to_string(probability.width) + "×" + std::to_string(probability.height),
                "Give picture and mask the same size");
  PixelCounts counts;
  for (std::size_t i = 0; i < truth.pixels.size(); ++i) {
    const bool predicted = double(probability.values[i]) > threshold, there = truth.pixels[i] > 127;
    auto& count = predicted ? (there ? counts.truePositive : counts.falsePositive) : (there ? counts.falseNegative : counts.trueNegative);
    ++count;
  }
  return counts;
}

}  // namespace gps
