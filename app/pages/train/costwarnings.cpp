#include "app/pages/train/costwarnings.h"

#include <QCoreApplication>

#include "widgets/format.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
class CostWarnings {
  Q_DECLARE_TR_FUNCTIONS(CostWarnings)
};
constexpr double kFullDisk = 0.9, kFullMemory = 0.85;
constexpr double kMib = 1024 * 1024;
}  // namespace

static QString diskText(const DiskNeed& disk) {
  const QString needed = ui::bytesText(disk.bytes), free = ui::bytesText(disk.freeBytes);
  if (disk.runs > 1)
    return CostWarnings::tr("The disk is too small: %n run(s), with those that wait, write about %1, and %2 are free.", nullptr, disk.runs)
        .arg(needed, free);
  return (disk.isEstimated ? CostWarnings::tr("The disk is too small: the run writes about %1, and %2 are free.")
                           : CostWarnings::tr("The disk is too small: the run writes %1, and %2 are free."))
      .arg(needed, free);
}

QList<RunWarning> runWarnings(const TrainCost* cost, const DiskNeed& disk, const LeakEvidence& evidence) {
  QList<RunWarning> warnings;
  if (disk.freeBytes > 0 && disk.bytes > kFullDisk * disk.freeBytes)
    warnings.append({u"disk "_s + ui::bytesText(disk.bytes), diskText(disk)});
  if (cost) {
    // What the process held while it measured is given back before the free memory is asked for.
    const double memory = cost->isCuda ? cost->deviceMemoryBytes : cost->freeMemoryBytes, peak = cost->peakMib * kMib;
    if (memory > 0 && peak > kFullMemory * memory)
      warnings.append({u"memory "_s + ui::bytesText(peak),
                       CostWarnings::tr("Memory is short: the run needs %1 of %2. Fewer pictures per step or recomputing need less.")
                           .arg(ui::bytesText(peak), ui::bytesText(memory))});
  }
  QStringList heldOut;
  for (auto it = evidence.heldOut.begin(); it != evidence.heldOut.end(); ++it) heldOut << u"%1 %2"_s.arg(it.key()).arg(it.value());
  for (const LeakFinding& finding : leakFindings(evidence)) {
    const QString key = u"leak %1: %2 %3 %4"_s.arg(int(finding.kind)).arg(evidence.pairs).arg(evidence.seen.join(u','), heldOut.join(u','));
    warnings.append({key, finding.sentence});
  }
  return warnings;
}

}  // namespace gps::app
