#include "core/tuning/flatstate.h"

#include <ATen/ATen.h>

#include <cstddef>

#include "core/checkpoints/readers/sha256.h"
#include "core/nn/parameter.h"
#include "core/values/error.h"

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace gps {

using kernels::FlatChunk;
using kernels::StepControl;

// One member of the control, [1].
static at::Tensor memberOf(const at::Tensor& control, std::size_t offset, at::ScalarType type) {
  return control.narrow(0, std::int64_t(offset), std::int64_t(at::elementSize(type))).view(type);
}

FlatState::FlatState(const TrainableSet& set, WeightArena& arena) : m_set(set), m_arena(arena) {
  const auto& offsets = set.offsets();
  const auto device = arena.device();
  const auto host = at::from_blob(const_cast<std::uint32_t*>(offsets.data()), {std::int64_t(offsets.size())}, at::kInt);
  m_offsets32 = host.to(device, at::kInt, false, true);  // the same bits; read as unsigned by the kernel
  std::vector<std::int64_t> wide(offsets.begin(), offsets.end());
  m_offsets64 = at::tensor(wide, at::kLong).to(device);

  const auto addChunks = [&](std::int64_t flatBegin, std::int64_t count, std::int64_t arenaBegin, bool vectorRegion, bool scattered) {
    for (std::int64_t done = 0; done < count; done += kernels::kChunkSize)
      m_chunks.push_back({flatBegin + done, std::min(kernels::kChunkSize, count - done), arenaBegin + done, vectorRegion, scattered});
  };
  addChunks(0, std::int64_t(offsets.size()), 0, false, true);
  for (const auto& slice : set.slices()) {
    const auto& e = set.map().entry(slice.id);
    if (!slice.selected) addChunks(slice.flatBegin, slice.count, e.offset, e.region == Region::Vector, false);
  }
  if (device.is_cuda()) {
    const auto bytes = std::int64_t(m_chunks.size() * sizeof(FlatChunk));
    m_deviceChunks = at::from_blob(m_chunks.data(), {bytes}, at::kByte).to(device, at::kByte, false, true);
  }
  StepControl control;  // m_bad holds all of it
  m_bad = at::from_blob(&control, {std::int64_t(sizeof control)}, at::kByte).to(device, at::kByte, false, true);
  values = gather();
  gradient = at::zeros_like(values);
  m = at::zeros_like(values);
  v = at::zeros_like(values);
}

void FlatState::attach(ParameterRegistry& registry, Rule rule) const {
  for (auto* p : registry.parameters()) p->freeze();
  for (const auto& slice : m_set.slices()) {
    auto& parameter = registry.parameter(slice.id);
    const auto slot = gradient.narrow(0, slice.flatBegin, slice.count);
    if (slice.selected)
      dynamic_cast<SelectiveWeight&>(parameter).trainSelected(m_set.localOffsets(slice), values.narrow(0, slice.flatBegin, slice.count),
                                                              slot, rule == Rule::Dense);
    else
      parameter.trainWhole(slot);
  }
}

void FlatState::scatter(const at::Tensor& flat) const {
  at::NoGradGuard noGrad;
  const auto selected = std::int64_t(m_set.offsets().size());
  if (selected > 0) m_arena.matrix().index_copy_(0, m_offsets64, flat.narrow(0, 0, selected));
  for (const auto& slice : m_set.slices())
    if (!slice.selected) m_arena.view(slice.id).copy_(flat.narrow(0, slice.flatBegin, slice.count).view(m_set.map().entry(slice.id).shape));
  m_arena.noteWrite();
}

at::Tensor FlatState::gather() const {
  at::NoGradGuard noGrad;
  std::vector<at::Tensor> parts{m_arena.matrix().index_select(0, m_offsets64)};
  for (const auto& slice : m_set.slices())
    if (!slice.selected) parts.push_back(m_arena.view(slice.id).reshape({-1}));
  return at::cat(parts);
}

void FlatState::zeroGradient() { gradient.zero_(); }

template <typename T>
static kernels::FlatArrays<T> arraysOf(const FlatState& s, const WeightArena& arena, const at::Tensor& offsets) {
  return {s.values.data_ptr<T>(),
          s.gradient.data_ptr<T>(),
          s.m.data_ptr<T>(),
          s.v.data_ptr<T>(),
          reinterpret_cast<const std::uint32_t*>(offsets.data_ptr<std::int32_t>()),
          arena.matrix().data_ptr<T>(),
          arena.vector().data_ptr<T>(),
          s.values.numel()};
}

void FlatState::update(const kernels::UpdateSettings& settings, const at::Tensor& loss) {
  const auto chunkCount = std::int64_t(m_chunks.size());
  memberOf(m_bad, offsetof(StepControl, learningRate), at::kDouble).fill_(settings.learningRate);
  memberOf(m_bad, offsetof(StepControl, steps), at::kLong).fill_(settings.step - 1);
  auto* control = reinterpret_cast<StepControl*>(m_bad.data_ptr<std::uint8_t>());
  if (values.is_cuda()) {
#ifdef GPS_WITH_CUDA
    m_loss = loss.detach().to(at::kFloat);
    const auto workspace = at::empty({kernels::kSquareBlocks}, values.options().dtype(at::kDouble));
    const auto status = kernels::updateOnCuda(
        settings, control, m_loss.data_ptr<float>(), 1, reinterpret_cast<const FlatChunk*>(m_deviceChunks.data_ptr()), chunkCount,
        arraysOf<float>(*this, m_arena, m_offsets32), workspace.data_ptr<double>(), at::cuda::getCurrentCUDAStream().stream());
    if (status != 0)
      throw Error(ErrorCode::DeviceLost, "optimiser step", "the kernel could not be launched, CUDA error " + std::to_string(status));
#endif
  } else {
    const auto update = [&](const auto& arrays) {
      kernels::updateOnCpu(settings, *control, loss.item<double>(), 1, m_chunks.data(), chunkCount, arrays);
    };
    if (values.scalar_type() == at::kDouble)
      update(arraysOf<double>(*this, m_arena, m_offsets32));
    else
      update(arraysOf<float>(*this, m_arena, m_offsets32));
  }
  m_arena.noteWrite();
}

bool FlatState::isBad() const { return memberOf(m_bad, offsetof(StepControl, bad), at::kInt).item<std::int32_t>() != 0; }

std::string hashOutside(const TrainableSet& set, const WeightArena& arena) {
  auto matrix = arena.matrix().to(at::kCPU, arena.type(), false, true), vector = arena.vector().to(at::kCPU, arena.type(), false, true);
  for (const auto& slice : set.slices()) {
    const auto& e = set.map().entry(slice.id);
    auto region = e.region == Region::Matrix ? matrix : vector;
    if (!slice.selected)
      region.narrow(0, e.offset, e.count).zero_();
    else
      for (std::int64_t i = 0; i < slice.count; ++i) region[std::int64_t(set.offsets()[std::size_t(slice.flatBegin + i)])].zero_();
  }
  Sha256 hash;
  for (const auto& t : {matrix, vector}) hash.update(t.data_ptr(), t.nbytes());
  return hash.finishHex();
}

}  // namespace gps
