#pragma once
#include <functional>

namespace gps::ui {

// Calls job(0) … job(count - 1), each once, on the calling thread and on those of the application's pool that are free, and returns when
// all have returned. A busy machine does not hold the caller up: what nobody else has begun it does itself. Jobs may not throw.
int parallelThreads();  // that it uses at most, 1 or more
void parallelFor(int count, const std::function<void(int)>& job);

}  // namespace gps::ui
