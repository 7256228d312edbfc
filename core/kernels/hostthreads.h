#pragma once
// Cuts work on the host over the cores. For work that lasts a millisecond or more: the threads are started anew each time.
#include <atomic>
#include <cstdint>
#include <functional>

namespace gps::kernels {

// Cores that forBlocks uses; 0: all. Any thread.
void setHostThreads(int threads);
int hostThreads();

// Calls work(from, to) for all of [0, count) in pieces of `block`, on all cores, in no order. work must not throw. Returns when all
// is done.
void forBlocks(std::int64_t count, std::int64_t block, const std::function<void(std::int64_t, std::int64_t)>& work);

}  // namespace gps::kernels
