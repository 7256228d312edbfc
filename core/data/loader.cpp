#include "core/data/loader.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

#include "core/data/cachelimit.h"
#include "core/data/sampleloading.h"
#include "core/distributed/partition.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {
namespace {

// A batch being filled. Workers write to disjoint parts of it without the lock.
struct Slot {
  Batch batch;
  std::vector<int> places;  // of its samples in the global batch
  int missing = 0;
  int failedAt = -1;  // position of the first sample that failed
  std::exception_ptr failure;
};

constexpr unsigned kLeastThreads = 2, kMostThreads = 8;

int threadsOf(const LoaderSpec& spec) {
  return spec.threads > 0 ? spec.threads : int(std::clamp(std::thread::hardware_concurrency() / 2, kLeastThreads, kMostThreads));
}

}  // namespace

//   pool threads                                   consumer
//   takeTask ► load ► write into slot ► finish ──► next(): waits until the oldest slot is full
//        ▲ at most `prefetch` batches ahead ◄───── hands it out, makes room
struct Loader::State {
  const LoaderSpec spec;
  const std::shared_ptr<const ImageSource> source;

  std::mutex mutex;
  std::condition_variable work, ready;
  bool stopped = false;
  std::uint64_t generation = 0;  // one a startEpoch; results of an older one are dropped
  int epoch = 0;
  std::vector<int> order;
  int batches = 0;                          // of the running epoch; 0: none
  int stride = 1;                           // from one batch to the next
  int taskBatch = 0, taskSample = 0;        // next to hand to a worker
  int consumed = 0;                         // next to hand to the consumer
  std::deque<std::shared_ptr<Slot>> slots;  // consumed, consumed + stride, …
  SampleCache cache;
  std::vector<std::thread> pool;

  struct Task {
    std::shared_ptr<Slot> slot;
    std::uint64_t generation;
    int position, item, epoch;
  };

  State(LoaderSpec s, std::shared_ptr<const ImageSource> images)
      : spec(std::move(s)),
        source(std::move(images)),
        cache(spec.cacheBytes == kAutomaticCache ? automaticCacheBytes() : spec.cacheBytes, spec.onDevice && spec.pinned) {}

  int itemsOfBatch(int batch) const { return std::min(spec.batch, int(spec.items.size()) - batch * spec.batch); }

  int batchesPerEpoch() const {
    const int items = int(spec.items.size());
    return spec.dropLast ? items / spec.batch : (items + spec.batch - 1) / spec.batch;
  }

  // Under the lock: there is a batch, or there will be none.
  bool isReady() const { return stopped || consumed >= batches || (!slots.empty() && slots.front()->missing == 0); }
  bool hasTask() const { return taskBatch < batches && taskBatch < consumed + std::int64_t(spec.prefetch) * stride; }

  std::shared_ptr<Slot> makeSlot(int batchIndex) const {
    auto slot = std::make_shared<Slot>();
    auto& batch = slot->batch;
    batch.globalCount = itemsOfBatch(batchIndex);
    slot->places = placesOfRank(batch.globalCount, spec.rank, spec.ranks, spec.inPairs);
    const auto count = slot->places.size(), plane = std::size_t(spec.preprocess.size) * std::size_t(spec.preprocess.size);
    batch.count = slot->missing = int(count);
    batch.size = spec.preprocess.size;
    batch.views = spec.views;
    batch.batchIndex = batchIndex;
    const auto views = count * std::size_t(spec.views);
    if (spec.onDevice) {
      batch.pictures.resize(count);
      if (cropsAtRandom(spec)) {
        batch.plans.resize(views);
      } else {
        batch.mirrored.resize(count);
        batch.scales.resize(count);
      }
      if (spec.masks) batch.maskPictures.resize(count);
    } else {
      batch.images.resize(views * 3 * plane);
      if (spec.masks) batch.masks.resize(count * plane);
    }
    if (!spec.labels.empty()) batch.labels.resize(count);
    batch.itemIndex.resize(count);
    batch.fingerprints.resize(count);
    batch.geometry.resize(count);
    return slot;
  }

  // Under the lock; hasTask() holds. nullopt: the batch has nothing for this rank and is ready.
  std::optional<Task> takeTask() {
    if (taskSample == 0) slots.push_back(makeSlot(taskBatch));
    const auto& slot = slots.back();
    if (slot->places.empty()) {
      taskBatch += stride;
      return std::nullopt;
    }
    Task task{slot, generation, taskSample, order[std::size_t(taskBatch * spec.batch + slot->places[std::size_t(taskSample)])], epoch};
    if (++taskSample == slot->batch.count) {
      taskSample = 0;
      taskBatch += stride;
    }
    return task;
  }

  std::shared_ptr<const Sample> sampleOf(int item) {
    if (auto kept = cache.find(item)) return kept;
    return cache.keep(item, loadSample(spec.items[std::size_t(item)], spec, *source));
  }

  // Of whole pictures; a random crop's plan says it itself.
  bool isMirrored(const Task& task) const {
    if (spec.view != ViewKind::Flip) return false;
    return (counterHash(spec.seed, std::uint64_t(task.epoch), std::uint64_t(task.item), RandomPurpose::Flip) >> 63) != 0;
  }

  ViewPlan planOf(const Task& task, int view, const RgbImage& picture) const {
    CounterRandom random(spec.seed, std::uint64_t(task.epoch), std::uint64_t(task.item) * 2 + std::uint64_t(view), RandomPurpose::View);
    return drawView(spec.view, picture.width, picture.height, spec.randomInterpolation, random);
  }

  void fill(const Task& task) {
    const auto sample = sampleOf(task.item);
    auto& batch = task.slot->batch;
    const auto position = std::size_t(task.position);
    if (spec.onDevice)
      refer(task, sample);
    else
      write(task, *sample);
    if (!spec.labels.empty()) batch.labels[position] = spec.labels[std::size_t(task.item)];
    batch.itemIndex[position] = task.item;
    batch.fingerprints[position] = sample->fingerprint;
    batch.geometry[position] = sample->geometry;
  }

  static std::size_t rowOf(const Task& task, int view) {
    return std::size_t(view) * std::size_t(task.slot->batch.count) + std::size_t(task.position);
  }

  // What the device is to make the views of.
  void refer(const Task& task, const std::shared_ptr<const Sample>& sample) const {
    auto& batch = task.slot->batch;
    const auto position = std::size_t(task.position);
    batch.pictures[position] = pixelsOf(sample);
    if (spec.masks) batch.maskPictures[position] = maskPixelsOf(sample);
    if (cropsAtRandom(spec)) {
      for (int view = 0; view < spec.views; ++view) batch.plans[rowOf(task, view)] = planOf(task, view, sample->image);
      return;
    }
    batch.mirrored[position] = isMirrored(task);
    batch.scales[position] = sample->scales;
  }

  void write(const Task& task, const Sample& sample) const {
    auto& batch = task.slot->batch;
    const auto plane = std::size_t(batch.size) * std::size_t(batch.size);
    const bool mirrored = isMirrored(task);
    for (int view = 0; view < spec.views; ++view) {
      float* const out = batch.images.data() + rowOf(task, view) * 3 * plane;
      if (cropsAtRandom(spec))
        writeModelInput(renderView(sample.image, planOf(task, view, sample.image), batch.size), spec.preprocess, false, out);
      else
        writeModelInput(sample.image, spec.preprocess, mirrored, out);
    }
    if (spec.masks) writeModelMask(sample.mask, spec.preprocess, mirrored, batch.masks.data() + std::size_t(task.position) * plane);
  }

  void workerLoop() {
    std::unique_lock lock(mutex);
    while (true) {
      work.wait(lock, [this] { return stopped || hasTask(); });
      if (stopped) return;
      std::exception_ptr failure;
      std::optional<Task> taken;
      try {
        taken = takeTask();
      } catch (...) {  // no memory for the batch: hand the consumer an empty slot that fails
        auto slot = std::make_shared<Slot>();
        slot->failedAt = 0;
        slot->failure = std::current_exception();
        slots.push_back(std::move(slot));
        batches = taskBatch + 1;
        taskBatch += stride;
        ready.notify_all();
        continue;
      }
      if (!taken) {
        ready.notify_all();
        continue;
      }
      const Task task = std::move(*taken);
      lock.unlock();
      try {
        fill(task);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      if (failure && (task.slot->failedAt < 0 || task.position < task.slot->failedAt)) {
        task.slot->failedAt = task.position;
        task.slot->failure = failure;
      }
      if (--task.slot->missing == 0 && task.generation == generation) ready.notify_all();
    }
  }
};

Loader::Loader(LoaderSpec spec, std::shared_ptr<const ImageSource> images) {
  requireLoadable(spec);
  if (!images) throw Error(ErrorCode::BadArgument, "data", "there is nothing to read pictures with");
  m_state = std::make_unique<State>(std::move(spec), std::move(images));
  State* state = m_state.get();
  try {
    for (int i = 0; i < threadsOf(state->spec); ++i) state->pool.emplace_back([state] { state->workerLoop(); });
  } catch (...) {
    stop();
    for (auto& thread : state->pool) thread.join();
    throw;
  }
}

Loader::~Loader() {
  stop();
  for (auto& thread : m_state->pool) thread.join();
}

const LoaderSpec& Loader::spec() const { return m_state->spec; }
int Loader::batchesPerEpoch() const { return m_state->batchesPerEpoch(); }

void Loader::startEpoch(int epoch, int firstBatch, int stride) {
  State& s = *m_state;
  if (firstBatch < 0 || firstBatch > s.batchesPerEpoch()) {
    throw Error(ErrorCode::BadArgument, "first batch", std::to_string(firstBatch) + " is outside of the epoch");
  }
  if (stride < 1) throw Error(ErrorCode::BadArgument, "stride", std::to_string(stride) + " is below 1");
  const int count = int(s.spec.items.size());
  std::vector<int> order;
  if (s.spec.shuffle) {
    order = epochPermutation(count, s.spec.seed, std::uint64_t(epoch));
  } else {
    for (int i = 0; i < count; ++i) order.push_back(i);
  }
  {
    const std::lock_guard lock(s.mutex);
    ++s.generation;
    s.epoch = epoch;
    s.order = std::move(order);
    s.slots.clear();
    s.batches = s.batchesPerEpoch();
    s.taskBatch = s.consumed = firstBatch;
    s.stride = stride;
    s.taskSample = 0;
  }
  s.work.notify_all();
}

std::optional<Batch> Loader::next() {
  State& s = *m_state;
  std::unique_lock lock(s.mutex);
  s.ready.wait(lock, [&s] { return s.isReady(); });
  if (s.stopped || s.consumed >= s.batches) return std::nullopt;
  const auto slot = s.slots.front();
  s.slots.pop_front();
  s.consumed += s.stride;
  if (slot->failure) {
    s.batches = 0;  // the epoch is over
    s.slots.clear();
    lock.unlock();
    try {
      std::rethrow_exception(slot->failure);
    } catch (const std::bad_alloc&) {
      throw Error(ErrorCode::OutOfMemory, "data", "there is no memory for a batch of pictures", "Use a smaller --batch or --image-size");
    }
  }
  lock.unlock();
  s.work.notify_all();
  return std::move(slot->batch);
}

bool Loader::isReady() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->isReady();
}

CacheState Loader::cacheState() const { return m_state->cache.state(); }

void Loader::stop() {
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->stopped = true;
  }
  m_state->work.notify_all();
  m_state->ready.notify_all();
}

ViewKind viewOf(AugmentKind augment) {
  switch (augment) {
    case AugmentKind::Flip:
      return ViewKind::Flip;
    case AugmentKind::Fgvc:
      return ViewKind::Fgvc;
    case AugmentKind::None:
    case AugmentKind::Vtab:
      break;
  }
  return ViewKind::Plain;
}

std::vector<int> labelsOf(const std::vector<DataItem>& items, const std::vector<std::string>& classes) {
  std::unordered_map<std::string, int> place;
  for (std::size_t c = 0; c < classes.size(); ++c) place.emplace(classes[c], int(c));
  std::vector<int> labels;
  labels.reserve(items.size());
  for (const auto& item : items) {
    const auto found = place.find(item.className);
    if (found == place.end())
      throw Error(ErrorCode::BadFile, item.id, "its class \"" + item.className + "\" is none of the data set's",
                  "Correct the list it comes from");
    labels.push_back(found->second);
  }
  return labels;
}

}  // namespace gps
