#pragma once
// The block of the model that is looked at, perhaps one kind of its matrices: one for the bars, the trees, the layer and the comparison.
// GUI thread.
#include <QObject>
#include <QString>

namespace gps::app {

class BlockFocus : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  const QString& block() const { return m_block; }           // empty: none
  const QString& kind() const { return m_kind; }             // empty: the block as a whole
  void set(const QString& block, const QString& kind = {});  // by the user, anywhere
  void clear() { set({}); }

 Q_SIGNALS:
  void changed();

 private:
  QString m_block, m_kind;
};

}  // namespace gps::app
