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

namespace {

using Metrics = std::map<std::string, double>;

Metrics metricsWithLoss(const EpochRecord& record) {
  Metrics metrics = metricsOf(record);
  if (record.isScored) metrics["val_loss"] = record.valLoss;
  return metrics;
}

Metrics averagedMetrics(const EpochRecord& record) {
  if (!record.emaTop1) return {};
  return {{"top1", *record.emaTop1}, {"top5", *record.emaTop5}};
}

void addAgain(const std::string& path, Metrics metrics) {
  auto delta = readDelta(path);
  delta.info.fp32Metrics = std::move(metrics);
  writeDeltaEpoch(path, delta);
}

}  // namespace

void RunDeltas::writeEpoch(const EpochRecord& record, const FlatState& state) const {
  auto delta = deltaOf(record.epoch, state.values);
  delta.info.metrics = metricsWithLoss(record);
  delta.info.metrics["train_loss"] = record.trainLoss;
  writeDeltaEpoch(m_writer.epochPath(record.epoch), delta);
  if (!state.average.defined()) return;
  auto averaged = deltaOf(record.epoch, state.average);
  averaged.info.metrics = averagedMetrics(record);
  writeDeltaEpoch(m_writer.averagedPath(record.epoch), averaged);
}

void RunDeltas::writeAgain(const EpochRecord& record) const {
  const auto last = record.measuredLast();
  addAgain(m_writer.epochPath(record.epoch), metricsWithLoss(last));
  if (last.emaTop1) addAgain(m_writer.averagedPath(record.epoch), averagedMetrics(last));
}

at::Tensor RunDeltas::valuesOf(int epoch) const { return valuesIn(m_writer.epochPath(epoch)); }
at::Tensor RunDeltas::averagedValuesOf(int epoch) const { return valuesIn(m_writer.averagedPath(epoch)); }

at::Tensor RunDeltas::valuesIn(const std::string& path) const {
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
