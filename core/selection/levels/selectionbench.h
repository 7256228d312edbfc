#pragma once
// The answers of the selection screen, timed: what design.md promises of them, and the released way to choose beside it.
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"
#include "core/selection/scores.h"

namespace gps {

struct BenchLine {
  std::string name;     // "tables", "slider", "level neuron", …, "released"
  std::string meaning;  // one sentence for a person
  double targetMs = 0;  // 0: none
  std::vector<double> milliseconds;
};

// scores: a finished field, on the CPU or the device of the model. runs: of each line but "released", which runs once, on one core of the
// CPU: for every row a full ascending argsort of |score|, of which the last `keptPerRow` columns are taken. Stage "bench", unit "runs".
std::vector<BenchLine> timeSelection(const Model& model, const Scores& scores, int keptPerRow, int runs, RunControl& control);

}  // namespace gps
