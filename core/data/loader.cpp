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

#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {
namespace {

// A picture decoded and resized; what the cache keeps.
struct Sample {
  RgbImage image;
  MaskImage mask;
  PreprocessGeometry geometry;
  std::size_t bytes() const { return image.pixels.size() + mask.pixels.size() + sizeof(Sample); }
};

// A batch being filled. Workers write to disjoint parts of it without the lock.
struct Slot {
  SegmentationBatch batch;
  int missing = 0;
  int failedAt = -1;  // position of the first sample that failed
  std::exception_ptr failure;
};

void validate(const LoaderSpec& spec) {
  const auto refuse = [](const char* what, const std::string& why) { throw Error(ErrorCode::BadArgument, what, why); };
  const auto within = [&](const char* what, int value, int low, int high) {
    if (value < low || value > high) {
      refuse(what, std::to_string(value) + " is not in " + std::to_string(low) + " … " + std::to_string(high));
    }
  };
  if (spec.items.empty()) refuse("data", "there is no picture to load");
  within("--batch", spec.batch, 1, 4096);
  within("--image-size", spec.preprocess.size, 16, 4096);
  within("decoding threads", spec.threads, 1, 16);
  within("prefetched batches", spec.prefetch, 1, 16);
  if (!spec.masks) return;
  for (const auto& item : spec.items)
    if (item.maskPath.empty()) refuse(item.id.c_str(), "it has no mask");
}

Sample loadSample(const DataItem& item, const LoaderSpec& spec, const ImageSource& source) {
  Sample sample;
  const RgbImage image = source.loadImage(item.imagePath);
  sample.geometry = preprocessGeometry(spec.preprocess, image.width, image.height);
  sample.image = fitPicture(image, spec.preprocess);
  if (!spec.masks) return sample;
  const MaskImage mask = source.loadMask(item.maskPath);
  if (mask.width != image.width || mask.height != image.height) {
    throw Error(ErrorCode::Mismatch, item.maskPath,
                "the mask is " + std::to_string(mask.width) + "x" + std::to_string(mask.height) + " but its picture is " +
                    std::to_string(image.width) + "x" + std::to_string(image.height),
                "Bring both to one size or leave the pair out");
  }
  sample.mask = resizeMask(mask, sample.geometry.contentWidth, sample.geometry.contentHeight);
  return sample;
}

}  // namespace

//   pool threads                                   consumer
//   takeTask ► load ► write into slot ► finish ──► next(): waits until the oldest slot is full
//        ▲ at most `prefetch` batches ahead ◄───── hands it out, makes room
struct Loader::State {
  LoaderSpec spec;
  std::shared_ptr<const ImageSource> source;

  std::mutex mutex;
  std::condition_variable work, ready;
  bool stopped = false;
  std::uint64_t generation = 0;  // one a startEpoch; results of an older one are dropped
  int epoch = 0;
  std::vector<int> order;
  int batches = 0;                          // of the running epoch; 0: none
  int taskBatch = 0, taskSample = 0;        // next to hand to a worker
  int consumed = 0;                         // next to hand to the consumer
  std::deque<std::shared_ptr<Slot>> slots;  // [consumed, consumed + slots.size())
  std::unordered_map<int, std::shared_ptr<const Sample>> cache;
  std::size_t cached = 0;
  std::vector<std::thread> pool;

  struct Task {
    std::shared_ptr<Slot> slot;
    std::uint64_t generation;
    int position, item;
    bool mirrored;
  };

  int itemsOfBatch(int batch) const { return std::min(spec.batch, int(spec.items.size()) - batch * spec.batch); }

  int batchesPerEpoch() const {
    const int items = int(spec.items.size());
    return spec.dropLast ? items / spec.batch : (items + spec.batch - 1) / spec.batch;
  }

  bool hasTask() const { return taskBatch < batches && taskBatch < consumed + spec.prefetch; }

  std::shared_ptr<Slot> makeSlot(int batchIndex) const {
    auto slot = std::make_shared<Slot>();
    auto& batch = slot->batch;
    const auto count = std::size_t(itemsOfBatch(batchIndex)), plane = std::size_t(spec.preprocess.size) * std::size_t(spec.preprocess.size);
    batch.count = slot->missing = int(count);
    batch.size = spec.preprocess.size;
    batch.batchIndex = batchIndex;
    batch.images.resize(count * 3 * plane);
    if (spec.masks) batch.masks.resize(count * plane);
    batch.itemIndex.resize(count);
    batch.geometry.resize(count);
    return slot;
  }

  // Under the lock; hasTask() holds.
  Task takeTask() {
    if (taskSample == 0) slots.push_back(makeSlot(taskBatch));
    Task task{slots.back(), generation, taskSample, order[std::size_t(taskBatch * spec.batch + taskSample)], false};
    task.mirrored = spec.augment == AugmentKind::Flip &&
                    (counterHash(spec.seed, std::uint64_t(epoch), std::uint64_t(task.item), RandomPurpose::Flip) >> 63) != 0;
    if (++taskSample == slots.back()->batch.count) {
      taskSample = 0;
      ++taskBatch;
    }
    return task;
  }

  // Keeps the first pictures that fit: in a random order no later choice of what to keep would serve better.
  std::shared_ptr<const Sample> sampleOf(int item) {
    {
      const std::lock_guard lock(mutex);
      if (const auto found = cache.find(item); found != cache.end()) return found->second;
    }
    auto sample = std::make_shared<const Sample>(loadSample(spec.items[std::size_t(item)], spec, *source));
    const std::lock_guard lock(mutex);
    if (cached + sample->bytes() <= spec.cacheBytes && cache.emplace(item, sample).second) cached += sample->bytes();
    return sample;
  }

  void fill(const Task& task) {
    const auto sample = sampleOf(task.item);
    auto& batch = task.slot->batch;
    const auto position = std::size_t(task.position), plane = std::size_t(batch.size) * std::size_t(batch.size);
    writeModelInput(sample->image, spec.preprocess, task.mirrored, batch.images.data() + position * 3 * plane);
    if (spec.masks) writeModelMask(sample->mask, spec.preprocess, task.mirrored, batch.masks.data() + position * plane);
    batch.itemIndex[position] = task.item;
    batch.geometry[position] = sample->geometry;
  }

  void workerLoop() {
    std::unique_lock lock(mutex);
    while (true) {
      work.wait(lock, [this] { return stopped || hasTask(); });
      if (stopped) return;
      std::exception_ptr failure;
      Task task{};
      try {
        task = takeTask();
      } catch (...) {  // no memory for the batch: hand the consumer an empty slot that fails
        auto slot = std::make_shared<Slot>();
        slot->failedAt = 0;
        slot->failure = std::current_exception();
        slots.push_back(std::move(slot));
        batches = taskBatch + 1;
        ++taskBatch;
        ready.notify_all();
        continue;
      }
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

Loader::Loader(LoaderSpec spec, std::shared_ptr<const ImageSource> images) : m_state(std::make_unique<State>()) {
  validate(spec);
  if (!images) throw Error(ErrorCode::BadArgument, "data", "there is nothing to read pictures with");
  m_state->spec = std::move(spec);
  m_state->source = std::move(images);
  State* state = m_state.get();
  try {
    for (int i = 0; i < state->spec.threads; ++i) state->pool.emplace_back([state] { state->workerLoop(); });
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

void Loader::startEpoch(int epoch, int firstBatch) {
  State& s = *m_state;
  if (firstBatch < 0 || firstBatch > s.batchesPerEpoch()) {
    throw Error(ErrorCode::BadArgument, "first batch", std::to_string(firstBatch) + " is outside of the epoch");
  }
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
    s.taskSample = 0;
  }
  s.work.notify_all();
}

std::optional<SegmentationBatch> Loader::next() {
  State& s = *m_state;
  std::unique_lock lock(s.mutex);
  s.ready.wait(lock, [&s] { return s.stopped || s.consumed >= s.batches || (!s.slots.empty() && s.slots.front()->missing == 0); });
  if (s.stopped || s.consumed >= s.batches) return std::nullopt;
  const auto slot = s.slots.front();
  s.slots.pop_front();
  ++s.consumed;
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

void Loader::stop() {
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->stopped = true;
  }
  m_state->work.notify_all();
  m_state->ready.notify_all();
}

}  // namespace gps
