#include "app/pages/train/costwarnings.h"

#include <QCoreApplication>

#include "widgets/format.h"

namespace gps::app {

namespace {
class CostWarnings {
  Q_DECLARE_TR_FUNCTIONS(CostWarnings)
};
constexpr double kFullDisk = 0.9, kFullMemory = 0.85;
constexpr double kMib = 1024 * 1024;
}  // namespace

QStringList runWarnings(const TrainCost* cost, const LeakEvidence& evidence) {
  QStringList warnings;
  if (cost) {
    const double disk = double(cost->diskBytes());
    if (cost->freeDiskBytes > 0 && disk > kFullDisk * cost->freeDiskBytes)
      warnings << CostWarnings::tr("The disk is too small: the run writes %1, and %2 are free.")
                      .arg(ui::bytesText(disk), ui::bytesText(cost->freeDiskBytes));
    // What the process held while it measured is given back before the free memory is asked for.
    const double memory = cost->isCuda ? cost->deviceMemoryBytes : cost->freeMemoryBytes, peak = cost->peakMib * kMib;
    if (memory > 0 && peak > kFullMemory * memory)
      warnings << CostWarnings::tr("Memory is short: the run needs %1 of %2. Fewer pictures per step or recomputing need less.")
                      .arg(ui::bytesText(peak), ui::bytesText(memory));
  }
  for (const LeakFinding& finding : leakFindings(evidence)) warnings << finding.sentence;
  return warnings;
}

}  // namespace gps::app
