#pragma once
// The keys of this screen, in groups.
#include "widgets/overlaypanel.h"

class QGridLayout;

namespace gps::ui {

struct KeyGroup {
  QString title;
  QList<std::pair<QString, QString>> rows;  // keys, what they do
};

class ShortcutSheet : public OverlayPanel {
  Q_OBJECT
 public:
  explicit ShortcutSheet(QWidget* host);
  void show(const QString& title, const QList<KeyGroup>& groups);
  QString plainText() const { return m_text; }  // "keys<TAB>what" by lines, for screen readers and tests

 private:
  QWidget* m_content;
  QGridLayout* m_grid;
  QString m_text;
};

}  // namespace gps::ui
