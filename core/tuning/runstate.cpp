#include "core/tuning/runstate.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/values/error.h"

namespace gps {

using nlohmann::json;

namespace {

json jsonOf(const kernels::StepControl& c) {
  return {{"learning_rate", c.learningRate}, {"steps", c.steps},      {"skipped", c.skipped},       {"good_steps", c.goodSteps},
          {"loss_scale", c.lossScale},       {"loss_sum", c.lossSum}, {"loss_weight", c.lossWeight}};
}

kernels::StepControl controlOf(const json& j) {
  kernels::StepControl c;
  c.learningRate = j.at("learning_rate");
  c.steps = j.at("steps");
  c.skipped = j.at("skipped");
  c.goodSteps = j.at("good_steps");
  c.lossScale = j.at("loss_scale");
  c.lossSum = j.at("loss_sum");
  c.lossWeight = j.at("loss_weight");
  return c;
}

[[noreturn]] void throwUnreadable(const std::string& path, const std::exception& e) {
  throw Error(ErrorCode::BadFile, path, std::string("its position cannot be read: ") + e.what(), "Start the run again in a new folder");
}

RunPosition positionOf(const TensorFile& file) {
  RunPosition p;
  try {
    const auto position = json::parse(file.metadata().at("position"));
    p.epoch = position.at("epoch");
    p.nextBatch = position.at("next_batch");
    p.step = position.at("step");
    p.warmedUp = position.at("warmed_up");
    p.epochSeconds = position.at("epoch_seconds");
    p.totalSeconds = position.at("total_seconds");
    p.selectionSeconds = position.at("selection_seconds");
  } catch (const std::exception& e) {
    throwUnreadable(file.path(), e);
  }
  return p;
}

}  // namespace

void saveRunState(const std::string& path, const FlatState& state, const RunPosition& p) {
  const auto& average = state.average;
  const json position{{"epoch", p.epoch},
                      {"next_batch", p.nextBatch},
                      {"step", p.step},
                      {"warmed_up", p.warmedUp},
                      {"epoch_seconds", p.epochSeconds},
                      {"total_seconds", p.totalSeconds},
                      {"selection_seconds", p.selectionSeconds}};
  const auto n = state.values.numel();
  std::vector<TensorSpec> tensors{{"values", DType::F32, {n}}, {"m", DType::F32, {n}}, {"v", DType::F32, {n}}};
  if (average.defined()) tensors.push_back({"average", DType::F32, {n}});
  SafetensorsWriter writer(path, tensors,
                           {{"format", "gps-state/2"}, {"position", position.dump()}, {"control", jsonOf(state.control()).dump()}});
  const auto write = [&](const char* name, const at::Tensor& t) {
    const auto host = t.to(at::kCPU, at::kFloat).contiguous();
    writer.write(name, host.data_ptr<float>(), std::size_t(n) * sizeof(float));
  };
  write("values", state.values);
  write("m", state.m);
  write("v", state.v);
  if (average.defined()) write("average", average);
  writer.finish();
}

RunPosition readRunPosition(const std::string& path) { return positionOf(openTensorFile(path)); }

RunPosition loadRunState(const std::string& path, FlatState& state) {
  const auto file = openTensorFile(path);
  const auto read = [&](const char* name, at::Tensor& target) {
    const auto* record = file.find(name);
    if (record == nullptr)
      throw Error(ErrorCode::BadFile, path, std::string("has no tensor \"") + name + "\"", "Start the run again in a new folder");
    if (record->shape != std::vector<std::int64_t>{target.numel()})
      throw Error(ErrorCode::Mismatch, path, "belongs to a run that trains another number of values",
                  "Resume with the settings of the run's run.toml");
    auto host = at::empty({target.numel()}, at::kFloat);
    copyAsFloat(file, *record, host.data_ptr<float>());
    target.copy_(host);
  };
  read("values", state.values);
  read("m", state.m);
  read("v", state.v);
  if (state.average.defined()) read("average", state.average);
  const auto p = positionOf(file);
  try {
    auto control = controlOf(json::parse(file.metadata().at("control")));
    // A run that goes on in another precision begins with the loss scale of that precision.
    const bool wasScaled = control.lossScale != 1 || control.goodSteps > 0 || control.skipped > 0;
    const auto fresh = state.control();
    if (const bool isScaled = fresh.lossScale != 1; isScaled != wasScaled) {
      control.lossScale = fresh.lossScale;
      control.goodSteps = control.skipped = 0;
    }
    state.setControl(control);
  } catch (const std::exception& e) {
    throwUnreadable(path, e);
  }
  return p;
}

}  // namespace gps
