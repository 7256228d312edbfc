#include "core/checkpoints/architecture.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "core/backbones/modelregistry.h"
#include "core/nn/registry.h"
#include "core/values/error.h"

namespace gps {
namespace {

// Names and shapes of an architecture; made once for each size and head.
std::shared_ptr<const ParameterMap> layoutOf(const ModelRecipe& recipe, const BuildSpec& spec) {
  static std::mutex mutex;
  static std::map<std::tuple<std::string, int, int>, std::shared_ptr<const ParameterMap>> known;
  const std::lock_guard lock(mutex);
  auto& map = known[{recipe.id, spec.imageSize, spec.classes}];
  if (!map) {
    ParameterRegistry registry;
    const auto networks = recipe.build(registry, spec);
    map = registry.makeMap();
  }
  return map;
}

// Classes of the head in the file; 0: it has none.
int classesOf(const NamedTensors& tensors, const std::string& headName) {
  if (headName.empty()) return 0;
  const auto weight = tensors.plans.find(headName + "weight");
  return weight != tensors.plans.end() && weight->second.shape.size() == 2 ? int(weight->second.shape[0]) : 0;
}

// Tensors found count first; a smaller model of the same family finds as many in its own file as the larger one, which misses some.
std::tuple<int, int, int> fitOf(const KeyMatch& match) {
  const KeyReport& r = match.report;
  return {r.matched, -int(r.missing.size() + r.shapeMismatch.size()), -int(r.unexpected.size())};
}

KeyMatch matchTensors(std::shared_ptr<const NamedTensors> tensors, const ModelRecipe& recipe, const ModelWish& wish) {
  KeyMatch match;
  match.recipe = &recipe;
  match.tensors = std::move(tensors);
  const int inFile = classesOf(*match.tensors, recipe.headName);
  match.imageSize = wish.imageSize > 0 ? wish.imageSize : recipe.inputSize;
  match.classes = wish.classes > 0 && !recipe.headName.empty() ? wish.classes : inFile;
  match.map = layoutOf(recipe, {match.imageSize, match.classes});
  match.report.layout = match.tensors->layout;
  match.report.ignored = match.tensors->ignored;
  match.plans.assign(match.map->size(), nullptr);
  std::map<std::string, const TensorPlan*> unused;
  for (const auto& [name, plan] : match.tensors->plans) unused[name] = &plan;
  for (const auto id : match.map->canonicalOrder()) {
    const ParameterEntry& entry = match.map->entry(id);
    const auto found = unused.find(entry.name);
    const bool isNewHead = entry.part == ModelPart::Head && match.classes != inFile;
    if (isNewHead) {
      if (found != unused.end()) {
        match.report.ignored.push_back(entry.name);
        unused.erase(found);
      }
      continue;
    }
    if (found == unused.end()) {
      match.report.missing.push_back(entry.name);
      continue;
    }
    const TensorPlan& plan = *found->second;
    unused.erase(found);
    if (!isSameShape(plan.shape, entry.shape) && !isResized(entry, plan)) {
      match.report.shapeMismatch.push_back({entry.name, shapeText(entry.shape), shapeText(plan.shape)});
      continue;
    }
    match.plans[id] = &plan;
    ++match.report.matched;
  }
  for (const auto& [name, plan] : unused) match.report.unexpected.push_back(plan->from.front()->name);
  return match;
}

}  // namespace

bool isResized(const ParameterEntry& entry, const TensorPlan& plan) {
  return entry.role == ParameterRole::Embedding && entry.name == "pos_embed" && plan.shape != entry.shape &&
         canResizePositions(plan.shape, entry.shape);
}

KeyMatch matchKeys(const TensorFile& file, const ModelRecipe& recipe, const ModelWish& wish) {
  return matchTensors(std::make_shared<const NamedTensors>(namedTensors(file)), recipe, wish);
}

KeyMatch recogniseModel(const TensorFile& file, const ModelWish& wish) {
  const auto tensors = std::make_shared<const NamedTensors>(namedTensors(file));
  KeyMatch best;
  const ModelRecipe* equal = nullptr;  // another that fits as well
  for (const ModelRecipe& recipe : modelRecipes()) {
    // At the architecture's own size: whether the wished one is possible is asked when the model is built.
    KeyMatch match = matchTensors(tensors, recipe, {});
    if (best.recipe == nullptr || fitOf(match) > fitOf(best)) {
      best = std::move(match);
      equal = nullptr;
    } else if (fitOf(match) == fitOf(best)) {
      equal = &recipe;
    }
  }
  const auto needed = static_cast<int>(best.map->size());
  if (2 * best.report.matched < needed)
    throw Error(ErrorCode::Mismatch, file.path(),
                "is no model this program knows: the nearest, " + best.recipe->id + ", finds " + std::to_string(best.report.matched) +
                    " of its " + std::to_string(needed) + " tensors among the file's " + std::to_string(file.records().size()),
                "`gps models` lists the known ones and where their weights come from");
  if (equal != nullptr)
    throw Error(ErrorCode::Mismatch, file.path(), "fits " + best.recipe->id + " and " + equal->id + " equally well",
                "Name one with --model");
  return wish.imageSize > 0 || wish.classes > 0 ? matchTensors(tensors, *best.recipe, wish) : best;
}

}  // namespace gps
