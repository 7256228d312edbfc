#include "core/selection/pass/passstate.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/checkpoints/filelayout.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/checkpoints/specjson.h"
#include "core/values/error.h"

namespace gps {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "gps-pass/1";

DType typeOf(const at::Tensor& t) { return t.scalar_type() == at::kDouble ? DType::F64 : DType::F32; }
std::string nameOf(std::size_t snapshot) { return "offsets." + std::to_string(snapshot); }

json recipeJson(const SelectionSpec& spec) {
  auto recipe = json::parse(selectionSpecToJson(spec));
  recipe["trace"] = spec.trace;  // decides which snapshots there are
  return recipe;
}

std::string differences(const json& ofFile, const json& here) {
  std::string text;
  for (const auto& [key, value] : here.items()) {
    const auto theirs = ofFile.contains(key) ? ofFile.at(key) : json();
    if (theirs != value) text += (text.empty() ? "" : ", ") + key + " " + theirs.dump() + " instead of " + value.dump();
  }
  return text;
}

PassState stateOf(const TensorFile& file, const SelectionSpec& recipe, const at::Tensor& like) {
  if (requiredMetadata(file, "format", "unfinished gradient pass") != kFormat)
    throw Error(ErrorCode::BadFile, file.path(), "is no unfinished gradient pass");
  const auto other = differences(json::parse(requiredMetadata(file, "recipe", "unfinished gradient pass")), recipeJson(recipe));
  if (!other.empty())
    throw Error(ErrorCode::Mismatch, file.path(), "was begun with other settings: " + other,
                "Go on with the settings it was begun with, or delete the file and start the pass again");
  const auto position = json::parse(requiredMetadata(file, "position", "unfinished gradient pass"));
  PassState state;
  state.batches = position.at("batches");
  state.images = position.at("images");
  state.lossSum = position.at("loss_sum");
  state.seconds = position.at("seconds");
  const auto& record = file.at("sum");
  if (record.dtype != typeOf(like) || record.shape != like.sizes().vec())
    throw Error(ErrorCode::Mismatch, file.path(), "belongs to a model of another size");
  state.sum = at::empty(like.sizes(), like.options().device(at::kCPU));
  copyRaw(file, record, state.sum.data_ptr());
  state.pictures.resize(std::size_t(file.at(kPictures).elements()));
  copyRaw(file, file.at(kPictures), state.pictures.data());
  for (const auto& s : position.at("snapshots")) {
    PassSnapshot snapshot;
    snapshot.agreement.batches = s.at("batches");
    snapshot.agreement.images = s.at("images");
    snapshot.agreement.withHalf = s.at("with_half");
    snapshot.offsets = readOffsets(file, nameOf(state.snapshots.size()));
    state.snapshots.push_back(std::move(snapshot));
  }
  return state;
}

}  // namespace

void savePassState(const std::string& path, const SelectionSpec& recipe, const PassState& state) {
  json position{{"batches", state.batches},
                {"images", state.images},
                {"loss_sum", state.lossSum},
                {"seconds", state.seconds},
                {"snapshots", json::array()}};
  std::vector<TensorSpec> tensors{{"sum", typeOf(state.sum), state.sum.sizes().vec()},
                                  {kPictures, DType::U64, {std::int64_t(state.pictures.size())}}};
  for (std::size_t i = 0; i < state.snapshots.size(); ++i) {
    const auto& s = state.snapshots[i];
    position["snapshots"].push_back(
        {{"batches", s.agreement.batches}, {"images", s.agreement.images}, {"with_half", s.agreement.withHalf}});
    tensors.push_back({nameOf(i), DType::U32, {std::int64_t(s.offsets.size())}});
  }
  SafetensorsWriter writer(path, tensors, {{"format", kFormat}, {"recipe", recipeJson(recipe).dump()}, {"position", position.dump()}});
  const auto host = state.sum.to(at::kCPU).contiguous();
  writer.write("sum", host.const_data_ptr(), host.nbytes());
  writer.write(kPictures, state.pictures.data(), state.pictures.size() * sizeof(std::uint64_t));
  for (std::size_t i = 0; i < state.snapshots.size(); ++i)
    writer.write(nameOf(i), state.snapshots[i].offsets.data(), state.snapshots[i].offsets.size() * sizeof(std::uint32_t));
  writer.finish();
}

PassState loadPassState(const std::string& path, const SelectionSpec& recipe, const at::Tensor& like) {
  if (!std::filesystem::exists(path))
    throw Error(ErrorCode::NotFound, path, "there is no unfinished gradient pass to go on with", "Leave out --resume");
  const std::string remedy = "Delete the file and start the pass again";
  try {
    return stateOf(openTensorFile(path), recipe, like);
  } catch (const Error& e) {
    if (e.code() == ErrorCode::Mismatch && !e.remedy().empty()) throw;
    throw Error(e.code() == ErrorCode::Mismatch ? e.code() : ErrorCode::BadFile, path, e.cause(), remedy);
  } catch (const json::exception& e) {
    throw Error(ErrorCode::BadFile, path, std::string("cannot be read: ") + e.what(), remedy);
  }
}

}  // namespace gps
