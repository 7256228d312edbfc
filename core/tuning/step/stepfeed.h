#pragma once
// The way from a loader's batches to what training steps read. On a GPU up to two inputs are uploaded and prepared on a second stream
// while steps run: loader ► 8-bit pictures ► [side stream: views, mixing, targets] ► input ► [current stream: step]. On the CPU each
// input is made when it is asked for; decoding runs ahead in the loader's threads all the same.
#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

#include "core/control/runcontrol.h"
#include "core/data/loader.h"
#include "core/tuning/feedtimes.h"
#include "core/tuning/step/objective.h"
#include "core/tuning/step/sidestream.h"
#include "core/tuning/step/stepinput.h"
#include "core/tuning/stopwatch.h"

namespace gps {

struct FedStep {
  StepInput input;
  std::vector<std::uint64_t> fingerprints;  // of its pictures
};

// Engine thread. Nothing but time depends on how far it runs ahead.
class StepFeed {
 public:
  // The arguments outlive the feed. device: of the network.
  StepFeed(Loader& loader, const Objective& objective, at::Device device, const RunControl& control);

  StepFeed(const StepFeed&) = delete;
  StepFeed& operator=(const StepFeed&) = delete;

  // As Loader::startEpoch.
  void startEpoch(int epoch, int firstBatch = 0);
  // The next input, usable on the current stream; nullopt at the end of the epoch. Waits for the loader only where nothing is prepared, and
  // never for the GPU. Throws what loader and objective throw, in the place of the batch that failed.
  std::optional<FedStep> next();
  // Since startEpoch. On a GPU exact once the steps are done.
  FeedTimes times();

 private:
  static constexpr std::size_t kAhead = 2;
  struct Prepared {
    FedStep step;
    std::shared_ptr<SideStream::Mark> ready;
  };
  void prepareNext();
  void runAhead();

  Loader& m_loader;
  const Objective& m_objective;
  const RunControl& m_control;
  SideStream m_side;
  int m_epoch = 0;
  std::deque<Prepared> m_ahead;
  bool m_isEnded = true;         // the loader has no more
  std::exception_ptr m_failure;  // of the batch behind those prepared
  FeedTimes m_times;
  std::optional<Stopwatch> m_watch;  // writes to m_times
  double m_uploadBefore = 0;         // milliseconds of earlier epochs
};

}  // namespace gps
