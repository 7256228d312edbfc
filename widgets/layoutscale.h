#pragma once
// Margins, spacings and fixed sizes of a window follow a change of the text scale, wherever they were set once from Theme::px.
#include <QHash>
#include <QMargins>

class QLayout;
class QWidget;

namespace gps::ui {

class LayoutScale {
 public:
  // Everything inside root (not root itself, whose smallest size belongs to the screen). Widgets that set their measures on
  // Theme::changed do so afterwards.
  void scale(QWidget& root, double ratio);

 private:
  int scaled(const void* owner, int slot, int value, double ratio);
  void scaleLayout(QLayout& layout, double ratio);
  // The unrounded value, so that going up and down does not wander.
  struct Exact {
    double exact;
    int set;
  };
  QHash<std::pair<const void*, int>, Exact> m_exact;
};

}  // namespace gps::ui
