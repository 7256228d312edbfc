#pragma once
// The architectures the program knows: how each is built, and at which sizes.
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/samnetwork.h"
#include "core/nn/registry.h"
#include "core/values/modelinfo.h"
#include "core/values/preprocess.h"

namespace gps {

struct ModelRecipe {
  std::string id, title, weightsSource;
  int inputSize = 0;                        // pixels, the default
  int smallest = 0, largest = 0, step = 0;  // sizes it takes: smallest, smallest + step … largest; pixels
  Normalisation normalisation = Normalisation::ImageNet;
  // Registers every tensor; allocates no weights.
  std::unique_ptr<SamNetwork> (*build)(ParameterRegistry& registry, int imageSize) = nullptr;
};

const std::vector<ModelRecipe>& modelRecipes();
// Error(NotFound) naming the known ids.
const ModelRecipe& recipeOf(const std::string& id);

}  // namespace gps
