#include "core/data/views/pixelupload.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <cstring>

#include "core/data/pinnedblock.h"

namespace gps {

namespace {

// Of pieces in ordinary memory, one behind the other.
void gather(const PixelPiece* pieces, std::size_t count, std::uint8_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(out, pieces[i].picture->data + pieces[i].first, pieces[i].bytes);
    out += pieces[i].bytes;
  }
}

// Of the block that it lies in.
at::Tensor pinnedPiece(const PixelPiece& piece) {
  const auto& block = piece.picture->pinned->bytes();
  return block.narrow(0, piece.picture->data - block.const_data_ptr<std::uint8_t>() + std::ptrdiff_t(piece.first),
                      std::int64_t(piece.bytes));
}

}  // namespace

at::Tensor uploadedPieces(const std::vector<PixelPiece>& pieces, at::Device device) {
  std::int64_t total = 0;
  for (const auto& piece : pieces) total += std::int64_t(piece.bytes);
  const auto result = at::empty({total}, at::TensorOptions(at::kByte).device(device));
  if (device.is_cpu()) {
    gather(pieces.data(), pieces.size(), result.data_ptr<std::uint8_t>());
    return result;
  }
  std::int64_t copied = 0;
  const auto copy = [&](const at::Tensor& pinned) {
    result.narrow(0, copied, pinned.numel()).copy_(pinned, /*non_blocking=*/true);
    copied += pinned.numel();
  };
  for (std::size_t i = 0; i < pieces.size();) {
    if (pieces[i].picture->pinned != nullptr) {
      copy(pinnedPiece(pieces[i++]));
      continue;
    }
    std::size_t end = i;
    std::int64_t bytes = 0;
    for (; end < pieces.size() && pieces[end].picture->pinned == nullptr; ++end) bytes += std::int64_t(pieces[end].bytes);
    const auto staged = at::empty({bytes}, at::TensorOptions(at::kByte).pinned_memory(true));
    gather(&pieces[i], end - i, staged.data_ptr<std::uint8_t>());
    copy(staged);
    i = end;
  }
  return result;
}

}  // namespace gps
