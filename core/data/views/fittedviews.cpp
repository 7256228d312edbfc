#include "core/data/views/fittedviews.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/data/views/pixelupload.h"
#include "core/data/views/upload.h"
#include "core/values/error.h"

namespace gps {

namespace {

void requireFitting(const std::vector<Pixels>& pictures, std::size_t mirrored, int size) {
  if (pictures.empty() || mirrored != pictures.size())
    throw Error(ErrorCode::BadArgument, "model input",
                std::to_string(pictures.size()) + " pictures, of " + std::to_string(mirrored) + " is said whether they are mirrored");
  for (const auto& p : pictures)
    if (p.bytes() == 0 || p.width > size || p.height > size || p.channels != pictures[0].channels)
      throw Error(ErrorCode::BadArgument, "model input", "the picture does not fit into " + std::to_string(size) + " pixels");
}

bool fills(const Pixels& p, int size) { return p.width == size && p.height == size; }
bool allFill(const std::vector<Pixels>& pictures, int size) {
  return std::all_of(pictures.begin(), pictures.end(), [size](const Pixels& p) { return fills(p, size); });
}

// [B, S, S, C] uint8, zeros to the right of a picture and below it.
at::Tensor squares(const std::vector<Pixels>& pictures, int size, at::Device device) {
  std::vector<PixelPiece> pieces;
  pieces.reserve(pictures.size());
  for (const auto& p : pictures) pieces.push_back({&p, 0, p.bytes()});
  const auto pool = uploadedPieces(pieces, device);
  const std::int64_t count = std::int64_t(pictures.size()), channels = pictures[0].channels;
  if (allFill(pictures, size)) return pool.view({count, size, size, channels});
  const auto all = at::zeros({count, size, size, channels}, pool.options());
  std::int64_t first = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto& p = pictures[std::size_t(i)];
    const auto bytes = std::int64_t(p.bytes());
    all[i].narrow(0, 0, p.height).narrow(1, 0, p.width).copy_(pool.narrow(0, first, bytes).view({p.height, p.width, channels}));
    first += bytes;
  }
  return all;
}

// Left and right changed over inside the picture; the padding stays where it is. planes [B, C, S, S].
at::Tensor mirroredPlanes(const at::Tensor& planes, const std::vector<Pixels>& pictures, const std::vector<std::uint8_t>& mirrored) {
  if (std::all_of(mirrored.begin(), mirrored.end(), [](std::uint8_t m) { return m == 0; })) return planes;
  const auto size = planes.size(3);
  const auto columns = at::empty({planes.size(0), 1, 1, size}, at::kLong);
  auto* out = columns.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::int64_t width = mirrored[i] != 0 ? pictures[i].width : 0;
    for (std::int64_t x = 0; x < size; ++x) *out++ = x < width ? width - 1 - x : x;
  }
  return planes.gather(3, uploaded(columns, planes.device()).expand(planes.sizes()));
}

at::Tensor planesOf(const std::vector<Pixels>& pictures, const std::vector<std::uint8_t>& mirrored, int size, at::Device device) {
  requireFitting(pictures, mirrored.size(), size);
  return mirroredPlanes(squares(pictures, size, device).permute({0, 3, 1, 2}), pictures, mirrored);
}

// True outside of the pictures. [B, 1, S, S]
at::Tensor padding(const std::vector<Pixels>& pictures, int size, at::Device device) {
  const auto count = std::int64_t(pictures.size());
  const auto beyond = at::empty({2, count, size}, at::kBool);  // columns, rows
  auto* out = beyond.data_ptr<bool>();
  for (const int side : {0, 1})
    for (const auto& p : pictures)
      for (int i = 0; i < size; ++i) *out++ = i >= (side == 0 ? p.width : p.height);
  const auto there = uploaded(beyond, device);
  return there[0].view({count, 1, 1, size}).logical_or(there[1].view({count, 1, size, 1}));
}

}  // namespace

at::Tensor fittedImages(const std::vector<Pixels>& pictures, const std::vector<std::uint8_t>& mirrored,
                        const std::vector<ChannelScales>& scales, int size, at::Device device, at::ScalarType type) {
  const auto planes = planesOf(pictures, mirrored, size, device);
  if (scales.size() != pictures.size() || pictures[0].channels != 3)
    throw Error(ErrorCode::BadArgument, "model input", "its scales are not those of pictures of three channels");
  const auto count = std::int64_t(pictures.size());
  const auto numbers = at::empty({2, count, 3, 1, 1}, at::kFloat);  // shifts, factors
  auto* out = numbers.data_ptr<float>();
  for (const auto& s : scales) out = std::copy(s.shift.begin(), s.shift.end(), out);
  for (const auto& s : scales) out = std::copy(s.factor.begin(), s.factor.end(), out);
  const auto there = uploaded(numbers, device);
  // Into tensors laid out plane by plane: operations would follow the bytes' layout else.
  auto shifted = at::empty({count, 3, size, size}, there.options());
  at::sub_out(shifted, planes, there[0]);
  shifted.mul_(there[1]);
  if (!allFill(pictures, size)) shifted.masked_fill_(padding(pictures, size, device), 0);
  return shifted.to(type);
}

at::Tensor fittedMasks(const std::vector<Pixels>& masks, const std::vector<std::uint8_t>& mirrored, int size, at::Device device,
                       at::ScalarType type) {
  const auto planes = planesOf(masks, mirrored, size, device);
  return planes.gt(127).to(type).contiguous();
}

}  // namespace gps
