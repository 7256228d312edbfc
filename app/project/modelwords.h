#pragma once
// A model in few words.
#include <QString>

#include "core/values/modelinfo.h"

namespace gps::app {

// "LiteMedSAM": the title without what stands in brackets, which is English in every language.
inline QString shortTitle(const ModelDescription& model) { return QString::fromStdString(model.title).section(QStringLiteral(" ("), 0, 0); }

}  // namespace gps::app
