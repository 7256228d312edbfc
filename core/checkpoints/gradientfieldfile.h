#pragma once
// A gradient field on disk: one F32 tensor per selectable weight, under the checkpoint's own name and shape, and `pictures` U64, the
// fingerprints of those it was computed on.
#include <string>

#include "core/backbones/model.h"
#include "core/selection/gradientfield.h"
#include "core/values/runspec.h"

namespace gps {

// The weights that spec may select, excluded ones too: another exclusion needs no other pass. Atomic. Error(Io).
void writeGradientField(const std::string& path, const GradientField& field, const SelectionSpec& spec);
// map: the model's. Weights that the file lacks have gradient 0. Error(Mismatch) for another base, a name or a shape the model
// does not have; Error(NotFound, BadFile).
GradientField readGradientField(const std::string& path, const Model& model, std::shared_ptr<const ParameterMap> map);
// How it was computed.
SelectionSpec readFieldRecipe(const std::string& path);

}  // namespace gps
