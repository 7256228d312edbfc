#include "core/tuning/rundeltas.h"

#include <ATen/ATen.h>

#include <map>

#include "core/tuning/metricsjson.h"
#include "core/values/error.h"

namespace gps {

static std::vector<float> hostVector(const at::Tensor& t) {
  const auto host = t.to(at::kCPU, at::kFloat).contiguous();
  return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

RunDeltas::RunDeltas(const RunWriter& writer, const TrainableSet& set, Delta frame)
    : m_writer(writer), m_set(set), m_frame(std::move(frame)) {}

void RunDeltas::writeBase(const at::Tensor& values, const std::vector<std::uint64_t>& pictures) const {
  auto base = m_frame;
  base.pictures = pictures;
  const auto flat = hostVector(values);
  base.base.assign(flat.begin(), flat.begin() + std::ptrdiff_t(base.offsets.size()));
  for (const auto& slice : m_set.slices()) {
    if (slice.selected) continue;
    const auto& e = m_set.map().entry(slice.id);
    base.whole.push_back({e.name, e.shape, {}, {flat.begin() + slice.flatBegin, flat.begin() + slice.flatBegin + slice.count}});
  }
  writeDeltaBase(m_writer.basePath(), base);
}

Delta RunDeltas::deltaOf(int epoch, const at::Tensor& values) const {
  auto delta = m_frame;
  delta.info.epoch = epoch;
  const auto flat = hostVector(values);
  delta.values.assign(flat.begin(), flat.begin() + std::ptrdiff_t(delta.offsets.size()));
  for (const auto& slice : m_set.slices()) {
    if (slice.selected) continue;
    const auto& e = m_set.map().entry(slice.id);
    delta.whole.push_back({e.name, e.shape, {flat.begin() + slice.flatBegin, flat.begin() + slice.flatBegin + slice.count}, {}});
  }
  return delta;
}

void RunDeltas::writeEpoch(const EpochRecord& record, const FlatState& state) const {
  auto delta = deltaOf(record.epoch, state.values);
  delta.info.metrics = metricsOf(record);
  delta.info.metrics["val_loss"] = record.valLoss;
  delta.info.metrics["train_loss"] = record.trainLoss;
  writeDeltaEpoch(m_writer.epochPath(record.epoch), delta);
  if (!state.average.defined()) return;
  auto averaged = deltaOf(record.epoch, state.average);
  if (record.emaTop1) averaged.info.metrics = {{"top1", *record.emaTop1}, {"top5", *record.emaTop5}};
  writeDeltaEpoch(m_writer.averagedPath(record.epoch), averaged);
}

at::Tensor RunDeltas::valuesOf(int epoch) const {
  const auto path = m_writer.epochPath(epoch);
  const auto delta = readDelta(path);
  std::vector<float> values = delta.values;
  std::map<std::string, const WholeTensor*> whole;
  for (const auto& w : delta.whole) whole[w.name] = &w;
  for (const auto& slice : m_set.slices()) {
    if (slice.selected) continue;
    const auto& name = m_set.map().entry(slice.id).name;
    if (!whole.contains(name)) throw Error(ErrorCode::BadFile, path, "lacks the tensor " + name);
    values.insert(values.end(), whole[name]->values.begin(), whole[name]->values.end());
  }
  return at::tensor(values, at::kFloat);
}

}  // namespace gps
