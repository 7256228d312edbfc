#include "core/data/cachelimit.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <sstream>

namespace gps {

namespace {

constexpr std::size_t kMost = std::size_t{8} << 30, kUnknownMachine = std::size_t{512} << 20;

std::string contentOf(const char* path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<std::size_t> numberIn(const std::string& text) {
  std::istringstream in(text);
  std::uint64_t value = 0;
  if (in >> value) return std::size_t(value);
  return std::nullopt;  // "max": no limit
}

// What stands behind a key at the beginning of a line.
std::optional<std::size_t> valueOf(const std::string& text, const std::string& key) {
  const auto found = ("\n" + text).find("\n" + key);
  return found == std::string::npos ? std::nullopt : numberIn(text.substr(found + key.size()));
}

}  // namespace

std::size_t automaticCacheBytes(const MemoryTexts& texts) {
  constexpr auto kUnknown = std::numeric_limits<std::size_t>::max();
  std::size_t total = kUnknown, available = kUnknown;
  if (const auto kib = valueOf(texts.meminfo, "MemTotal:")) total = *kib * 1024;
  if (const auto kib = valueOf(texts.meminfo, "MemAvailable:")) available = *kib * 1024;
  if (const auto limit = numberIn(texts.limit)) {
    total = std::min(total, *limit);
    // Pages of files are given back on demand; what the processes hold is not.
    available = std::min(available, *limit - std::min(*limit, valueOf(texts.stat, "anon ").value_or(0)));
  }
  if (total == kUnknown) return kUnknownMachine;
  return std::min({total / 8, kMost, available / 2});
}

std::size_t automaticCacheBytes() {
  return automaticCacheBytes({contentOf("/proc/meminfo"), contentOf("/sys/fs/cgroup/memory.max"), contentOf("/sys/fs/cgroup/memory.stat")});
}

}  // namespace gps
