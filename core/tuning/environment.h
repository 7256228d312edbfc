#pragma once
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

// env.json: versions, devices (one for each rank), hashes, seed and the result of the leak check.
std::string environmentJson(const Model& model, const DataSummary& data, const TrainSpec& spec, const std::vector<std::string>& devices);

}  // namespace gps
