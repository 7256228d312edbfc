#include "app/pages/smoothingslider.h"

#include <QCoreApplication>
#include <memory>

#include "app/project/viewsettings.h"
#include "widgets/curveplot.h"
#include "widgets/labelledslider.h"
#include "widgets/theme.h"

namespace gps::app {

namespace {

constexpr double kMost = 0.99, kStep = 0.01, kWidthUnits = 34;

class SmoothingWords {
  Q_DECLARE_TR_FUNCTIONS(SmoothingWords)
};

}  // namespace

ui::LabelledSlider* makeSmoothingSlider(ui::CurvePlot& plot, AppSettings& settings, const QString& page, double otherwise) {
  auto* slider = new ui::LabelledSlider({});
  slider->setInline(true);
  slider->setDecimals(2);
  slider->setRange(0, kMost, kStep);
  slider->setDefault(otherwise);
  slider->setMaximumWidth(ui::Theme::instance().px(kWidthUnits));
  const auto view = std::make_shared<ViewSettings>(settings);  // kept: one of its own for each move would be written each time
  const double weight = view->smoothing(page, otherwise);
  slider->setValue(weight);
  plot.setSmoothing(weight);
  QObject::connect(slider, &ui::LabelledSlider::valueChanged, &plot, [&plot, view, page](double chosen) {
    plot.setSmoothing(chosen);
    view->setSmoothing(page, chosen);
  });
  retranslateSmoothing(*slider);
  return slider;
}

void retranslateSmoothing(ui::LabelledSlider& slider) {
  slider.setLabel(SmoothingWords::tr("Smoothing"));
  slider.setToolTip(
      SmoothingWords::tr("Weight of what came before in the drawn line; at 0 the values as they are. The raw line stays, faint."));
}

}  // namespace gps::app
