#pragma once
// CIFAR-10 and CIFAR-100 as their authors publish them for C programs: binary files of labelled 32x32 pictures.
#include <memory>
#include <string>
#include <vector>

#include "core/control/imagesource.h"
#include "core/values/dataset.h"

namespace gps {

// data_batch_1…5.bin, test_batch.bin, batches.meta.txt (CIFAR-10) or train.bin, test.bin, fine_label_names.txt (CIFAR-100, its fine
// labels), in the folder or in its cifar-10-batches-bin, cifar-100-binary. Items: id "train/00017", imagePath "FILE#17".
// False, and the summary left alone, when there is none of these files. Throws Error(BadFile) when some are missing or damaged, or when
// there is the version for Python instead.
bool openCifar(DataSummary& summary);

bool isCifar(const DataSummary& summary);  // its pictures need CifarImageSource

// Reads "FILE#17" out of the memory-mapped files of `summary`. Thread-safe. There are no masks.
class CifarImageSource : public ImageSource {
 public:
  explicit CifarImageSource(const DataSummary& summary);  // throws as MappedFile
  ~CifarImageSource() override;
  RgbImage loadImage(const std::string& path) const override;
  MaskImage loadMask(const std::string& path) const override;
  Size sizeOf(const std::string& path) const override;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace gps
