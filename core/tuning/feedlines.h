#pragma once
// What a run logs about its pictures.
#include <cstddef>
#include <string>

#include "core/data/samplecache.h"
#include "core/tuning/feedtimes.h"

namespace gps {

// "waited for pictures: 12 ms of 45.1 s (0.03 %), 10 ms for decoding and 2 ms for uploads"
std::string waitLine(const FeedTimes& times);
// "keeps 880 of 880 decoded pictures in 128 of at most 4096 MiB, page-locked", and why not, where the system refused.
std::string cacheLine(const CacheState& cache, std::size_t pictures);

}  // namespace gps
