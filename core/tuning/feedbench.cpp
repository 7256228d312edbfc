#include "core/tuning/feedbench.h"

#include <chrono>
#include <cstdint>

#include "core/backbones/device.h"
#include "core/backbones/modelparts.h"
#include "core/data/dataset.h"
#include "core/nn/devicewait.h"
#include "core/nn/errortranslation.h"
#include "core/tuning/step/stepfeed.h"
#include "core/values/error.h"

namespace gps {

namespace {

// Steps hold the host back; without them it would queue uploads without end.
constexpr int kBatchesInFlight = 8;

FedEpoch feedEpoch(StepFeed& feed, int epoch, at::Device device, RunControl& control, ProgressMeter& meter) {
  FedEpoch fed;
  const auto start = std::chrono::steady_clock::now();
  feed.startEpoch(epoch);
  while (const auto step = feed.next()) {
    control.stepBoundary();
    fed.pictures += step->input.count;
    if (++fed.batches % kBatchesInFlight == 0) waitFor(device);
    meter.advance(step->input.count);
  }
  waitFor(device);
  fed.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  fed.times = feed.times();
  return fed;
}

// The network computes in another precision for the length of a scope.
class WithPrecision {
 public:
  WithPrecision(ModelParts& parts, Precision precision) : m_parts(parts), m_before(parts.precision) {
    setPrecision(parts, precision, PrecisionUse::Training);
  }
  ~WithPrecision() { setPrecision(m_parts, m_before); }
  WithPrecision(const WithPrecision&) = delete;
  WithPrecision& operator=(const WithPrecision&) = delete;

 private:
  ModelParts& m_parts;
  Precision m_before;
};

}  // namespace

FeedRates timeFeed(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, const TrainSpec& spec, int epochs,
                   RunControl& control) {
  return withTorchErrors("bench", [&] {
    const auto items = itemsOfSplit(data, "train", spec.limit);
    if (items.empty())
      throw Error(ErrorCode::BadArgument, data.folder, "has no training pictures", "Add a train.txt with one id a line, or a folder train");
    auto& parts = model.parts();
    const auto device = parts.arena->device();
    const OwnStream stream;
    const WithPrecision precision(parts, spec.device.precision);
    const auto objective = makeObjective(model, data, images, spec);
    Loader loader(objective->loading(items), images);
    StepFeed feed(loader, *objective, device, control);
    ProgressMeter meter(control, "bench", "images", std::int64_t(items.size()) * epochs);
    FeedRates rates;
    for (int epoch = 0; epoch < epochs; ++epoch) rates.epochs.push_back(feedEpoch(feed, epoch, device, control, meter));
    rates.cache = loader.cacheState();
    return rates;
  });
}

}  // namespace gps
