#pragma once
// Controls left, evidence in the middle, comparison right. Below 1360 (in units) the right column folds under the middle; where
// large text leaves little room they stand in one column.
#include <QWidget>

class QBoxLayout;
class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace gps::app {

class Columns : public QWidget {
  Q_OBJECT
 public:
  explicit Columns(QWidget* parent = nullptr);
  QVBoxLayout* left() const { return m_left; }
  QVBoxLayout* middle() const { return m_middle; }
  QBoxLayout* right() const { return m_right; }
  void setLeftShown(bool on);
  void setRightShown(bool on);
  void setMiddleFirst();   // where they stand in one column
  void setRightScrolls();  // alone, where it is a column, so that the page keeps the height of the window; before the first widget
  bool isFolded() const { return m_isFolded; }

 protected:
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void arrange();
  void fold();
  void fitRight();  // where the page scrolls what scrolls alone elsewhere
  QGridLayout* m_grid;
  QWidget *m_leftBox, *m_middleBox, *m_rightBox;
  QScrollArea* m_rightScroll = nullptr;  // is m_rightBox then
  QVBoxLayout *m_left, *m_middle;
  QBoxLayout* m_right;
  bool m_isFolded = false, m_isStacked = false, m_hasLeft = true, m_hasRight = true, m_isMiddleFirst = false;
};

}  // namespace gps::app
