#pragma once
// The fields of the training form, under the names the configuration file uses.
#include "core/values/runspec.h"

namespace gps::ui {
class PropertyForm;
}

namespace gps::app {

// The fields that the task has, with its defaults.
ui::PropertyForm* makeTrainForm(TaskKind task);
void fillTrainForm(ui::PropertyForm& form, const TrainSpec& spec);
// The form's values over `base`; what the form has no field for stays.
TrainSpec readTrainForm(const ui::PropertyForm& form, const TrainSpec& base);

}  // namespace gps::app
