#include "app/engine/newpicturejobs.h"

#include <QFileInfo>
#include <cmath>
#include <memory>

#include "app/engine/mapfile.h"
#include "core/data/dataset.h"
#include "core/evaluation/coarseprediction.h"
#include "core/io/opencvimagesource.h"
#include "core/io/thumbnails.h"
#include "core/values/areacounts.h"
#include "core/values/error.h"

namespace gps::app {

namespace {

void describe(const RgbImage& image, const ProbabilityMap& map, int edge, NewPictureSeen& seen) {
  seen.width = image.width;
  seen.height = image.height;
  seen.above = AreaCounts::of(map).all();
  auto small = std::make_shared<RgbImage>(makeThumbnail(image, edge));
  const auto coarse = resizePlane(map.values.data(), map.width, map.height, small->width, small->height);
  for (const float p : coarse) seen.thumbnailMap.push_back(std::uint8_t(std::lround(p * 255)));
  seen.thumbnail = std::move(small);
}

QStringList picturesOf(const NewPicturesRequest& request) {
  if (!request.files.isEmpty()) return request.files;
  QStringList paths;
  const DataSummary pictures = openPictures(request.folder.toStdString());
  for (const DataItem& item : pictures.items) paths << QString::fromStdString(item.imagePath);
  if (paths.isEmpty())
    throw Error(ErrorCode::NotFound, request.folder.toStdString(), "there is no picture in it", "Choose a folder with pictures");
  return paths;
}

}  // namespace

void lookAtNewPictures(JobContext& job, const Model& model, const NewPicturesRequest& request) {
  const QStringList paths = picturesOf(request);
  const OpenCvImageSource files;
  const auto maps = std::make_shared<MapFile>();
  NewPicturesFound found{request.folder, {}, {}, maps};
  found.paths = paths;
  for (const QString& path : paths) found.names << QFileInfo(path).fileName();
  job.send(std::move(found));
  ProgressMeter meter(job.control(), "predict", "images", paths.size());
  for (int i = 0; i < paths.size(); ++i) {
    job.control().stepBoundary();
    NewPictureSeen seen;
    seen.index = i;
    RgbImage image;
    try {
      image = files.loadImage(paths[i].toStdString());
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
