#pragma once
// A sweep: the runs of a grid over settings, from one file.
//
//   [model] [data] [training] …   the settings that all runs share, as in run.toml
//   [sweep]                       lists; every combination is a run
//   k = [1, 3, 10]                selection.k
//   scheme = ["neuron", "net random", "full"]   words of --level and --criterion (what is not named stays), or one of --method
//   learning_rate = [1e-3, 3e-3]  training.learning_rate
//   seed = [1, 2, 3]              training.seed and selection.seed
//   "training.epochs" = [5, 20]   any other setting of run.toml
#include <string>
#include <utility>
#include <vector>

#include "core/values/runspec.h"

namespace gps {

struct SweepRun {
  std::string name;                                           // of its folder: "k3-neuron-lr0.001-seed1"
  std::vector<std::pair<std::string, std::string>> settings;  // axis and value, in the order of the plan's axes
  TrainSpec spec;                                             // runFolder: FOLDER/name
};

struct SweepPlan {
  std::vector<std::string> axes;  // scheme, k, learning_rate, seed, then the others by name
  std::vector<SweepRun> runs;     // the first axis changes slowest; every combination once
};

// A plan taken apart, for a form that shows its lists.
struct SweepAxis {
  std::string name;
  std::vector<std::string> toml, text;  // the values as they are written in a file; as they are read: no quotes, no 1e-03
};
struct SweepText {
  std::string shared;           // the settings of all runs, as run.toml; lines are not those of the plan
  std::vector<SweepAxis> axes;  // scheme, k, learning_rate, seed, then the others by name
};
// Throws as sweepPlanFromToml does; settings and values are not looked at.
SweepText sweepTextFromToml(const std::string& text, const std::string& sourceName);
// Whether a text of settings is a plan; no for what is no TOML.
bool isSweepPlan(const std::string& text);

// defaults: what the file leaves out. folder: where the runs go. A run that selects nothing (--method other than gps) is made once, not for
// every K. Throws Error(BadFile, BadArgument) naming the file and what is wrong in it: no list, an unknown setting, two runs of one name,
// more than 10,000 runs.
SweepPlan sweepPlanFromToml(const std::string& text, const std::string& sourceName, const std::string& folder, const TrainSpec& defaults);

}  // namespace gps
