#include "core/selection/pass/passrecipe.h"

#include "core/backbones/defaultbatch.h"
#include "core/backbones/modelparts.h"

namespace gps {

SelectionSpec recipeOf(const Model& model, const DataSummary& data, const ModelSpec& modelSpec, const SelectionSpec& spec) {
  SelectionSpec recipe = spec;
  if (recipe.batch == 0) recipe.batch = defaultBatch(model.description(), model.imageSize());
  recipe.dataHash = data.dataHash;
  recipe.baseHash = model.baseHash();
  recipe.modelId = model.description().id;
  recipe.imageSize = model.imageSize();
  recipe.precision = model.parts().precision;
  recipe.prompt = modelSpec.prompt;
  recipe.preprocess = model.preprocess(modelSpec.preprocess).kind;
  return recipe;
}

SelectionSpec withOriginOf(SelectionSpec asked, const SelectionSpec& made) {
  asked.dataHash = made.dataHash;
  asked.baseHash = made.baseHash;
  asked.modelId = made.modelId;
  asked.imageSize = made.imageSize;
  asked.precision = made.precision;
  asked.prompt = made.prompt;
  asked.preprocess = made.preprocess;
  return asked;
}

}  // namespace gps
