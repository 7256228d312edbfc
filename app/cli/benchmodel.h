#pragma once
// What the bench commands share.
#include <memory>
#include <vector>

#include "core/backbones/device.h"
#include "core/backbones/model.h"
#include "core/values/runspec.h"

namespace gps::cli {

struct BenchModel {
  std::unique_ptr<Model> model;
  DeviceInfo device;
};
// The model of spec on its device, with seeded random weights where spec names no file; the memory peak counts from here. Fills spec.batch.
BenchModel readyBenchModel(TrainSpec& spec);

// Throws Error(BadArgument) outside 1 … 100000.
void requireRuns(int runs);
// 0 of nothing.
double medianOf(std::vector<double> values);

}  // namespace gps::cli
