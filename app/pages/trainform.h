#pragma once
// The fields of the training form, under the names the configuration file uses.
#include "core/values/runspec.h"

namespace gps::ui {
class PropertyForm;
}

namespace gps::app {

ui::PropertyForm* makeTrainForm();
void fillTrainForm(ui::PropertyForm& form, const TrainSpec& spec);
// The form's values over `base`.
TrainSpec readTrainForm(const ui::PropertyForm& form, const TrainSpec& base);

}  // namespace gps::app
