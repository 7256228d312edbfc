#include "core/backbones/modelregistry.h"

#include "core/values/error.h"

namespace gps {

const std::vector<ModelRecipe>& modelRecipes() {
  static const std::vector<ModelRecipe> kRecipes = [] {
    std::vector<ModelRecipe> all;
    for (const auto& family : {vitRecipes(), swinRecipes(), convNextRecipes(), samRecipes()})
      all.insert(all.end(), family.begin(), family.end());
    return all;
  }();
  return kRecipes;
}

const ModelRecipe& recipeOf(const std::string& id) {
  std::string known;
  for (const auto& r : modelRecipes()) {
    if (r.id == id) return r;
    known += (known.empty() ? "" : ", ") + r.id;
  }
  throw Error(ErrorCode::NotFound, "model \"" + id + "\"", "is not a model this program knows", "Choose one of " + known);
}

void requireSize(const ModelRecipe& recipe, int size) {
  if (size >= recipe.smallest && size <= recipe.largest && (size - recipe.smallest) % recipe.step == 0) return;
  const auto takes = recipe.smallest == recipe.largest
                         ? std::to_string(recipe.smallest) + " pixels only"
                         : "multiples of " + std::to_string(recipe.step) + " from " + std::to_string(recipe.smallest) + " to " +
                               std::to_string(recipe.largest) + " pixels";
  throw Error(ErrorCode::BadArgument, "image size " + std::to_string(size), recipe.id + " takes " + takes,
              "Leave it out for " + std::to_string(recipe.inputSize));
}

}  // namespace gps
