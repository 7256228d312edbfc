#pragma once
// Predictions kept in a file of the temporary folder, as the network gives them: 16 KiB each of LiteMedSAM, 256 KiB of SAM. In memory there
// is their place alone. Thread-safe.
#include <QTemporaryFile>
#include <mutex>
#include <vector>

#include "app/engine/newpicturesmessages.h"
#include "core/evaluation/coarseprediction.h"

namespace gps::app {

class MapFile : public NewPictureMaps {
 public:
  MapFile();                                                // throws Error(Io)
  void add(int index, const CoarsePrediction& prediction);  // throws Error(Io)
  ProbabilityMap map(int index) const override;

 private:
  struct Place {
    qint64 at = 0;
    int side = 0;  // 0: none
    PreprocessGeometry geometry;
  };
  mutable std::mutex m_mutex;
  mutable QTemporaryFile m_file;
  std::vector<Place> m_places;
};

}  // namespace gps::app
