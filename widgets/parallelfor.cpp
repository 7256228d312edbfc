#include "widgets/parallelfor.h"

#include <QSemaphore>
#include <QThreadPool>
#include <algorithm>
#include <atomic>
#include <memory>

namespace gps::ui {

namespace {

// Outlives the call: a helper that comes late finds nothing left to do and must not touch what the caller owns.
struct Batch {
  Batch(int jobCount, const std::function<void(int)>& theJob) : count(jobCount), job(&theJob) {}
  const int count;
  const std::function<void(int)>* job;
  std::atomic<int> next = 0;
  QSemaphore finished;
  void work() {
    for (int i; (i = next.fetch_add(1)) < count;) {
      (*job)(i);
      finished.release();
    }
  }
};

}  // namespace

int parallelThreads() { return std::max(1, QThreadPool::globalInstance()->maxThreadCount()); }

void parallelFor(int count, const std::function<void(int)>& job) {
  const int helpers = std::min(count, parallelThreads()) - 1;
  if (helpers < 1) {
    for (int i = 0; i < count; ++i) job(i);
    return;
  }
  const auto batch = std::make_shared<Batch>(count, job);
  for (int i = 0; i < helpers; ++i)
    if (!QThreadPool::globalInstance()->tryStart([batch] { batch->work(); })) break;
  batch->work();
  batch->finished.acquire(count);
}

}  // namespace gps::ui
