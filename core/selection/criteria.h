#pragma once
// From what was measured to one score an entry: the criteria of gps-method 1.7 and their alternatives.
#include <cstdint>

#include "core/selection/gradientfield.h"
#include "core/selection/scores.h"
#include "core/values/runspec.h"

namespace gps {

class Model;

// 1 … 2^24 at every entry of a matrix, on the host or on the device; the same numbers.
Scores randomScores(const ParameterMap& map, std::uint64_t seed, bool onDevice = false);

// The same on the device that the model's weights lie on.
Scores besideWeights(const Scores& scores, const Model& model);

// The scores of spec.criterion, where the field or the model's weights lie. Only their size counts, not their sign.
//   Gradient, Fisher  the field itself, not copied
//   Shuffled          |g| with the rows of every tensor in an order that spec.seed draws
//   WeightGradient    |W| · |g|
//   Activation        |W| · mean|x|
//   Magnitude         W
//   Random            randomScores(spec.seed)
// model: holds the untuned base weights. field: of fieldKindOf(criterion); not looked at (may be null) for Magnitude and Random.
// Throws Error(BadArgument) when the field is missing or of another kind.
Scores scoresFor(const Model& model, const GradientField* field, const SelectionSpec& spec);

}  // namespace gps
