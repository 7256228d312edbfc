#pragma once
// A model's values, for tests that otherwise need no torch.
#include <string>
#include <vector>

#include "core/backbones/model.h"

namespace gps::test {

std::string arenaBytes(const Model& model);                                    // both regions, padding included
std::vector<float> tensorValues(const Model& model, const std::string& name);  // row-major
float* regionValues(Model& model, Region region);                              // of a model on the CPU
void moveModelTo(Model& model, const std::string& device);                     // "cpu", "cuda"

}  // namespace gps::test
