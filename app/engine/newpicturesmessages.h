#pragma once
// Pictures of a folder that belong to no data set, looked at one after another.
#include <QString>
#include <QStringList>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/values/image.h"
#include "core/values/runspec.h"

namespace gps::app {

struct NewPicturesRequest {
  ModelSpec model;
  QString folder, runFolder;  // runFolder empty: the untuned model
  QStringList files;          // these alone, of any folder; empty: all pictures of the folder
  int epoch = 0;
  int thumbnailEdge = 192;  // pixels of its longer side
};

// The predictions of one such job, kept on the disk in the temporary folder until the last one lets go. Any thread.
class NewPictureMaps {
 public:
  virtual ~NewPictureMaps() = default;
  // At the size of the picture; throws Error(Io, NotFound).
  virtual ProbabilityMap map(int index) const = 0;
};

struct NewPicturesFound {
  QString folder;
  QStringList names, paths;  // by index; the endings are part of the names
  std::shared_ptr<const NewPictureMaps> maps;
};

// One of them, in the order of their indices.
struct NewPictureSeen {
  int index = 0, width = 0, height = 0;
  std::array<std::uint32_t, 101> above{};  // pixels whose probability is above 0, 0.01 … 1
  std::shared_ptr<const RgbImage> thumbnail;
  std::vector<std::uint8_t> thumbnailMap;  // the probability of its pixels, 255: 1
  QString problem;                         // English; set: it could not be read, and there is no more than this
};

}  // namespace gps::app
