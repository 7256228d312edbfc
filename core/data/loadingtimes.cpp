#include "core/data/loadingtimes.h"

#include <algorithm>
#include <chrono>

namespace gps {

namespace {

double msPerBatch(Loader& loader, int batches, RunControl& control) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  loader.startEpoch(0);
  for (int i = 0; i < batches; ++i) {
    control.pollStop();
    loader.next();
  }
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count() / batches;
}

}  // namespace

LoadingTimes measureLoading(const LoaderSpec& loading, std::shared_ptr<const ImageSource> images, RunControl& control, int batches) {
  Loader loader(loading, std::move(images));
  LoadingTimes times;
  times.batches = std::min(batches, loader.batchesPerEpoch());
  if (times.batches < 1) return times;
  times.firstMs = msPerBatch(loader, times.batches, control);
  const CacheState kept = loader.cacheState();
  times.laterMs = msPerBatch(loader, times.batches, control);
  if (kept.pictures > 0) {
    const double all = double(kept.bytes) / double(kept.pictures) * double(loading.items.size());
    times.keptShare = all <= double(kept.limit) ? 1 : double(kept.limit) / all;
  }
  return times;
}

}  // namespace gps
