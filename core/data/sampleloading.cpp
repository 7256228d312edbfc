#include "core/data/sampleloading.h"

#include <string>
#include <utility>

#include "core/data/fingerprint.h"
#include "core/values/error.h"

namespace gps {

bool cropsAtRandom(const LoaderSpec& spec) { return spec.view == ViewKind::Fgvc || spec.view == ViewKind::Contrastive; }

void requireLoadable(const LoaderSpec& spec) {
  const auto refuse = [](const char* what, const std::string& why) { throw Error(ErrorCode::BadArgument, what, why); };
  const auto within = [&](const char* what, int value, int low, int high) {
    if (value < low || value > high) {
      refuse(what, std::to_string(value) + " is not in " + std::to_string(low) + " … " + std::to_string(high));
    }
  };
  if (spec.items.empty()) refuse("data", "there is no picture to load");
  within("--batch", spec.batch, 1, 4096);
  within("--image-size", spec.preprocess.size, 16, 4096);
  within("decoding threads", spec.threads, 0, 16);
  within("prefetched batches", spec.prefetch, 1, 16);
  within("views", spec.views, 1, 2);
  within("rank", spec.rank, 0, spec.ranks - 1);
  if (!spec.labels.empty() && spec.labels.size() != spec.items.size()) refuse("labels", "their number is not that of the pictures");
  if (!spec.masks) return;
  if (cropsAtRandom(spec)) refuse("--augment", "random crops are for classification; a mask would not follow them");
  for (const auto& item : spec.items)
    if (item.maskPath.empty()) refuse(item.id.c_str(), "it has no mask");
}

Sample loadSample(const DataItem& item, const LoaderSpec& spec, const ImageSource& source) {
  Sample sample;
  RgbImage image = source.loadImage(item.imagePath);
  const int width = image.width, height = image.height;
  sample.fingerprint = pictureFingerprint(image);
  sample.geometry = preprocessGeometry(spec.preprocess, width, height);
  sample.image = cropsAtRandom(spec) ? std::move(image) : fitPicture(image, spec.preprocess);
  if (spec.onDevice && !cropsAtRandom(spec)) sample.scales = pictureScales(sample.image, spec.preprocess.normalisation);
  if (!spec.masks) return sample;
  const MaskImage mask = source.loadMask(item.maskPath);
  if (mask.width != width || mask.height != height) {
    throw Error(ErrorCode::Mismatch, item.maskPath,
                "the mask is " + std::to_string(mask.width) + "x" + std::to_string(mask.height) + " but its picture is " +
                    std::to_string(width) + "x" + std::to_string(height),
                "Bring both to one size or leave the pair out");
  }
  sample.mask = resizeMask(mask, sample.geometry.contentWidth, sample.geometry.contentHeight);
  return sample;
}

}  // namespace gps
