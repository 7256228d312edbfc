#include "core/data/pinnedmemory.h"

#include <ATen/ATen.h>
#include <ATen/core/CachingHostAllocator.h>

#include <algorithm>
#include <bit>
#include <exception>

#include "core/data/pinnedblock.h"

namespace gps {

namespace {

constexpr std::size_t kBlock = std::size_t{32} << 20, kPiecesOfBlock = 8, kAlignment = 64;

// Of a message of torch the part before its call stack.
std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::size_t pinnedBlockSize(std::size_t bytes, std::size_t left) {
  if (bytes > left) return 0;
  const auto size = std::min(std::bit_ceil(std::max(kBlock, kPiecesOfBlock * bytes)), std::bit_floor(left));
  return size >= bytes ? size : 0;
}

PinnedMemory::~PinnedMemory() {
  m_block.reset();
  if (m_bytes == 0) return;
  try {
    at::getHostAllocator(at::kCUDA)->empty_cache();
  } catch (...) {
    // The device is gone; the process keeps the memory.
  }
}

PinnedBytes PinnedMemory::take(std::size_t bytes) {
  bytes = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  if (!m_refusal.empty()) return {};
  if (!m_block || m_used + bytes > std::size_t(m_block->bytes().numel())) {
    const auto size = pinnedBlockSize(bytes, m_limit - m_bytes);
    if (size == 0) return {};
    try {
      m_block = std::make_shared<PinnedBlock>(at::empty({std::int64_t(size)}, at::TensorOptions(at::kByte).pinned_memory(true)));
    } catch (const std::exception& e) {
      m_refusal = firstLine(e.what());
      return {};
    }
    m_bytes += size;
    m_used = 0;
  }
  const PinnedBytes taken{m_block, m_block->bytes().data_ptr<std::uint8_t>() + m_used};
  m_used += bytes;
  return taken;
}

}  // namespace gps
