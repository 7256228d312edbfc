#pragma once
#include <string>

#include "core/backbones/model.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

// env.json: versions, device, hashes, seed and the result of the leak check.
std::string environmentJson(const Model& model, const DataSummary& data, const TrainSpec& spec);

}  // namespace gps
