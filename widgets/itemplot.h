#pragma once
// A painted plot of items that can be pointed at, walked by the arrow keys and chosen: hover or keys show a card with exact numbers,
// Enter or a click activates, Esc lets go. Behind each stands a table with the same numbers.
#include <QStringList>
#include <QWidget>
#include <functional>

#include "widgets/plotsource.h"
#include "widgets/theme.h"

namespace gps::ui {

struct PlotTable {
  QStringList header;
  QList<QStringList> rows;  // every digit, in the C locale
};

class ItemPlot : public QWidget, public PlotSource {
  Q_OBJECT
 public:
  explicit ItemPlot(QWidget* parent = nullptr);
  virtual int itemCount() const = 0;
  virtual QString itemName(int item) const = 0;
  virtual QStringList itemLines(int item) const = 0;  // of the card: "name<TAB>value"
  virtual PlotTable table() const = 0;
  int currentItem() const { return m_hovered; }  // under the pointer or the keys; -1: none
  QSize exportSize(const QString& title) const override;
  bool drawExport(QPaintDevice& device, const QString& title) const override;
  TextTable exportTable() const override;

 Q_SIGNALS:
  void itemHovered(int item);    // -1: none
  void itemActivated(int item);  // click or Enter

 protected:
  virtual void paint(QPainter& painter, const QSizeF& size, ThemeName theme, bool exported) const = 0;
  virtual int itemAt(const QPointF& pos, const QSizeF& size) const = 0;  // -1: none
  virtual QRectF itemRect(int item, const QSizeF& size) const = 0;       // what the card stands beside
  virtual int neighbour(int item, int key) const;                        // where an arrow key leads from an item, -1 from none
  virtual QSizeF drawingSize() const;                                    // of the plot in an export, without title and margins
  void setCurrentItem(int item);
  void itemsChanged();  // after every change of the values
  // What a screen reader is told that it is, in the language of the moment.
  void setSpokenName(std::function<QString()> name);

  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  int m_hovered = -1;
  std::function<QString()> m_spokenName;
};

}  // namespace gps::ui
