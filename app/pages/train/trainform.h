#pragma once
// The fields of the training form, under the keys of run.toml.
#include <QHash>
#include <QStringList>
#include <QVariant>
#include <functional>

#include "core/values/runspec.h"

namespace gps::ui {
class PropertyForm;
}

namespace gps::app {

// The fields that the task has, with its defaults.
ui::PropertyForm* makeTrainForm(TaskKind task);
void fillTrainForm(ui::PropertyForm& form, const TrainSpec& spec, const std::function<QString(const QString&)>& sourceOf);
// The form's values over `base`; what the form has no field for stays.
TrainSpec readTrainForm(const ui::PropertyForm& form, const TrainSpec& base);
// Fields that are shown only among all settings, or once they differ from their default.
const QStringList& rareTrainFields();

}  // namespace gps::app
