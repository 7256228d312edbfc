#pragma once
// The settings of a run one by one, under their keys in run.toml ("learning_rate"); of the selection those that a run decides: "k",
// "share", "decoder" and "file".
#include <QHash>
#include <QString>
#include <QVariant>

#include "core/values/runspec.h"

namespace gps::app {

// Enums as their words.
QHash<QString, QVariant> trainValues(const TrainSpec& spec);
// What is not among the values stays; words that are none are left out.
TrainSpec withTrainValues(TrainSpec spec, const QHash<QString, QVariant>& values);

}  // namespace gps::app
