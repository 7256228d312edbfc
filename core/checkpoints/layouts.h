#pragma once
// The tensors of a file under the names of this program, which are timm's and segment-anything's, whoever wrote the file.
#include <map>
#include <string>
#include <vector>

#include "core/checkpoints/tensorplan.h"

namespace gps {

struct NamedTensors {
  std::string layout;                       // "timm / segment-anything", "Meta ConvNeXt", …
  std::map<std::string, TensorPlan> plans;  // by name
  std::vector<std::string> ignored;         // known to be of no use here: index tables, masks, counters
  PositionResize positions = PositionResize::AntialiasedBicubic;
};

NamedTensors namedTensors(const TensorFile& file);

}  // namespace gps
