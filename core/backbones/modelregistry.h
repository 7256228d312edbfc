#pragma once
// The architectures the program knows: how each is built, and at which sizes.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/classifier.h"
#include "core/backbones/samnetwork.h"
#include "core/nn/registry.h"
#include "core/values/modelinfo.h"
#include "core/values/preprocess.h"

namespace gps {

struct BuildSpec {
  int imageSize = 0;  // pixels
  int classes = 0;    // of the head; 0: none
};

// One of the two, by the model's task.
struct Networks {
  std::unique_ptr<SamNetwork> sam;
  std::unique_ptr<Classifier> classifier;
};

struct ModelRecipe {
  std::string id, title, weightsSource;
  TaskKind task = TaskKind::Segmentation;
  bool takesPoints = false;                 // as in ModelDescription
  int inputSize = 0;                        // pixels, the default
  int smallest = 0, largest = 0, step = 0;  // sizes it takes: smallest, smallest + step … largest; pixels
  Normalisation normalisation = Normalisation::ImageNet;
  double crop = 1;       // classification: share of the resized shorter side that the model sees
  std::string headName;  // classification: "head.", "head.fc."
  // Registers every tensor; allocates no weights.
  std::function<Networks(ParameterRegistry& registry, const BuildSpec& spec)> build;
};

const std::vector<ModelRecipe>& modelRecipes();
// Error(NotFound) naming the known ids.
const ModelRecipe& recipeOf(const std::string& id);

// Error(BadArgument) for a size the architecture cannot take, naming the ones it can.
void requireSize(const ModelRecipe& recipe, int size);

// By family, in the order in which they are shown.
std::vector<ModelRecipe> samRecipes();
std::vector<ModelRecipe> vitRecipes();
std::vector<ModelRecipe> swinRecipes();
std::vector<ModelRecipe> convNextRecipes();

}  // namespace gps
