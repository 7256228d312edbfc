#pragma once
// Page-locked memory of the host for many small things that stay: a GPU copies from it by itself, beside other work.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace gps {

class PinnedBlock;  // pinnedblock.h

struct PinnedBytes {
  std::shared_ptr<const PinnedBlock> block;  // keeps data; null: there is none
  std::uint8_t* data = nullptr;
};

// Takes large blocks from torch's allocator of page-locked memory and hands out pieces of them, which are not given back one by one: a
// block lives as long as a piece of it. Locking a block may take milliseconds. One thread at a time.
class PinnedMemory {
 public:
  explicit PinnedMemory(std::size_t limit) : m_limit(limit) {}
  ~PinnedMemory();  // gives free blocks back to the system
  PinnedMemory(const PinnedMemory&) = delete;
  PinnedMemory& operator=(const PinnedMemory&) = delete;

  // bytes > 0. Empty where it would pass the limit, and after the system has refused once.
  PinnedBytes take(std::size_t bytes);
  std::size_t bytes() const { return m_bytes; }             // locked; at most the limit
  const std::string& refusal() const { return m_refusal; }  // why the system gives none; empty while it does

 private:
  std::size_t m_limit, m_bytes = 0;
  std::shared_ptr<PinnedBlock> m_block;
  std::size_t m_used = 0;  // of the block
  std::string m_refusal;
};

// The largest block a request of `bytes` begins with `left` bytes below the limit: a power of two, as the allocator rounds up to one;
// 0: there is no room.
std::size_t pinnedBlockSize(std::size_t bytes, std::size_t left);

}  // namespace gps
