#include "widgets/progressvalue.h"

#include <QCoreApplication>
#include <QStringList>

#include "widgets/format.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

QString progressLine(const ProgressValue& progress) {
  QStringList parts;
  const QString unit = progress.unit.isEmpty() ? QString() : u' ' % progress.unit;
  if (progress.total > 0)
    parts << QCoreApplication::translate("gps::ui", "%1 of %2%3").arg(groupedCount(progress.done), groupedCount(progress.total), unit);
  else if (progress.done > 0)
    parts << groupedCount(progress.done) % unit;
  if (progress.perSecond > 0) parts << QCoreApplication::translate("gps::ui", "%1%2/s").arg(significant(progress.perSecond, 2), unit);
  if (progress.remainingS >= 0) parts << QCoreApplication::translate("gps::ui", "%1 left").arg(durationText(progress.remainingS));
  return parts.join(u" · "_s);
}

}  // namespace gps::ui
