#pragma once
#include "core/values/runspec.h"

namespace gps {

// Epochs that are run: spec.epochs, and with the paper's schedule ten more at the smallest rate (gps-method 2.3).
int epochsToRun(const TrainSpec& spec);

// Learning rate of a 0-based epoch; constant inside it. With E = spec.epochs, lr and min of the spec:
//   Cosine    min + (lr - min)(1 + cos(pi e / E)) / 2
//   Paper     e < 10: 1e-7 + e (lr - 1e-7) / 10;  e < E: 1e-8 + (lr - 1e-8)(1 + cos(pi e / E)) / 2;  then 1e-8
//   Constant  lr
double learningRateAt(const TrainSpec& spec, int epoch);

}  // namespace gps
