#include "app/project/newpicturessaver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>
#include <algorithm>

#include "app/engine/failuretext.h"
#include "core/drawing/overlay.h"
#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class SaverWords {
  Q_DECLARE_TR_FUNCTIONS(SaverWords)
};

// Two pictures may differ in their endings only.
QHash<int, QString> stemsOf(const QList<SavedPicture>& pictures) {
  QHash<QString, int> count;
  for (const SavedPicture& p : pictures) ++count[QFileInfo(p.name).completeBaseName().toLower()];
  QHash<int, QString> stems;
  for (const SavedPicture& p : pictures) {
    const QFileInfo file(p.name);
    const QString stem = file.completeBaseName();
    stems.insert(p.index, count.value(stem.toLower()) == 1 ? stem : stem + u'_' + file.suffix());
  }
  return stems;
}

QString quoted(QString text) { return u'"' + text.replace(u'"', u"\"\""_s) + u'"'; }

}  // namespace

QString freshResultsFolder(const QString& into, const QString& source) {
  const QString name = QFileInfo(QDir::cleanPath(source)).fileName() + " results"_L1;
  QDir dir(into);
  for (int n = 1; n < 10000; ++n) {
    const QString wanted = n == 1 ? name : u"%1 %2"_s.arg(name).arg(n);
    if (!QFileInfo::exists(dir.filePath(wanted))) return dir.mkdir(wanted) ? dir.filePath(wanted) : QString();
  }
  return {};
}

SavedResults saveNewPictures(const QString& into, const QString& source, const QList<SavedPicture>& pictures, const NewPictureMaps& maps,
                             const OverlayStyle& style, const std::atomic<bool>& stop, const std::function<void(int, int)>& progress) {
  SavedResults results;
  results.folder = freshResultsFolder(into, source);
  if (results.folder.isEmpty()) {
    results.problem = SaverWords::tr("Nothing can be written to %1.").arg(QDir::toNativeSeparators(into));
    return results;
  }
  const QDir folder(results.folder);
  const auto stems = stemsOf(pictures);
  QString table = u"picture,width,height,threshold,area_pixels,area_share,mask,problem,use\n"_s;
  const QString use = u"research use only; not for diagnosis"_s;
  QStringList failed;
  int done = 0;
  for (const SavedPicture& picture : pictures) {
    if (stop) break;
    try {
      if (!picture.problem.isEmpty()) {
        table += quoted(picture.name) + ",,,,,,,"_L1 + quoted(picture.problem) + u',' + use + u'\n';
      } else {
        const RgbImage image = OpenCvImageSource().loadImage(picture.path.toStdString());
        const ProbabilityMap map = maps.map(picture.index);
        MaskImage mask{map.width, map.height, std::vector<std::uint8_t>(map.values.size())};
        for (std::size_t i = 0; i < mask.pixels.size(); ++i) mask.pixels[i] = map.values[i] > float(style.threshold) ? 255 : 0;
        const auto area = std::count(mask.pixels.begin(), mask.pixels.end(), std::uint8_t(255));
        const QString stem = stems.value(picture.index);
        writeMask(folder.filePath(stem + ".png"_L1).toStdString(), mask);
        writeRgb(folder.filePath(stem + "_overlay.png"_L1).toStdString(), drawOverlay(image, map, nullptr, style));
        table += u"%1,%2,%3,%4,%5,%6,%7,,%8\n"_s.arg(quoted(picture.name))
                     .arg(map.width)
                     .arg(map.height)
                     .arg(style.threshold)
                     .arg(area)
                     .arg(double(area) / double(mask.pixels.size()), 0, 'f', 6)
                     .arg(quoted(stem + ".png"_L1), use);
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
      table += quoted(picture.name) + ",,,,,,,"_L1 + quoted(QString::fromStdString(error.cause())) + u',' + use + u'\n';
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
