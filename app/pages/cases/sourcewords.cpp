#include "app/pages/cases/sourcewords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "app/project/runlibrary.h"
#include "app/project/session.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
class SourceWords {
  Q_DECLARE_TR_FUNCTIONS(SourceWords)
};
}  // namespace

QString methodName(Method method) {
  switch (method) {
    case Method::Gps:
      return SourceWords::tr("GPS");
    case Method::Full:
      return SourceWords::tr("full fine-tuning");
    case Method::Decoder:
      return SourceWords::tr("decoder only");
    case Method::Linear:
      return SourceWords::tr("head only");
    case Method::Bias:
      return SourceWords::tr("biases only");
  }
  return {};
}

QString methodText(const TrainSpec& spec) {
  if (spec.method != Method::Gps) return methodName(spec.method);
  if (!spec.selectionPath.empty()) return SourceWords::tr("GPS, %1").arg(QFileInfo(QString::fromStdString(spec.selectionPath)).baseName());
  if (spec.selection.share > 0) return SourceWords::tr("GPS %1 %").arg(100 * spec.selection.share, 0, 'g', 3);
  return SourceWords::tr("GPS K=%1").arg(spec.selection.keptPerRow);
}

QStringList toldApart(const QList<MethodAndTime>& runs) {
  QStringList texts;
  for (const MethodAndTime& run : runs) {
    const auto same = std::count_if(runs.begin(), runs.end(), [&run](const MethodAndTime& other) { return other.method == run.method; });
    const QString when = QDateTime::fromMSecsSinceEpoch(run.startedMs).toString(u"MM-dd HH:mm"_s);
    texts << (same > 1 && run.startedMs > 0 ? u"%1 · %2"_s.arg(run.method, when) : run.method);
  }
  return texts;
}

QString sourceText(const MapSource& source, const Session& session, const RunLibrary& runs) {
  if (source.isBase()) return SourceWords::tr("base model");
  const bool isOnScreen = QDir::cleanPath(source.runFolder) == QDir::cleanPath(session.run().folder);
  const RunPtr run = isOnScreen ? nullptr : runs.runIn(source.runFolder);
  const QString method = isOnScreen ? methodText(session.run().spec)
                         : run      ? methodText(run->record.spec)
                                    : QFileInfo(source.runFolder).fileName();
  if (source.epoch == Session::kNow) return SourceWords::tr("%1 · now").arg(method);
  return SourceWords::tr("%1 · version %2").arg(method).arg(source.epoch);
}

}  // namespace gps::app
