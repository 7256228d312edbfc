#pragma once
// A run on disk, as far as other programs read it.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/values/metrics.h"
#include "core/values/runspec.h"

namespace gps {

inline constexpr const char* kRunPassName = "state/gradient.partial";  // in a run folder: a gradient pass that was stopped

// outcome.json: what a run has cost and trained, over all its stretches; written when training begins and whenever it ends.
struct RunTotals {
  std::int64_t trainable = 0, trainableTotal = 0;  // values trained: of the encoder; of the model
  double seconds = 0;                              // training and validation, selection not included
  double selectionSeconds = 0;
  double peakMib = 0;  // of the last stretch; 0: not measured yet
  bool operator==(const RunTotals&) const = default;
};
RunTotals totalsOf(const TrainOutcome& outcome);
std::string toJsonText(const RunTotals& totals);
// Nothing where the run has no such file, or one that cannot be read: no run depends on it.
std::optional<RunTotals> readTotals(const std::string& runFolder);

struct RunRecord {
  std::string folder;
  TrainSpec spec;
  std::vector<EpochRecord> epochs;  // epoch 0 is the untuned model
  int bestEpoch = 0;
  std::optional<RunTotals> totals;           // nothing: never written, or unreadable
  bool finished = false, resumable = false;  // one that had saved nothing begins anew
};

// Throws Error(NotFound, BadFile) naming the file.
RunRecord readRun(const std::string& folder);
// Folder holding run folders -> those that can be read, newest first. Never throws for a damaged run: it is left out.
std::vector<RunRecord> listRuns(const std::string& projectFolder);

// Whether a program writes the run at this moment. False on a disk without locks.
bool isBeingWritten(const std::string& runFolder);
// What the run failed of, the last line of its log.txt says so; empty: it did not fail, or went on since.
std::string failureInLog(const std::string& runFolder);
// MiB that the values after an epoch are carried by, base values included; 0 without them.
double deltaMib(const std::string& runFolder, int epoch);

// run.toml: every field, resolved. Unknown keys and wrong types are errors that name them.
std::string toToml(const TrainSpec& spec);
// The same by key: "training.learning_rate" and the value as it is written.
std::map<std::string, std::string> settingsByKey(const TrainSpec& spec);
// What the text leaves out stays as in `spec`.
TrainSpec trainSpecFromToml(const std::string& text, const std::string& sourceName, TrainSpec spec = {});

}  // namespace gps
