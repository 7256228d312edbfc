#pragma once
// A run on disk, as far as other programs read it.
#include <string>
#include <vector>

#include "core/values/metrics.h"
#include "core/values/runspec.h"

namespace gps {

inline constexpr const char* kRunPassName = "state/gradient.partial";  // in a run folder: a gradient pass that was stopped

struct RunRecord {
  std::string folder;
  TrainSpec spec;
  std::vector<EpochRecord> epochs;  // epoch 0 is the untuned model
  int bestEpoch = 0;
  bool finished = false, resumable = false;  // one that had saved nothing begins anew
};

// Throws Error(NotFound, BadFile) naming the file.
RunRecord readRun(const std::string& folder);
// Folder holding run folders -> those that can be read, newest first. Never throws for a damaged run: it is left out.
std::vector<RunRecord> listRuns(const std::string& projectFolder);

// run.toml: every field, resolved. Unknown keys and wrong types are errors that name them.
std::string toToml(const TrainSpec& spec);
// What the text leaves out stays as in `spec`.
TrainSpec trainSpecFromToml(const std::string& text, const std::string& sourceName, TrainSpec spec = {});

}  // namespace gps
