#include "core/tuning/step/flatstate.h"

#include <ATen/ATen.h>

#include <cstddef>

#include "core/checkpoints/readers/sha256.h"
#include "core/nn/cudalaunch.h"
#include "core/nn/selectiveweight.h"
#include "core/values/error.h"

namespace gps {

using kernels::FlatChunk;
using kernels::StepControl;

FlatState::FlatState(const TrainableSet& set, WeightArena& arena, const kernels::OptimizerSettings& settings,
                     const std::vector<float>& rateFactors)
    : m_set(set), m_arena(arena), m_settings(settings) {
  const auto& offsets = set.offsets();
  const auto device = arena.device();
  const auto host = at::from_blob(const_cast<std::uint32_t*>(offsets.data()), {std::int64_t(offsets.size())}, at::kInt);
  m_offsets32 = host.to(device, at::kInt, false, true);  // the same bits; read as unsigned by the kernel
  std::vector<std::int64_t> wide(offsets.begin(), offsets.end());
  m_offsets64 = at::tensor(wide, at::kLong).to(device);

  for (const auto& slice : set.slices()) {
    const auto& e = set.map().entry(slice.id);
    for (std::int64_t done = 0; done < slice.count; done += kernels::kChunkSize) {
      FlatChunk chunk;
      chunk.flatBegin = slice.flatBegin + done;
      chunk.count = std::min(kernels::kChunkSize, slice.count - done);
      chunk.arenaBegin = e.offset + done;
      chunk.inVectorRegion = e.region == Region::Vector;
      chunk.scattered = slice.selected;
      if (!rateFactors.empty()) chunk.rateFactor = rateFactors[slice.id];
      m_chunks.push_back(chunk);
    }
  }
  values = gather();
  const auto count = values.numel();
  gradientAndLoss = at::zeros({count + 1}, values.options());
  gradient = gradientAndLoss.narrow(0, 0, count);
  summedLoss = gradientAndLoss[count];
  m = at::zeros_like(values);
  v = at::zeros_like(values);
  if (settings.emaDecay > 0) average = values.clone();

  if (device.is_cuda()) {
    const auto bytes = std::int64_t(m_chunks.size() * sizeof(FlatChunk));
    m_deviceChunks = at::from_blob(m_chunks.data(), {bytes}, at::kByte).to(device, at::kByte, false, true);
    m_workspace = at::empty({kernels::kSquareBlocks}, values.options().dtype(at::kDouble));
  }
  auto control = kernels::freshControl(0, settings.scaling);
  m_control = at::from_blob(&control, {std::int64_t(sizeof control)}, at::kByte).to(device, at::kByte, false, true);
  m_lossScale = m_control.narrow(0, offsetof(StepControl, lossScale), sizeof(float)).view(at::kFloat).squeeze(0);
}

void FlatState::attach(ParameterRegistry& registry, Rule rule, BackwardPath path) const {
  for (auto* p : registry.parameters()) p->freeze();
  for (const auto& slice : m_set.slices()) {
    auto& parameter = registry.parameter(slice.id);
    const auto slot = gradient.narrow(0, slice.flatBegin, slice.count);
    if (slice.selected)
      dynamic_cast<SelectiveWeight&>(parameter).trainSelected(m_set.localOffsets(slice), values.narrow(0, slice.flatBegin, slice.count),
                                                              slot, rule, path);
    else
      parameter.trainWhole(slot);
  }
}

void FlatState::scatter(const at::Tensor& flat) const {
  at::NoGradGuard noGrad;
  const auto selected = std::int64_t(m_set.offsets().size());
  if (selected > 0) m_arena.matrix().index_copy_(0, m_offsets64, flat.narrow(0, 0, selected).to(m_arena.matrixType()));
  for (const auto& slice : m_set.slices())
    if (!slice.selected) m_arena.view(slice.id).copy_(flat.narrow(0, slice.flatBegin, slice.count).view(m_set.map().entry(slice.id).shape));
  m_arena.noteWrite();
}

at::Tensor FlatState::gather() const {
  at::NoGradGuard noGrad;
  std::vector<at::Tensor> parts{m_arena.matrix().index_select(0, m_offsets64).to(m_arena.type())};
  for (const auto& slice : m_set.slices())
    if (!slice.selected) parts.push_back(m_arena.view(slice.id).reshape({-1}).to(m_arena.type()));
  return at::cat(parts);
}

void FlatState::zeroGradient() { gradient.zero_(); }

at::Tensor FlatState::scaled(const at::Tensor& loss) const { return m_settings.scaling.isOn ? loss * m_lossScale : loss; }

static kernels::MatrixType matrixTypeOf(const WeightArena& arena) {
  if (arena.matrixType() == at::kBFloat16) return kernels::MatrixType::BFloat16;
  if (arena.matrixType() == at::kHalf) return kernels::MatrixType::Half;
  return kernels::MatrixType::AsValues;
}

template <typename T>
static kernels::FlatArrays<T> arraysOf(const FlatState& s, const WeightArena& arena, const at::Tensor& offsets) {
  kernels::FlatArrays<T> a;
  a.value = s.values.data_ptr<T>();
  a.gradient = s.gradient.data_ptr<T>();
  a.m = s.m.data_ptr<T>();
  a.v = s.v.data_ptr<T>();
  a.offsets = reinterpret_cast<const std::uint32_t*>(offsets.data_ptr<std::int32_t>());
  a.matrix = arena.matrix().data_ptr();
  a.vector = arena.vector().data_ptr<T>();
  a.count = s.values.numel();
  a.matrixType = matrixTypeOf(arena);
  a.average = s.average.defined() ? s.average.data_ptr<T>() : nullptr;
  return a;
}

static StepControl& controlIn(const at::Tensor& bytes) { return *reinterpret_cast<StepControl*>(bytes.data_ptr<std::uint8_t>()); }

void FlatState::update(const at::Tensor& loss, int count) {
  const auto chunkCount = std::int64_t(m_chunks.size());
  if (values.is_cuda()) {
#ifdef GPS_WITH_CUDA
    const auto single = loss.to(at::kFloat);
    detail::checkLaunch(
        kernels::updateOnCuda(m_settings, &controlIn(m_control), single.data_ptr<float>(), double(count),
                              reinterpret_cast<const FlatChunk*>(m_deviceChunks.data_ptr<std::uint8_t>()), chunkCount,
                              arraysOf<float>(*this, m_arena, m_offsets32), m_workspace.data_ptr<double>(), detail::cudaStream()),
        "optimiser step");
#endif
  } else if (values.scalar_type() == at::kDouble) {
    kernels::updateOnCpu(m_settings, controlIn(m_control), loss.item<double>(), double(count), m_chunks.data(), chunkCount,
                         arraysOf<double>(*this, m_arena, m_offsets32));
  } else {
    kernels::updateOnCpu(m_settings, controlIn(m_control), loss.item<double>(), double(count), m_chunks.data(), chunkCount,
                         arraysOf<float>(*this, m_arena, m_offsets32));
  }
  m_arena.noteWrite();
}

void FlatState::startEpoch(double learningRate) {
  if (!values.is_cuda()) return kernels::startEpoch(controlIn(m_control), learningRate);
#ifdef GPS_WITH_CUDA
  detail::checkLaunch(kernels::startEpochOnCuda(&controlIn(m_control), learningRate, detail::cudaStream()), "learning rate");
#endif
}

StepControl FlatState::control() const { return controlIn(m_control.cpu()); }

void FlatState::setControl(const StepControl& control) {
  const auto bytes = at::from_blob(const_cast<StepControl*>(&control), {std::int64_t(sizeof control)}, at::kByte);
  m_control.copy_(bytes);
}

std::string hashOutside(const TrainableSet& set, const WeightArena& arena) {
  auto matrix = arena.matrix().to(at::kCPU, arena.matrixType(), false, true),
       vector = arena.vector().to(at::kCPU, arena.type(), false, true);
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
