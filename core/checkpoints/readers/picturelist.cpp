#include "core/checkpoints/readers/picturelist.h"

#include <algorithm>
#include <string>

#include "core/values/error.h"

namespace gps {

std::vector<std::uint64_t> readPictures(const TensorFile& file) {
  const TensorRecord* record = file.find(kPictures);
  if (record == nullptr) return {};
  if (record->dtype != DType::U64 || record->shape.size() != 1)
    throw Error(ErrorCode::BadFile, file.path(),
                "tensor \"" + record->name + "\" is " + std::string(dtypeName(record->dtype)) + " of shape " + shapeText(record->shape) +
                    ", not a list of U64",
                "Write the file again");
  std::vector<std::uint64_t> pictures(static_cast<std::size_t>(record->elements()));
  copyRaw(file, *record, pictures.data());
  if (!std::is_sorted(pictures.begin(), pictures.end()))
    throw Error(ErrorCode::BadFile, file.path(), "its picture fingerprints do not ascend", "Write the file again");
  return pictures;
}

}  // namespace gps
