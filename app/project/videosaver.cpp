#include "app/project/videosaver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <utility>

#include "app/engine/failuretext.h"
#include "core/io/imagewriter.h"
#include "core/io/videosource.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class VideoWords {
  Q_DECLARE_TR_FUNCTIONS(VideoWords)
};

void writeFrame(const QString& stem, RgbImage image, const ProbabilityMap& map, const SeenAs& seen) {
  MaskImage mask{map.width, map.height, std::vector<std::uint8_t>(map.values.size())};
  for (std::size_t i = 0; i < mask.pixels.size(); ++i) mask.pixels[i] = map.values[i] > float(seen.style.threshold) ? 255 : 0;
  writeMask(QString(stem + ".png"_L1).toStdString(), mask);
  writeRgb(QString(stem + "_overlay.png"_L1).toStdString(), overlayAsSeen(std::make_shared<const RgbImage>(std::move(image)), map, seen));
}

}  // namespace

SavedResults saveVideo(const VideoOrder& order, const NewPictureMaps& maps, const std::atomic<bool>& stop,
                       const std::function<void(int, int)>& progress) {
  SavedResults results;
  results.folder = freshResultsFolder(order.into, order.name);
  if (results.folder.isEmpty()) {
    results.problem = VideoWords::tr("Nothing can be written to %1.").arg(QDir::toNativeSeparators(order.into));
    return results;
  }
  const QDir folder(results.folder);
  const QString stem = QFileInfo(QDir::cleanPath(order.name)).completeBaseName();
  const int total = int(order.frames.size());
  int done = 0;
  try {
    const auto source = total > 0 ? openVideo(order.path, order.index) : nullptr;
    if (total == 1) {
      const int number = order.frames.first();
      writeFrame(folder.filePath(u"%1_%2"_s.arg(stem).arg(number, 6, 10, '0'_L1)), source->frame(number), maps.map(number), order.seen);
      progress(++done, total);
    }
    for (int number = 0; done < total && !stop; ++number) {
      const bool isWanted = number == order.frames[done];
      VideoFrame frame = source->next(isWanted);
      if (frame.isEnd()) break;
      if (!isWanted) continue;
      writeFrame(folder.filePath(u"%1_%2"_s.arg(stem).arg(number, 6, 10, '0'_L1)), std::move(frame.image), maps.map(number), order.seen);
      progress(++done, total);
    }
    if (stop)
      results.problem = VideoWords::tr("Stopped after %1 of %2 frames.").arg(done).arg(total);
    else if (done < total)
      results.problem = VideoWords::tr("The video could not be read to its end: %1 of %2 frames are saved.").arg(done).arg(total);
  } catch (const Error& error) {
    results.details = QString::fromUtf8(error.what());
    results.problem = VideoWords::tr("%1 of %2 frames are saved. %3")
                          .arg(done)
                          .arg(total)
                          .arg(error.code() == ErrorCode::Io ? FailureTexts::whyNotWritten(QString::fromStdString(error.cause()))
                                                             : VideoWords::tr("The next one cannot be read."));
  }
  QSaveFile file(folder.filePath(u"area.csv"_s));
  const QByteArray table = QByteArray::fromStdString(
      areaTable(order.areas, {order.seen.style.threshold, order.model.toStdString(), order.outlinedBy.toStdString()}));
  if (!file.open(QIODevice::WriteOnly) || file.write(table) != table.size() || !file.commit()) {
    const QString why = VideoWords::tr("The table of areas could not be written.");
    results.problem =
        results.problem.isEmpty() ? why + u' ' + FailureTexts::whyNotWritten(file.errorString()) : results.problem + u' ' + why;
    results.details += (results.details.isEmpty() ? QString() : u"\n"_s) + file.fileName() + ": "_L1 + file.errorString();
  }
  return results;
}

}  // namespace gps::app
