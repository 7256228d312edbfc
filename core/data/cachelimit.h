#pragma once
#include <cstddef>
#include <string>

namespace gps {

// How much of the machine's memory decoded pictures may take unless somebody says otherwise: an eighth, at most 8 GiB, and at most half of
// what is free now. A limit on the process's control group counts as the machine.
std::size_t automaticCacheBytes();

// The same from the texts of the system's files; an empty or unreadable one does not count.
struct MemoryTexts {
  std::string meminfo;      // /proc/meminfo
  std::string limit, stat;  // memory.max and memory.stat of the control group
};
std::size_t automaticCacheBytes(const MemoryTexts& texts);

}  // namespace gps
