#include "core/tuning/feedlines.h"

#include <iomanip>
#include <sstream>

namespace gps {

std::string waitLine(const FeedTimes& times) {
  const double waited = times.loaderMilliseconds + times.uploadMilliseconds;
  const double percent = times.seconds > 0 ? waited / times.seconds / 10 : 0;
  std::ostringstream line;
  line << std::fixed << std::setprecision(1) << "waited for pictures: " << waited << " ms of " << times.seconds << " s ("
       << std::setprecision(2) << percent << " %), " << std::setprecision(1) << times.loaderMilliseconds << " ms for decoding and "
       << times.uploadMilliseconds << " ms for uploads";
  return line.str();
}

std::string cacheLine(const CacheState& cache, std::size_t pictures) {
  const auto mib = [](std::size_t bytes) { return (bytes + (std::size_t{1} << 20) - 1) >> 20; };
  std::ostringstream line;
  line << "keeps " << cache.pictures << " of " << pictures << " decoded pictures in " << mib(cache.bytes) << " of at most "
       << mib(cache.limit) << " MiB";
  if (cache.isPinned) line << ", page-locked";
  if (!cache.refusal.empty())
    line << "; the system gives no " << (cache.isPinned ? "more " : "") << "page-locked memory: " << cache.refusal;
  return line.str();
}

}  // namespace gps
