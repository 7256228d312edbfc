#include "core/backbones/model.h"

#include <ATen/ATen.h>

#include "core/backbones/defaultpreprocess.h"
#include "core/backbones/modelparts.h"
#include "core/backbones/modelregistry.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {

namespace {

ModelDescription describe(const ModelRecipe& recipe, std::int64_t parameters) {
  return {recipe.id, recipe.title, parameters, recipe.inputSize, recipe.weightsSource, recipe.task, recipe.takesPoints};
}

// Within two deviations.
float truncatedNormal(CounterRandom& random, double deviation) {
  double x = random.normal();
  while (std::abs(x) > 2) x = random.normal();
  return float(x * deviation);
}

at::Tensor randomValues(const ParameterEntry& e, std::uint64_t seed, std::uint64_t index) {
  switch (e.role) {
    case ParameterRole::NormWeight:
      return at::ones(e.shape);
    case ParameterRole::NormBias:
    case ParameterRole::NeckNormBias:
      return at::zeros(e.shape);
    case ParameterRole::NormStatistic:
      return e.name.ends_with("running_var") ? at::ones(e.shape) : at::zeros(e.shape);
    case ParameterRole::LayerScale:
      return at::ones(e.shape);
    case ParameterRole::Head:
      if (e.name.ends_with("bias")) return at::zeros(e.shape);
      break;
    default:
      break;
  }
  // The Fourier matrix has frequencies of order one in SAM.
  const double deviation = e.name.ends_with("positional_encoding_gaussian_matrix") ? 1.0 : 0.02;
  CounterRandom random(seed, 0, index, RandomPurpose::Initialise);
  auto t = at::empty({e.count}, at::kFloat);
  auto* out = t.data_ptr<float>();
  for (std::int64_t i = 0; i < e.count; ++i) out[i] = truncatedNormal(random, deviation);
  return t.view(e.shape);
}

}  // namespace

SamNetwork& ModelParts::samNetwork() const {
  if (!sam)
    throw Error(ErrorCode::BadArgument, description.id, "classifies pictures; it draws no masks",
                "Choose a SAM-family model for segmentation");
  return *sam;
}

Classifier& ModelParts::classifierNetwork() const {
  if (!classifier)
    throw Error(ErrorCode::BadArgument, description.id, "draws masks; it does not classify",
                "Choose a ViT, Swin or ConvNeXt for classification");
  return *classifier;
}

void ModelParts::finish(at::ScalarType type) {
  map = registry.makeMap();
  description.parameters = map->parameterCount();
  arena = std::make_unique<WeightArena>(map, type);
  registry.bind(*arena);
}

void ModelParts::moveTo(at::Device device) {
  arena->moveTo(device);
  registry.bind(*arena);
}

void ModelParts::narrow(at::ScalarType type) {
  arena->narrowMatrix(type);
  registry.bind(*arena);
}

void ModelParts::widen() {
  if (!arena->isNarrow()) return;
  arena->widenMatrix();
  registry.bind(*arena);
}

std::unique_ptr<Model> Model::create(const std::string& id, int imageSize, int classes) {
  const auto& recipe = recipeOf(id);
  const int size = imageSize == 0 ? recipe.inputSize : imageSize;
  requireSize(recipe, size);
  auto parts = std::make_unique<ModelParts>();
  parts->description = describe(recipe, 0);
  parts->imageSize = size;
  parts->normalisation = recipe.normalisation;
  parts->crop = recipe.crop;
  auto networks = recipe.build(parts->registry, {size, classes});
  parts->sam = std::move(networks.sam);
  parts->classifier = std::move(networks.classifier);
  parts->finish();
  return std::make_unique<Model>(std::move(parts));
}

Model::Model(std::unique_ptr<ModelParts> parts) : m_parts(std::move(parts)) {}
Model::~Model() = default;

const ModelDescription& Model::description() const { return m_parts->description; }
const ParameterMap& Model::map() const { return *m_parts->map; }
int Model::imageSize() const { return m_parts->imageSize; }
Normalisation Model::normalisation() const { return m_parts->normalisation; }

PreprocessSpec Model::preprocess(PreprocessKind wish) const {
  const bool classifies = m_parts->description.task == TaskKind::Classification;
  PreprocessSpec spec;
  spec.size = m_parts->imageSize;
  spec.kind = preprocessFor(m_parts->description.task, wish);
  spec.normalisation = m_parts->normalisation;
  spec.interpolation = classifies ? Interpolation::Bicubic : Interpolation::Bilinear;
  spec.crop = spec.kind == PreprocessKind::Crop ? m_parts->crop : 1;
  return spec;
}

void Model::fillRandom(std::uint64_t seed) {
  for (std::size_t id = 0; id < map().size(); ++id) m_parts->arena->view(id).copy_(randomValues(map().entry(id), seed, id));
  m_parts->arena->noteWrite();
}

void Model::initialiseHead(std::uint64_t seed) {
  for (std::size_t id = 0; id < map().size(); ++id)
    if (map().entry(id).part == ModelPart::Head) m_parts->arena->view(id).copy_(randomValues(map().entry(id), seed, id));
  m_isHeadNew = true;
  m_parts->arena->noteWrite();
}

std::vector<ModelDescription> knownModels() {
  std::vector<ModelDescription> all;
  for (const auto& recipe : modelRecipes()) {
    ParameterRegistry registry;
    const auto network = recipe.build(registry, {recipe.inputSize, 0});  // names and shapes only
    all.push_back(describe(recipe, registry.makeMap()->parameterCount()));
  }
  return all;
}

}  // namespace gps
