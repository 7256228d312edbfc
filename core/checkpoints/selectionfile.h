#pragma once
// A selection on disk: `offsets` U32 ascending; metadata `parameter_map` and `spec`.
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/selection/selection.h"

namespace gps {

// Atomic. Error(Io) naming path, cause, remedy.
void writeSelection(const std::string& path, const ParameterMap& map, const Selection& selection);

// For a model: Error(Mismatch) when it was made for another architecture or from other weights; Error(NotFound, BadFile).
Selection readSelection(const std::string& path, const Model& model);

// By itself, to look at or compare.
struct SelectionFile {
  Selection selection;
  std::shared_ptr<const ParameterMap> map;  // the matrix entries
};
SelectionFile readSelectionFile(const std::string& path);
// Error(Mismatch) when what was read from path was made for another architecture or from other weights than the model's.
void requireMadeFor(const Model& model, const SelectionFile& file, const std::string& path);

}  // namespace gps
