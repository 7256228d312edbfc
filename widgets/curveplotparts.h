#pragma once
// Private to CurvePlot: what a series keeps and the layer over the plot. Included in .cpp files only.
#include <QPainter>
#include <functional>

#include "widgets/curveplot.h"
#include "widgets/qcustomplotwrapper.h"

namespace gps::ui {

struct CurvePlot::Series {
  QString name;
  int runIndex = 0;
  bool dashed = false, right = false;
  QCPGraph* raw = nullptr;  // faint while a smoothed line lies over it
  QCPGraph* smoothed = nullptr;
  QList<double> x, y;
  double average = 0, weight = 0;  // running exponential mean and the sum of its weights
};

// Draws hover line, values and placeholder without a replot.
class CurvePlot::Canvas : public QWidget {
 public:
  explicit Canvas(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
  }
  std::function<void(QPainter&)> onPaint;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    onPaint(painter);
  }
};

}  // namespace gps::ui
