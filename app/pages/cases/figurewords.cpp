#include "app/pages/cases/figurewords.h"

#include <QCoreApplication>
#include <cmath>

#include "widgets/format.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
struct FigureWords {
  Q_DECLARE_TR_FUNCTIONS(FigureWords)
};
}  // namespace

QString metricName(Metric metric) {
  switch (metric) {
    case Metric::Dice:
      return FigureWords::tr("Dice");
    case Metric::Iou:
      return FigureWords::tr("IoU");
    case Metric::Precision:
      return FigureWords::tr("Precision");
    case Metric::Recall:
      return FigureWords::tr("Recall");
    case Metric::BoundaryF:
      return FigureWords::tr("Boundary F");
    case Metric::Hd95:
      return FigureWords::tr("HD95, px");
    case Metric::AreaShare:
      return FigureWords::tr("Marked area");
    case Metric::AreaPixels:
      return FigureWords::tr("Marked area, px");
  }
  return {};
}

QString metricFormula(Metric metric) {
  switch (metric) {
    case Metric::Dice:
      return FigureWords::tr("2 TP / (2 TP + FP + FN). Both masks empty: 1; one empty: 0.");
    case Metric::Iou:
      return FigureWords::tr("TP / (TP + FP + FN). Both masks empty: 1; one empty: 0.");
    case Metric::Precision:
      return FigureWords::tr("TP / (TP + FP): how much of the marked area is polyp. Nothing marked: 1 if nothing was there, else 0.");
    case Metric::Recall:
      return FigureWords::tr("TP / (TP + FN): how much of the polyp is marked. Nothing there: 1.");
    case Metric::BoundaryF:
      return FigureWords::tr(
          "2 P R / (P + R), P and R the shares of the predicted and of the true outline that lie within 0.75 % of the picture's diagonal "
          "of "
          "the other (Csurka et al. 2013). The outline: pixels of the mask with one of their 4 neighbours outside it. Both masks empty: 1; "
          "one empty: 0.");
    case Metric::Hd95:
      return FigureWords::tr(
          "95th percentile of the distances of all outline pixels to the other outline, both directions together, in pixels of the source "
          "picture (as hd95 of MedPy). Both masks empty: 0; one empty: undefined, left out and counted.");
    case Metric::AreaShare:
      return FigureWords::tr("(TP + FP) / pixels of the picture.");
    case Metric::AreaPixels:
      return FigureWords::tr("TP + FP, in pixels of the source picture.");
  }
  return {};
}

QString averagingName(Averaging averaging) {
  switch (averaging) {
    case Averaging::PerImage:
      return FigureWords::tr("Mean over images");
    case Averaging::Pooled:
      return FigureWords::tr("Pooled");
    case Averaging::UpstreamScript:
      return FigureWords::tr("Upstream script");
  }
  return {};
}

QString averagingDefinition(Averaging averaging) {
  switch (averaging) {
    case Averaging::PerImage:
      return FigureWords::tr("The figure of every image, then their mean. The one to quote.");
    case Averaging::Pooled:
      return FigureWords::tr("The figure of the pixels of all images together; large polyps weigh more.");
    case Averaging::UpstreamScript:
      return FigureWords::tr(
          "As the script released with the method counts: pixels of all images together, background ignored, so that false positives do "
          "not count. Its IoU is the pooled recall R, its Dice 2R / (1 + R). Marking everything scores 1. Not to be quoted beside the "
          "others.");
  }
  return {};
}

QString figureText(Metric metric, double value) {
  if (!std::isfinite(value)) return u"–"_s;
  switch (metric) {
    case Metric::Hd95:
      return QString::number(value, 'f', 1);
    case Metric::AreaShare:
      return ui::sharePercent(value);
    case Metric::AreaPixels:
      return ui::groupedCount(qint64(std::llround(value)));
    default:
      return QString::number(value, 'f', 3);
  }
}

QString intervalText(Metric metric, const Interval& interval) {
  return u"%1 – %2"_s.arg(figureText(metric, interval.low), figureText(metric, interval.high));
}

}  // namespace gps::app
