#pragma once
// Whose prediction of a picture: the untuned model's, or that of a run after an epoch.
#include <QHash>
#include <QString>

namespace gps::app {

struct MapSource {
  QString runFolder;  // empty: the untuned model
  int epoch = 0;      // 1-based; 0: the untuned model, Session::kNow: the values of this moment of the run that trains
  bool isBase() const { return epoch == 0 || runFolder.isEmpty(); }
  bool operator==(const MapSource& other) const { return isBase() ? other.isBase() : runFolder == other.runFolder && epoch == other.epoch; }
};

inline size_t qHash(const MapSource& source, size_t seed = 0) {
  return source.isBase() ? ::qHash(0, seed) : qHashMulti(seed, source.runFolder, source.epoch);
}

}  // namespace gps::app
