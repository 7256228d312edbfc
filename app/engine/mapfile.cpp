#include "app/engine/mapfile.h"

#include <algorithm>
#include <string>

#include "core/values/error.h"

namespace gps::app {

MapFile::MapFile() {
  if (!m_file.open())
    throw Error(ErrorCode::Io, m_file.fileTemplate().toStdString(), m_file.errorString().toStdString(), "Check the temporary folder");
}

void MapFile::add(int index, const CoarsePrediction& prediction) {
  const std::lock_guard lock(m_mutex);
  const auto bytes = qint64(prediction.logits.size() * sizeof(float));
  const qint64 at = m_file.size();
  if (!m_file.seek(at) || m_file.write(reinterpret_cast<const char*>(prediction.logits.data()), bytes) != bytes || !m_file.flush())
    throw Error(ErrorCode::Io, m_file.fileName().toStdString(), m_file.errorString().toStdString(), "Make room in the temporary folder");
  m_places.resize(std::max(m_places.size(), std::size_t(index) + 1));
  m_places[std::size_t(index)] = {at, prediction.side, prediction.geometry};
}

ProbabilityMap MapFile::map(int index) const {
  CoarsePrediction prediction;
  {
    const std::lock_guard lock(m_mutex);
    if (index < 0 || std::size_t(index) >= m_places.size() || m_places[std::size_t(index)].side == 0)
      throw Error(ErrorCode::NotFound, "picture " + std::to_string(index), "has not been looked at");
    const Place& place = m_places[std::size_t(index)];
    prediction.side = place.side;
    prediction.geometry = place.geometry;
    prediction.logits.resize(std::size_t(place.side) * std::size_t(place.side));
    const auto bytes = qint64(prediction.logits.size() * sizeof(float));
    if (!m_file.seek(place.at) || m_file.read(reinterpret_cast<char*>(prediction.logits.data()), bytes) != bytes)
      throw Error(ErrorCode::Io, m_file.fileName().toStdString(), m_file.errorString().toStdString());
  }
  return probabilityOf(prediction);
}

}  // namespace gps::app
