// Putting the values of a delta into an arena and taking them out again. Everything is checked before the first write.
#include <ATen/ATen.h>

#include <cstring>

#include "core/backbones/modelparts.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/filelayout.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/nn/errortranslation.h"
#include "core/values/error.h"

namespace gps {
namespace {

const std::string kDelta = "delta";

void requireFits(const Delta& delta, const Model& model) {
  const std::string& id = model.description().id;
  if (delta.info.modelId != id)
    throw Error(ErrorCode::Mismatch, kDelta, "was trained on " + delta.info.modelId + ", the loaded model is " + id,
                "Load " + delta.info.modelId + " with the weights it was trained from");
  requireSameBase(delta.info.baseHash, model.baseHash(), kDelta, model.weightsPath());
  if (!delta.map) throw Error(ErrorCode::Internal, kDelta, "has no parameter map");
  requireSameLayout(*delta.map, model.map(), kDelta);
  requireInsideMap(delta.offsets, model.map(), kDelta);
  for (const WholeTensor& w : delta.whole) {
    const ParameterEntry* entry = model.map().find(w.name);
    if (entry == nullptr || entry->shape != w.shape)
      throw Error(ErrorCode::Mismatch, kDelta,
                  "trains the tensor \"" + w.name + "\" " + shapeText(w.shape) + ", which the model does not have",
                  "Load the model it was trained on");
  }
}

void writeSelected(WeightArena& arena, const std::vector<std::uint32_t>& offsets, const std::vector<float>& values) {
  if (offsets.empty()) return;
  const at::Tensor& matrix = arena.matrix();
  if (matrix.is_cpu() && matrix.scalar_type() == at::kFloat) {
    float* to = arena.regionData(Region::Matrix);
    for (std::size_t i = 0; i < offsets.size(); ++i) to[offsets[i]] = values[i];
    return;
  }
  const auto count = static_cast<std::int64_t>(offsets.size());
  auto index = at::empty({count}, at::kLong);
  std::copy(offsets.begin(), offsets.end(), index.data_ptr<std::int64_t>());
  const auto from = at::from_blob(const_cast<float*>(values.data()), {count}, at::kFloat);
  at::Tensor(matrix).index_copy_(0, index.to(matrix.device()), from.to(matrix.options()));
}

void writeWhole(WeightArena& arena, const WholeTensor& tensor, const std::vector<float>& values) {
  const auto id = static_cast<std::size_t>(arena.map().idOf(tensor.name));
  if (arena.matrix().is_cpu() && arena.matrixType() == at::kFloat) {
    std::memcpy(arena.data(id), values.data(), values.size() * sizeof(float));
    return;
  }
  arena.view(id).copy_(at::from_blob(const_cast<float*>(values.data()), tensor.shape, at::kFloat));
}

void write(Model& model, const Delta& delta, const std::vector<float>& selected, std::vector<float> WholeTensor::*whole) {
  withTorchErrors("writing a delta into the model", [&] {
    const at::NoGradGuard noGrad;
    WeightArena& arena = *model.parts().arena;
    writeSelected(arena, delta.offsets, selected);
    for (const WholeTensor& w : delta.whole) writeWhole(arena, w, w.*whole);
    arena.noteWrite();
  });
}

// Deltas of one run replace the same values, so the later one stands alone; those of two runs would mix.
std::uint64_t placesOf(const Delta& delta) {
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a over words
  const auto add = [&hash](std::uint64_t word) { hash = (hash ^ word) * 1099511628211u; };
  for (const auto offset : delta.offsets) add(offset);
  for (const auto& w : delta.whole)
    for (const char c : w.name) add(static_cast<unsigned char>(c));
  return hash | 1;
}

bool has(const Delta& delta, const std::vector<float>& selected, std::vector<float> WholeTensor::*whole) {
  if (selected.size() != delta.offsets.size()) return false;
  for (const WholeTensor& w : delta.whole)
    if (static_cast<std::int64_t>((w.*whole).size()) != checkedElements(w.shape)) return false;
  return true;
}

}  // namespace

void applyDelta(const Delta& delta, Model& model) {
  requireFits(delta, model);
  if (!has(delta, delta.values, &WholeTensor::values))
    throw Error(ErrorCode::Unavailable, kDelta, "carries no trained values: it is the base of a run",
                "Name one of the run's epochs, as RUN@7");
  auto& applied = model.parts().appliedDelta;
  const auto places = placesOf(delta);
  if (applied != 0 && applied != places)
    throw Error(ErrorCode::BadArgument, kDelta, "would mix with the delta of another run, which is applied already",
                "Take that one out first");
  applied = places;
  write(model, delta, delta.values, &WholeTensor::values);
}

void removeDelta(const Delta& delta, Model& model) {
  requireFits(delta, model);
  if (!has(delta, delta.base, &WholeTensor::base))
    throw Error(ErrorCode::Unavailable, kDelta, "carries no base values, so it cannot be taken out", "Load the weights again");
  write(model, delta, delta.base, &WholeTensor::base);
  model.parts().appliedDelta = 0;
}

}  // namespace gps
