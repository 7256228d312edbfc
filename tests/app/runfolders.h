#pragma once
// Run folders as the engine writes them, without an engine.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/tuning/metricsjson.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/textfile.h"

namespace gps::app::test {

struct SampleRun {
  Method method = Method::Gps;
  int k = 1;
  Level level = Level::Neuron;
  double learningRate = 1e-3;
  std::uint64_t seed = 1;
  int planned = 5, epochs = 5;
  double quality = 0.8;  // of the last epoch
  bool isFinished = true, hasDeltas = true;
};

inline EpochRecord sampleRecord(const SampleRun& run, int epoch) {
  EpochRecord e;
  e.epoch = epoch;
  const double done = epoch / double(run.planned);
  e.diceMean = run.quality * (1 - 0.7 * std::exp(-4 * done)) / (1 - 0.7 * std::exp(-4.0));
  e.iouMean = e.dicePooled = e.iouPooled = 0.8 * e.diceMean;
  e.valLoss = 1.2 - e.diceMean;
  e.trainLoss = 1.1 - e.diceMean;
  e.learningRate = run.learningRate;
  e.seconds = epoch > 0 ? 3 : 0;
  return e;
}

inline void writeRun(const std::string& folder, const SampleRun& run) {
  std::filesystem::create_directories(folder + "/deltas");
  std::filesystem::create_directories(folder + "/state");
  TrainSpec spec;
  spec.method = run.method;
  spec.selection.keptPerRow = run.k;
  spec.selection.level = run.level;
  spec.learningRate = run.learningRate;
  spec.seed = spec.selection.seed = run.seed;
  spec.epochs = run.planned;
  std::ofstream(folder + "/run.toml") << toToml(spec);
  std::ofstream(folder + "/env.json") << "{}\n";
  std::string metrics;
  for (int e = 0; e <= run.epochs; ++e) metrics += metricsLine(sampleRecord(run, e)) + "\n";
  std::ofstream(folder + "/metrics.jsonl") << metrics;
  std::ofstream(folder + "/deltas/base.safetensors") << std::string(1000, 'x');
  for (int e = 1; e <= run.epochs && run.hasDeltas; ++e)
    std::ofstream(folder + "/deltas/" + (e < 10 ? "epoch-000" : "epoch-00") + std::to_string(e) + ".safetensors")
        << std::string(std::size_t(run.k) * 20000, 'x');
  const RunTotals totals{83712L * run.k, 83712L * run.k + 4000000, 3.0 * run.epochs, 1, 512};
  std::ofstream(folder + "/outcome.json") << toJsonText(totals);
  if (run.isFinished) std::ofstream(folder + "/state/finished") << "1\n";
}

// As a program that writes the run holds it.
class HeldLock {
 public:
  explicit HeldLock(const std::string& folder) : m_fd(::open((folder + "/lock").c_str(), O_RDWR | O_CREAT, 0644)) {
    m_isHeld = m_fd >= 0 && ::flock(m_fd, LOCK_EX | LOCK_NB) == 0;
  }
  ~HeldLock() {
    if (m_fd >= 0) ::close(m_fd);
  }
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;
  bool isHeld() const { return m_isHeld; }

 private:
  int m_fd;
  bool m_isHeld = false;
};

}  // namespace gps::app::test
