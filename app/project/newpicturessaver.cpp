#include "app/project/newpicturessaver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>
#include <QSet>
#include <algorithm>
#include <utility>

#include "app/engine/failuretext.h"
#include "core/drawing/overlay.h"
#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#include "core/values/error.h"
#include "widgets/composition.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class SaverWords {
  Q_DECLARE_TR_FUNCTIONS(SaverWords)
};

// Two pictures may differ in their endings only, and one may be named like the results of another.
QHash<int, QString> stemsOf(const QList<SavedPicture>& pictures) {
  QHash<QString, int> count;
  for (const SavedPicture& p : pictures) ++count[QFileInfo(p.name).completeBaseName().toLower()];
  QHash<int, QString> stems;
  QSet<QString> taken;  // file names in small letters: some disks know no others
  for (const SavedPicture& p : pictures) {
    if (!p.problem.isEmpty()) continue;
    const QFileInfo file(p.name);
    const QString plain = file.completeBaseName(), full = plain + u'_' + file.suffix();
    QString stem = count.value(plain.toLower()) == 1 ? plain : full;
    const auto filesOf = [](const QString& of) { return QSet<QString>{of.toLower() + ".png"_L1, of.toLower() + "_overlay.png"_L1}; };
    for (int n = 1; taken.intersects(filesOf(stem)); ++n) stem = n == 1 ? full : full + u'_' + QString::number(n);
    taken += filesOf(stem);
    stems.insert(p.index, stem);
  }
  return stems;
}

QString quoted(QString text) { return u'"' + text.replace(u'"', u"\"\""_s) + u'"'; }

}  // namespace

RgbImage overlayAsSeen(std::shared_ptr<const RgbImage> image, const ProbabilityMap& map, const SeenAs& seen) {
  if (seen.brightness == 0 && seen.contrast == 1) return drawOverlay(*image, map, nullptr, seen.style);
  ui::Composition look;
  look.picture = ui::PicturePyramid::of(std::move(image));
  look.shown = ui::MapPyramid::of(std::make_shared<const ProbabilityMap>(map));
  look.style = seen.style;
  look.brightness = seen.brightness;
  look.contrast = seen.contrast;
  return look.pixels();
}

QString freshResultsFolder(const QString& into, const QString& source) {
  const QString name = QFileInfo(QDir::cleanPath(source)).fileName() + " results"_L1;
  QDir dir(into);
  for (int n = 1; n < 10000; ++n) {
    const QString wanted = n == 1 ? name : u"%1 %2"_s.arg(name).arg(n);
    if (!QFileInfo::exists(dir.filePath(wanted))) return dir.mkdir(wanted) ? dir.filePath(wanted) : QString();
  }
  return {};
}

SavedResults saveNewPictures(const NewPicturesOrder& order, const NewPictureMaps& maps, const std::atomic<bool>& stop,
                             const std::function<void(int, int)>& progress) {
  SavedResults results;
  results.folder = freshResultsFolder(order.into, order.source);
  if (results.folder.isEmpty()) {
    results.problem = SaverWords::tr("Nothing can be written to %1.").arg(QDir::toNativeSeparators(order.into));
    return results;
  }
  const QList<SavedPicture>& pictures = order.pictures;
  const double threshold = order.seen.style.threshold;
  const QDir folder(results.folder);
  const auto stems = stemsOf(pictures);
  QString table = u"picture,width,height,threshold,area_pixels,area_share,mask,problem,use,model,outlined_by\n"_s;
  const QString end = ",research use only; not for diagnosis,"_L1 + quoted(order.model) + u',' + quoted(order.outlinedBy) + u'\n';
  QStringList failed;
  int done = 0;
  for (const SavedPicture& picture : pictures) {
    if (stop) break;
    try {
      if (!picture.problem.isEmpty()) {
        table += quoted(picture.name) + ",,,,,,,"_L1 + quoted(picture.problem) + end;
      } else {
        auto image = std::make_shared<const RgbImage>(OpenCvImageSource().loadImage(picture.path.toStdString()));
        const ProbabilityMap map = maps.map(picture.index);
        MaskImage mask{map.width, map.height, std::vector<std::uint8_t>(map.values.size())};
        for (std::size_t i = 0; i < mask.pixels.size(); ++i) mask.pixels[i] = map.values[i] > float(threshold) ? 255 : 0;
        const auto area = std::count(mask.pixels.begin(), mask.pixels.end(), std::uint8_t(255));
        const QString stem = stems.value(picture.index);
        writeMask(folder.filePath(stem + ".png"_L1).toStdString(), mask);
        writeRgb(folder.filePath(stem + "_overlay.png"_L1).toStdString(), overlayAsSeen(std::move(image), map, order.seen));
        // All at once: a name may hold %1.
        table += u"%1,%2,%3,%4,%5,%6,%7,%8"_s.arg(
            quoted(picture.name), QString::number(map.width), QString::number(map.height), QString::number(threshold),
            QString::number(area), QString::number(double(area) / double(mask.pixels.size()), 'f', 6), quoted(stem + ".png"_L1), end);
      }
    } catch (const Error& error) {
      if (error.code() == ErrorCode::Io) {  // of the disk, not of this picture
        results.details = QString::fromUtf8(error.what());
        results.problem = SaverWords::tr("%1 of %2 pictures are saved. %3")
                              .arg(done)
                              .arg(pictures.size())
                              .arg(FailureTexts::whyNotWritten(QString::fromStdString(error.cause())));
        break;
      }
      failed << picture.name;
      table += quoted(picture.name) + ",,,,,,,"_L1 + quoted(QString::fromStdString(error.cause())) + end;
    }
    progress(++done, int(pictures.size()));
  }
  QSaveFile file(folder.filePath(u"areas.csv"_s));
  const QByteArray bytes = table.toUtf8();
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
    const QString why = SaverWords::tr("The table of areas could not be written.");
    results.problem =
        results.problem.isEmpty() ? why + u' ' + FailureTexts::whyNotWritten(file.errorString()) : results.problem + u' ' + why;
    results.details += (results.details.isEmpty() ? QString() : u"\n"_s) + file.fileName() + ": "_L1 + file.errorString();
  } else if (stop)
    results.problem = SaverWords::tr("Stopped after %1 of %2 pictures.").arg(done).arg(pictures.size());
  else if (results.problem.isEmpty() && !failed.isEmpty())
    results.problem = SaverWords::tr("Not saved: %1").arg(failed.join(u", "_s));
  return results;
}

}  // namespace gps::app
