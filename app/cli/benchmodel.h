#pragma once
// What the bench commands share.
#include <memory>
#include <string>
#include <vector>

#include "app/cli/command.h"
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

// What every bench tells: model, image_size, batch, precision, device, ms_median and ms_all of what was timed, peak_mib so far.
Json benchJson(const BenchModel& ready, const TrainSpec& spec, const std::vector<double>& milliseconds);
// "vit_base_patch16_224 at 224 px, batch 32, fp32 on CPU, 2 threads"; what, where there is more to say, behind the batch.
std::string benchTitle(const Json& result, const std::string& what = {});

// Throws Error(BadArgument) outside 1 … 100000.
void requireRuns(int runs);
// 0 of nothing.
double medianOf(std::vector<double> values);

}  // namespace gps::cli
