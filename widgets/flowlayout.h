#pragma once
// A row of controls that goes on in another line where it is too narrow. Each has the width it wants; what is left of a line goes to those
// in it that expand. One that is wider than the row is squeezed, down to its least width.
#include <QLayout>
#include <memory>
#include <vector>

namespace gps::ui {

class FlowLayout : public QLayout {
  Q_OBJECT
 public:
  using QLayout::QLayout;

  // Where its owner knows that one line is enough; layouts around it are quicker then.
  void setWraps(bool on);

  void addItem(QLayoutItem* item) override;
  int count() const override { return int(m_items.size()); }
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  QSize sizeHint() const override;  // of one line
  QSize minimumSize() const override;
  Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
  bool hasHeightForWidth() const override { return m_wraps; }
  int heightForWidth(int width) const override;
  void setGeometry(const QRect& rect) override;

 private:
  int place(const QRect& rect, bool isTrial) const;  // the height that it takes
  std::vector<std::unique_ptr<QLayoutItem>> m_items;
  bool m_wraps = true;
};

}  // namespace gps::ui
