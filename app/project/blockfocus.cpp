#include "app/project/blockfocus.h"

namespace gps::app {

void BlockFocus::set(const QString& block, const QString& kind) {
  if (block == m_block && kind == m_kind) return;
  m_block = block;
  m_kind = kind;
  Q_EMIT changed();
}

}  // namespace gps::app
