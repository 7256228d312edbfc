#pragma once
// A decoded data set in one safetensors file, readable without an image library: image/<id> U8 [H,W,3], mask/<id> U8 [H,W],
// metadata "pack" (JSON: version, task, classes, items of id, split, class, source_hash; class_titles and class_subset where they say
// something).
#include <functional>
#include <memory>
#include <string>

#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/values/dataset.h"

namespace gps {

// By content, not by name: a safetensors file whose metadata has "pack". False for anything else.
bool isPackFile(const std::string& path);

// Throws Error(NotFound, BadFile).
DataSummary openPack(const std::string& path);

// DataItem::imagePath and maskPath are the tensor names. The file stays memory-mapped; loads copy. Thread-safe.
class PackImageSource : public ImageSource {
 public:
  explicit PackImageSource(const std::string& path);  // throws Error(NotFound, BadFile)
  ~PackImageSource() override;
  RgbImage loadImage(const std::string& tensorName) const override;
  MaskImage loadMask(const std::string& tensorName) const override;
  Size sizeOf(const std::string& tensorName) const override;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

// Decodes every item of `summary` through `images` into one file (temporary name, then renamed). Stage "pack", unit "images".
// Throws Error(Io, BadFile); Cancelled leaves no file.
void writePack(const DataSummary& summary, const ImageSource& images, const std::string& path, RunControl* control = nullptr);

}  // namespace gps
