#include "core/checkpoints/loading.h"

#include <algorithm>
#include <cmath>

#include "core/backbones/modelparts.h"
#include "core/backbones/modelregistry.h"
#include "core/checkpoints/architecture.h"
#include "core/checkpoints/basehash.h"
#include "core/nn/errortranslation.h"
#include "core/selection/trainedvectors.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::size_t kNamesShown = 3;
constexpr std::uint64_t kHeadSeed = 42;  // of a head that the file does not have; training makes its own from the run's seed

KeyMatch matchOf(const TensorFile& file, const std::string& modelId, const ModelWish& wish) {
  return modelId.empty() ? recogniseModel(file, wish) : matchKeys(file, recipeOf(modelId), wish);
}

void countBlock(std::vector<BlockRow>& blocks, const ParameterEntry& entry) {
  auto row = std::find_if(blocks.begin(), blocks.end(), [&](const BlockRow& b) { return b.block == entry.block && b.kind == entry.kind; });
  if (row == blocks.end()) row = blocks.insert(row, BlockRow{entry.block, entry.kind, 0, 0});
  row->rows += entry.rows;
  row->available += entry.count;
}

ModelInfo infoOf(const TensorFile& file, const KeyMatch& match) {
  const ParameterMap& map = *match.map;
  ModelInfo info;
  info.parameters = map.parameterCount();
  const ModelRecipe& recipe = *match.recipe;
  info.description = {recipe.id, recipe.title, info.parameters, recipe.inputSize, recipe.weightsSource, recipe.task, recipe.takesPoints};
  info.imageSize = match.imageSize;
  info.classes = match.classes;
  info.weightsPath = file.path();
  info.keys = match.report;
  info.encoderParameters = map.parameterCount(ModelPart::Encoder);
  for (const auto id : map.matrixIds()) {
    const ParameterEntry& entry = map.entry(id);
    if (entry.part != ModelPart::Encoder) continue;
    info.selectableRows += entry.rows;
    info.selectableWeights += entry.count;
    countBlock(info.blocks, entry);
  }
  for (const auto id : map.matrixIds())
    if (map.entry(id).part == ModelPart::Decoder && map.entry(id).affectsOutput) countBlock(info.blocks, map.entry(id));
  info.trainedVectors = countOf(map, trainedEncoderVectors(map, {}));
  info.decoderParameters = countOf(map, trainedOutputTensors(map, DecoderMode::Train));
  return info;
}

// "a, b, c and 12 more"
template <typename List, typename Text>
std::string firstOf(const List& list, Text text) {
  std::string out;
  for (std::size_t i = 0; i < list.size() && i < kNamesShown; ++i) out += (i ? ", " : "") + text(list[i]);
  if (list.size() > kNamesShown) out += " and " + std::to_string(list.size() - kNamesShown) + " more";
  return out;
}

void requireUsable(const TensorFile& file, const KeyMatch& match) {
  const KeyReport& keys = match.report;
  if (keys.usable()) return;
  std::string cause = "does not fit " + match.recipe->id + ":";
  if (!keys.missing.empty()) cause += " missing " + firstOf(keys.missing, [](const std::string& name) { return name; });
  if (!keys.shapeMismatch.empty())
    cause += std::string(keys.missing.empty() ? "" : ";") + " wrong shape of " +
             firstOf(keys.shapeMismatch, [](const KeyMismatch& m) { return m.name + " (" + m.found + " instead of " + m.expected + ")"; });
  throw Error(ErrorCode::Mismatch, file.path(), cause,
              "Give a complete checkpoint of " + match.recipe->id + ", or name its model with --model");
}

// Returns what the arena holds in another form than the file.
std::map<std::size_t, OriginalTensor> copyIntoArena(const TensorFile& file, const KeyMatch& match, WeightArena& arena) {
  std::map<std::size_t, OriginalTensor> original;
  for (const auto id : arena.map().canonicalOrder()) {
    const ParameterEntry& entry = arena.map().entry(id);
    const TensorPlan* plan = match.plans[id];
    if (plan == nullptr) continue;  // a new head
    float* values = arena.data(id);
    if (isResized(entry, *plan)) {
      auto& kept = original[id];
      kept.shape = plan->shape;
      kept.values.resize(std::size_t(checkedElements(plan->shape)));
      assemble(file, *plan, kept.values.data());
      const auto resized = resizePositions(kept.values, plan->shape, entry.shape, match.tensors->positions);
      std::copy(resized.begin(), resized.end(), values);
    } else {
      assemble(file, *plan, values);
    }
    if (!std::all_of(values, values + entry.count, [](float v) { return std::isfinite(v); }))
      throw Error(ErrorCode::BadFile, file.path(), "tensor \"" + entry.name + "\" holds values that are not finite numbers",
                  "Copy or download the file again; a run that diverged cannot be a base");
  }
  arena.noteWrite();
  return original;
}

}  // namespace

LoadedModel loadModel(const ModelSpec& spec) {
  return withTorchErrors("loading " + spec.weightsPath, [&] {
    const TensorFile file = openTensorFile(spec.weightsPath);
    const KeyMatch match = matchOf(file, spec.id, {spec.imageSize, spec.classes});
    requireUsable(file, match);
    LoadedModel loaded;
    loaded.model = Model::create(match.recipe->id, spec.imageSize, match.classes);
    // In a file that can be used only a head may lack its plan.
    const bool isNewHead = std::find(match.plans.begin(), match.plans.end(), nullptr) != match.plans.end();
    if (isNewHead) loaded.model->initialiseHead(kHeadSeed);
    WeightArena& arena = *loaded.model->parts().arena;
    const auto original = copyIntoArena(file, match, arena);
    loaded.model->setWeightsPath(spec.weightsPath);
    loaded.model->setBaseHash(baseHash(arena, original));
    loaded.info = infoOf(file, match);
    loaded.info.baseHash = loaded.model->baseHash();
    return loaded;
  });
}

InspectedCheckpoint inspectCheckpoint(const std::string& path, const std::string& modelId, int imageSize) {
  return withTorchErrors("inspecting " + path, [&] {
    const TensorFile file = openTensorFile(path);
    const KeyMatch match = matchOf(file, modelId, {imageSize, 0});
    requireSize(*match.recipe, match.imageSize);
    return InspectedCheckpoint{infoOf(file, match), match.map};
  });
}

}  // namespace gps
