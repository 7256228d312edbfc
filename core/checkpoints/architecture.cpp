#include "core/checkpoints/architecture.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/backbones/modelregistry.h"
#include "core/nn/registry.h"
#include "core/values/error.h"

namespace gps {
namespace {

// What training scripts put before the names: data parallel wrappers, a surrounding module, torch.compile.
constexpr std::array<std::string_view, 5> kWrappers{"module.", "model.", "sam.", "sam_model.", "_orig_mod."};

}  // namespace

std::string commonPrefix(const TensorFile& file) {
  std::string prefix;
  const auto& records = file.records();
  while (!records.empty()) {
    const std::string_view first = std::string_view(records.front().name).substr(prefix.size());
    const auto wrapper = std::find_if(kWrappers.begin(), kWrappers.end(), [&](auto w) { return first.starts_with(w); });
    if (wrapper == kWrappers.end()) break;
    const std::string longer = prefix + std::string(*wrapper);
    if (!std::all_of(records.begin(), records.end(), [&](const auto& r) { return r.name.starts_with(longer); })) break;
    prefix = longer;
  }
  return prefix;
}

bool isIntegerBuffer(const TensorRecord& record) { return !isFloating(record.dtype); }

KeyMatch matchKeys(const TensorFile& file, const ModelRecipe& recipe, int imageSize) {
  KeyMatch match;
  match.recipe = &recipe;
  {
    ParameterRegistry registry;
    const auto network = recipe.build(registry, imageSize > 0 ? imageSize : recipe.inputSize);  // names and shapes only
    match.map = registry.makeMap();
  }
  match.records.assign(match.map->size(), nullptr);
  const std::string prefix = commonPrefix(file);
  std::vector<bool> used(file.records().size(), false);
  for (const auto id : match.map->canonicalOrder()) {
    const ParameterEntry& entry = match.map->entry(id);
    const TensorRecord* record = file.find(prefix + entry.name);
    if (record == nullptr || !isFloating(record->dtype)) {
      match.report.missing.push_back(entry.name);
      continue;
    }
    used[static_cast<std::size_t>(record - file.records().data())] = true;
    if (record->shape != entry.shape) {
      match.report.shapeMismatch.push_back({entry.name, shapeText(entry.shape), shapeText(record->shape)});
      continue;
    }
    match.records[id] = record;
    ++match.report.matched;
  }
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i] && !isIntegerBuffer(file.records()[i])) match.report.unexpected.push_back(file.records()[i].name);
  return match;
}

KeyMatch recogniseModel(const TensorFile& file, int imageSize) {
  KeyMatch best;
  const ModelRecipe* equal = nullptr;  // another that fits as well
  for (const ModelRecipe& recipe : modelRecipes()) {
    KeyMatch match = matchKeys(file, recipe, imageSize);
    if (best.recipe == nullptr || match.report.matched > best.report.matched) {
      best = std::move(match);
      equal = nullptr;
    } else if (match.report.matched == best.report.matched) {
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
  return best;
}

}  // namespace gps
