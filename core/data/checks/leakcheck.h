#pragma once
// Whether the same picture stands on two sides of a split, and the hash that identifies a data set.
#include <cstdint>
#include <string>
#include <vector>

#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/values/dataset.h"

namespace gps {

struct LeakOptions {
  bool nearDuplicates = true;  // decodes every picture
  int hammingThreshold = 4;    // bits of 64 that may differ, 0…16
};

// Same name (segmentation only), same bytes, near duplicate; each pair of pictures is reported once, by the strongest reason
// (bytes before name before near). Only pairs across splits count, of ImageNet-C's
// corruptions only those with other splits. Unreadable files are skipped (they are in `problems`).
// heldOut: receives the pictureFingerprint of every item in a split that is neither "train" nor "unlisted", 0 elsewhere and where it
// cannot be read; taken from the same decoding.
// Stage "leak check", unit "images". Throws Cancelled with `control`.
std::vector<DataLeak> findLeaks(const DataSummary& summary, const ImageSource& images, const LeakOptions& options = {},
                                RunControl* control = nullptr, std::vector<std::uint64_t>* heldOut = nullptr);

// 64 bits from the low frequencies of a 32x32 grey copy (DCT against its median): re-encoding, scaling and small changes of
// brightness leave it nearly unchanged.
std::uint64_t perceptualHash(const RgbImage& image);

// SHA-256 over sorted lines "relative path, 0x00, SHA-256 of bytes (hex)", all lists that were read included; CIFAR has its
// binary files for pictures. For a pack the lines are
// "pack", 0x00, SHA-256 of the file. Throws Error(Io).
std::string dataHash(const DataSummary& summary, RunControl* control = nullptr);

}  // namespace gps
