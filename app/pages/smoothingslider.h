#pragma once
// How much a plot's curves are smoothed, from 0 (not at all) to 0.99; remembered with the person for each page.
#include <QString>

namespace gps::ui {
class CurvePlot;
class LabelledSlider;
}  // namespace gps::ui

namespace gps::app {

class AppSettings;

// Sets what was chosen last, `otherwise` at first; a double click goes back there.
ui::LabelledSlider* makeSmoothingSlider(ui::CurvePlot& plot, AppSettings& settings, const QString& page, double otherwise);
void retranslateSmoothing(ui::LabelledSlider& slider);

}  // namespace gps::app
