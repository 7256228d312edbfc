#include "core/tuning/runevents.h"

#include <ATen/ATen.h>

#include "core/tuning/metricsjson.h"
#include "core/values/error.h"

namespace gps {

RunEvents::RunEvents(std::string folder, bool isSilent, LogSink log)
    : m_folder(std::move(folder)), m_isSilent(isSilent), m_log(std::move(log)) {}

template <typename Work>
void RunEvents::guarded(const Work& work) {
  if (m_isSilent) return;
  try {
    work();
  } catch (const Error& e) {
    if (e.code() != ErrorCode::Io) throw;
    m_file.reset();
    if (m_log) m_log(LogLevel::Warning, std::string("no more events for TensorBoard: ") + e.what());
  }
}

void RunEvents::begin(std::int64_t step, bool continues) {
  guarded([&] { m_file = std::make_unique<EventFile>(m_folder, continues ? step + 1 : 0); });
}

void RunEvents::addStep(const StepPoint& point) {
  if (m_file) guarded([&] { m_file->addScalars(point.step, {{"train/loss", point.loss}, {"train/learning_rate", point.learningRate}}); });
}

void RunEvents::addEpoch(const EpochRecord& record, std::int64_t step) {
  if (!m_file) return;
  Scalars scalars{{"epoch/number", double(record.epoch)}};
  if (record.epoch > 0) {
    scalars.emplace_back("epoch/train_loss", record.trainLoss);
    scalars.emplace_back("epoch/seconds", record.seconds);
  }
  if (record.isScored) scalars.emplace_back("val/loss", record.valLoss);
  for (const auto& [name, value] : metricsOf(record)) scalars.emplace_back("val/" + name, value);
  guarded([&] { m_file->addScalars(step, scalars); });
}

void RunEvents::addAgain(const EpochRecord& record, std::int64_t step) {
  if (!m_file || !record.again) return;
  Scalars scalars{{"val_fp32/epoch", double(record.epoch)}, {"val_fp32/loss", record.again->valLoss}};
  for (const auto& [name, value] : metricsOf(record.measuredLast())) scalars.emplace_back("val_fp32/" + name, value);
  guarded([&] { m_file->addScalars(step, scalars); });
}

void RunEvents::addHistogram(const std::string& tag, const at::Tensor& flat, std::int64_t step) {
  const auto host = flat.to(at::kCPU, at::kFloat).contiguous();
  guarded([&] { m_file->addHistogram(step, tag, histogramOf(host.data_ptr<float>(), std::size_t(host.numel()))); });
}

void RunEvents::addValues(const at::Tensor& values, const at::Tensor& base, std::int64_t step) {
  if (m_file) addHistogram("trained/change", values - base, step);
}

void RunEvents::addGradient(const at::Tensor& gradient, std::int64_t step) {
  if (m_file) addHistogram("trained/gradient", gradient, step);
}

void RunEvents::addPicture(const CompressedPicture& picture, const std::string& tag, std::int64_t step) {
  if (m_file) guarded([&] { m_file->addPicture(step, tag, picture); });
}

}  // namespace gps
