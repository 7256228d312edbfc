#pragma once
// The writing side of a run folder. One writer at a time: the lock goes with the object, or with the process however it ends. On a disk
// without locks nothing guards a run.
#include <string>
#include <vector>

#include "core/checkpoints/deltapath.h"
#include "core/tuning/runfolder.h"
#include "core/values/metrics.h"
#include "core/values/runspec.h"

namespace gps {

class RunWriter {
 public:
  // Creates the folder and its parts, takes the lock, removes unfinished files of a killed process. Error(Io) when it cannot be written,
  // Error(Mismatch) when another program writes it, Error(BadArgument) when it holds a run already and resume is false (nothing is
  // overwritten). isSilent: of a rank that writes nothing: there is no lock, what writes does nothing, and the paths alone are of use.
  RunWriter(std::string folder, bool resume, bool isSilent = false);
  ~RunWriter();
  RunWriter(const RunWriter&) = delete;
  RunWriter& operator=(const RunWriter&) = delete;

  void writeSpec(const TrainSpec& spec);
  void writeEnvironment(const std::string& json);
  void writeTotals(const RunTotals& totals);
  // As if nothing had been run: run.toml and env.json go.
  void withdraw();
  // Replaces metrics.jsonl by these lines (resuming drops what a killed process wrote beyond its last state).
  void rewriteMetrics(const std::vector<EpochRecord>& epochs);
  void addMetrics(const EpochRecord& record);
  // What is left of gradient passes, those of several ranks included.
  void removePasses();
  // Likewise the deltas of later epochs.
  void removeDeltasBehind(int epoch);
  void log(const std::string& line);

  std::string stateFolder() const { return m_folder + "/state"; }
  // Of a gradient pass that was stopped; gone once it is done.
  std::string passPath() const { return m_folder + "/" + kRunPassName; }
  std::string basePath() const { return m_folder + "/deltas/base.safetensors"; }
  std::string epochPath(int epoch) const;     // 1-based
  std::string averagedPath(int epoch) const;  // of the averaged values after it
  std::string picturesPath() const { return m_folder + "/deltas/" + kRunPicturesName; }
  void markFinished();

 private:
  std::string m_folder;
  bool m_isSilent;
  int m_lock = -1;
};

}  // namespace gps
