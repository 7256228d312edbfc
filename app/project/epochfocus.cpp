#include "app/project/epochfocus.h"

#include <algorithm>

namespace gps::app {

void EpochFocus::set(const QString& runFolder, int epoch) {
  epoch = std::max(epoch, kNone);
  if (runFolder == m_runFolder && epoch == m_epoch) return;
  m_runFolder = runFolder;
  m_epoch = epoch;
  Q_EMIT changed();
}

}  // namespace gps::app
