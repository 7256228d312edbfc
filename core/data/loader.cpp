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

#include "core/data/fingerprint.h"
#include "core/distributed/partition.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {
namespace {

// A picture decoded, and resized unless it is cropped at random; what the cache keeps.
struct Sample {
  std::shared_ptr<const RgbImage> image;
  MaskImage mask;
  PreprocessGeometry geometry;
  std::uint64_t fingerprint = 0;
  std::size_t bytes() const { return image->pixels.size() + mask.pixels.size() + sizeof(Sample); }
};

// A batch being filled. Workers write to disjoint parts of it without the lock.
struct Slot {
  Batch batch;
  std::vector<int> places;  // of its samples in the global batch
  int missing = 0;
  int failedAt = -1;  // position of the first sample that failed
  std::exception_ptr failure;
};

bool cropsAtRandom(const LoaderSpec& spec) { return spec.view == ViewKind::Fgvc || spec.view == ViewKind::Contrastive; }

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
  within("views", spec.views, 1, 2);
  within("rank", spec.rank, 0, spec.ranks - 1);
  if (!spec.labels.empty() && spec.labels.size() != spec.items.size()) refuse("labels", "their number is not that of the pictures");
  if (!spec.masks) return;
  if (cropsAtRandom(spec)) refuse("--augment", "random crops are for classification; a mask would not follow them");
  for (const auto& item : spec.items)
    if (item.maskPath.empty()) refuse(item.id.c_str(), "it has no mask");
}

Sample loadSample(const DataItem& item, const LoaderSpec& spec, const ImageSource& source) {
  Sample sample;
  RgbImage image = source.loadImage(item.imagePath);
  const int width = image.width, height = image.height;
  sample.fingerprint = pictureFingerprint(image);
  sample.geometry = preprocessGeometry(spec.preprocess, width, height);
  sample.image = std::make_shared<const RgbImage>(cropsAtRandom(spec) ? std::move(image) : fitPicture(image, spec.preprocess));
  if (!spec.masks) return sample;
  const MaskImage mask = source.loadMask(item.maskPath);
  if (mask.width != width || mask.height != height) {
    throw Error(ErrorCode::Mismatch, item.maskPath,
                "the mask is " + std::to_string(mask.width) + "x" + std::to_string(mask.height) + " but its picture is " +
                    std::to_string(width) + "x" + std::to_string(height),
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
  int stride = 1;                           // from one batch to the next
  int taskBatch = 0, taskSample = 0;        // next to hand to a worker
  int consumed = 0;                         // next to hand to the consumer
  std::deque<std::shared_ptr<Slot>> slots;  // consumed, consumed + stride, …
  std::unordered_map<int, std::shared_ptr<const Sample>> cache;
  std::size_t cached = 0;
  std::vector<std::thread> pool;

  struct Task {
    std::shared_ptr<Slot> slot;
    std::uint64_t generation;
    int position, item, epoch;
  };

  int itemsOfBatch(int batch) const { return std::min(spec.batch, int(spec.items.size()) - batch * spec.batch); }

  int batchesPerEpoch() const {
    const int items = int(spec.items.size());
    return spec.dropLast ? items / spec.batch : (items + spec.batch - 1) / spec.batch;
  }

  bool isDeferred() const { return spec.onDevice && cropsAtRandom(spec); }
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
    if (isDeferred()) {
      batch.pictures.resize(count);
      batch.plans.resize(views);
    } else {
      batch.images.resize(views * 3 * plane);
    }
    if (!spec.labels.empty()) batch.labels.resize(count);
    if (spec.masks) batch.masks.resize(count * plane);
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

  bool isMirrored(const Task& task) const {
    return (counterHash(spec.seed, std::uint64_t(task.epoch), std::uint64_t(task.item), RandomPurpose::Flip) >> 63) != 0;
  }

  ViewPlan planOf(const Task& task, int view, const RgbImage& picture) const {
    CounterRandom random(spec.seed, std::uint64_t(task.epoch), std::uint64_t(task.item) * 2 + std::uint64_t(view), RandomPurpose::View);
    return drawView(spec.view, picture.width, picture.height, spec.randomInterpolation, random);
  }

  void fill(const Task& task) {
    const auto sample = sampleOf(task.item);
    auto& batch = task.slot->batch;
    const auto position = std::size_t(task.position), plane = std::size_t(batch.size) * std::size_t(batch.size);
    const bool mirrored = spec.view == ViewKind::Flip && isMirrored(task);
    for (int view = 0; view < spec.views; ++view) {
      const auto row = std::size_t(view) * std::size_t(batch.count) + position;
      float* const out = isDeferred() ? nullptr : batch.images.data() + row * 3 * plane;
      if (!cropsAtRandom(spec)) {
        writeModelInput(*sample->image, spec.preprocess, mirrored, out);
        continue;
      }
      const ViewPlan plan = planOf(task, view, *sample->image);
      if (isDeferred())
        batch.plans[row] = plan;
      else
        writeModelInput(renderView(*sample->image, plan, batch.size), spec.preprocess, false, out);
    }
    if (isDeferred()) batch.pictures[position] = sample->image;
    if (spec.masks) writeModelMask(sample->mask, spec.preprocess, mirrored, batch.masks.data() + position * plane);
    if (!spec.labels.empty()) batch.labels[position] = spec.labels[std::size_t(task.item)];
    batch.itemIndex[position] = task.item;
    batch.fingerprints[position] = sample->fingerprint;
    batch.geometry[position] = sample->geometry;
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
  s.ready.wait(lock, [&s] { return s.stopped || s.consumed >= s.batches || (!s.slots.empty() && s.slots.front()->missing == 0); });
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
