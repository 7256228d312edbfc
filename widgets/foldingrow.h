#pragma once
// Cards side by side, which stand under one another where there is no room for that.
#include <QWidget>

class QBoxLayout;

namespace gps::ui {

class FoldingRow : public QWidget {
  Q_OBJECT
 public:
  explicit FoldingRow(QWidget* parent = nullptr);
  void add(QWidget* widget, int stretch = 0);
  bool isFolded() const;
  QSize minimumSizeHint() const override;  // as wide as the widest of them: else the row would keep itself from folding

 protected:
  bool event(QEvent* event) override;

 private:
  void fold();
  QBoxLayout* m_row;
};

}  // namespace gps::ui
