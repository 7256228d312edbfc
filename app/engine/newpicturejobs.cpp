#include "app/engine/newpicturejobs.h"

#include <QTemporaryFile>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>
#include <vector>

#include "core/data/dataset.h"
#include "core/evaluation/coarseprediction.h"
#include "core/io/opencvimagesource.h"
#include "core/io/thumbnails.h"
#include "core/values/error.h"

namespace gps::app {

namespace {

// The network's own numbers, one after another in one file.
class MapFile : public NewPictureMaps {
 public:
  MapFile() {
    if (!m_file.open())
      throw Error(ErrorCode::Io, m_file.fileTemplate().toStdString(), m_file.errorString().toStdString(), "Check the temporary folder");
  }
  void add(int index, const CoarsePrediction& prediction) {
    const std::lock_guard lock(m_mutex);
    const auto bytes = qint64(prediction.logits.size() * sizeof(float));
    const qint64 at = m_file.size();
    if (!m_file.seek(at) || m_file.write(reinterpret_cast<const char*>(prediction.logits.data()), bytes) != bytes || !m_file.flush())
      throw Error(ErrorCode::Io, m_file.fileName().toStdString(), m_file.errorString().toStdString(), "Make room in the temporary folder");
    m_places.resize(std::max(m_places.size(), std::size_t(index) + 1));
    m_places[std::size_t(index)] = {at, prediction.side, prediction.geometry};
  }
  ProbabilityMap map(int index) const override {
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

void describe(const RgbImage& image, const ProbabilityMap& map, int edge, NewPictureSeen& seen) {
  seen.width = image.width;
  seen.height = image.height;
  const auto limit = [](std::size_t step) { return float(double(step) / 100); };
  std::array<std::uint32_t, 102> first{};  // by the number of thresholds that a pixel lies above
  for (const float p : map.values) {
    auto above = p > 0 ? std::size_t(std::min(p, 1.0F) * 100) : 0;
    while (above > 0 && !(p > limit(above - 1))) --above;
    while (above <= 100 && p > limit(above)) ++above;
    ++first[above];
  }
  std::uint32_t sum = 0;
  for (std::size_t step = 101; step-- > 0;) seen.above[step] = sum += first[step + 1];
  auto small = std::make_shared<RgbImage>(makeThumbnail(image, edge));
  const auto coarse = resizePlane(map.values.data(), map.width, map.height, small->width, small->height);
  for (const float p : coarse) seen.thumbnailMap.push_back(std::uint8_t(std::lround(p * 255)));
  seen.thumbnail = std::move(small);
}

}  // namespace

void lookAtNewPictures(JobContext& job, const Model& model, const NewPicturesRequest& request) {
  const DataSummary pictures = openPictures(request.folder.toStdString());
  if (pictures.items.empty())
    throw Error(ErrorCode::NotFound, request.folder.toStdString(), "there is no picture in it", "Choose a folder with pictures");
  const OpenCvImageSource files;
  const auto maps = std::make_shared<MapFile>();
  NewPicturesFound found{request.folder, {}, {}, maps};
  for (const DataItem& item : pictures.items) {
    found.paths << QString::fromStdString(item.imagePath);
    found.names << QString::fromStdString(std::filesystem::path(item.imagePath).filename().string());
  }
  job.send(std::move(found));
  ProgressMeter meter(job.control(), "predict", "images", std::int64_t(pictures.items.size()));
  for (std::size_t i = 0; i < pictures.items.size(); ++i) {
    job.control().stepBoundary();
    NewPictureSeen seen;
    seen.index = int(i);
    RgbImage image;
    try {
      image = files.loadImage(pictures.items[i].imagePath);
    } catch (const Error& error) {
      seen.problem = QString::fromStdString(error.cause());
    }
    if (!image.empty()) {
      const CoarsePrediction prediction = predictCoarse(model, image, request.model, &job.control());
      maps->add(seen.index, prediction);
      describe(image, probabilityOf(prediction), request.thumbnailEdge, seen);
    }
    job.send(std::move(seen));
    meter.advance();
  }
}

}  // namespace gps::app
