#pragma once
// A small histogram of scores between 0 and 1 with the current case marked. Left/Right move over the bars, Enter picks one.
#include <QList>
#include <QWidget>

#include "widgets/tabletext.h"

namespace gps::ui {

class DistributionBars : public QWidget {
  Q_OBJECT
 public:
  explicit DistributionBars(QWidget* parent = nullptr);
  void setValues(const QList<double>& values, int bins = 20);  // NaN is left out
  void setCaption(const QString& text);                        // "Dice": printed at the right end, before the 1
  void setMarked(double value);                                // NaN: none
  int binCount(int bin) const { return m_bins.value(bin); }
  TextTable table() const;  // from, to, images
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void rangeActivated(double low, double high);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  int binAt(double x) const;
  void activate(int bin);
  void showTip(int bin);
  QList<int> m_bins;
  QString m_caption;
  double m_marked;
  int m_hovered = -1;
};

}  // namespace gps::ui
