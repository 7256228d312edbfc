// Layer-wise rates of every known model: the depths of timm's groups, counted here by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "core/backbones/modelregistry.h"
#include "core/tuning/layerwiserates.h"
#include "tests/support/expecterror.h"

namespace gps {
namespace {

constexpr double kDecay = 0.75;

std::shared_ptr<const ParameterMap> mapOf(const std::string& id) {
  ParameterRegistry registry;
  const auto& recipe = recipeOf(id);
  const auto networks = recipe.build(registry, {recipe.inputSize, recipe.task == TaskKind::Classification ? 10 : 0});
  return registry.makeMap();
}

// Block -> exponent of the decay; fails where two tensors of a block differ.
std::map<std::string, int> exponents(const std::string& id) {
  const auto map = mapOf(id);
  const auto factors = layerwiseRates(*map, kDecay);
  EXPECT_EQ(factors.size(), map->size());
  std::map<std::string, int> found;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const int exponent = int(std::lround(std::log(double(factors[i])) / std::log(kDecay)));
    EXPECT_FLOAT_EQ(factors[i], float(std::pow(kDecay, exponent)));
    const auto [at, isNew] = found.emplace(map->entry(i).block, exponent);
    EXPECT_EQ(at->second, exponent) << map->entry(i).name;
  }
  return found;
}

using Wanted = std::map<std::string, int>;

void expectExponents(const std::string& id, const Wanted& wanted) {
  const auto found = exponents(id);
  for (const auto& [block, exponent] : wanted) {
    ASSERT_TRUE(found.contains(block)) << id << " " << block;
    EXPECT_EQ(found.at(block), exponent) << id << " " << block;
  }
}

}  // namespace

TEST(LayerwiseRates, FollowTheBlocksOfEachFamily) {
  expectExponents("vit_base_patch16_224",
                  {{"patch_embed", 13}, {"0", 12}, {"1", 11}, {"2", 10}, {"10", 2}, {"11", 1}, {"norm", 0}, {"head", 0}});
  expectExponents("vit_large_patch16_224", {{"patch_embed", 25}, {"0", 24}, {"9", 15}, {"10", 14}, {"23", 1}, {"head", 0}});
  // 2 + 2 + 18 + 2 blocks.
  expectExponents("swin_base_patch4_window7_224", {{"patch_embed", 25},
                                                   {"0.0", 24},
                                                   {"0.1", 23},
                                                   {"downsample.0", 22},
                                                   {"1.0", 22},
                                                   {"1.1", 21},
                                                   {"downsample.1", 20},
                                                   {"2.0", 20},
                                                   {"2.2", 18},
                                                   {"2.10", 10},
                                                   {"2.17", 3},
                                                   {"downsample.2", 2},
                                                   {"3.0", 2},
                                                   {"3.1", 1},
                                                   {"norm", 0},
                                                   {"head", 0}});
  // 3 + 3 + 27 + 3.
  expectExponents("convnext_base", {{"patch_embed", 37},
                                    {"0.0", 36},
                                    {"downsample.0", 33},
                                    {"1.0", 33},
                                    {"downsample.1", 30},
                                    {"2.26", 4},
                                    {"downsample.2", 3},
                                    {"3.2", 1},
                                    {"norm", 0},
                                    {"head", 0}});
  // 2 + 2 + 6 + 2.
  for (const char* id : {"lite_medsam", "mobile_sam"})
    expectExponents(id, {{"patch_embed", 13},
                         {"0.0", 12},
                         {"0.1", 11},
                         {"downsample.0", 10},
                         {"1.0", 10},
                         {"downsample.1", 8},
                         {"2.5", 3},
                         {"downsample.2", 2},
                         {"3.1", 1},
                         {"neck", 0},
                         {"prompt", 0},
                         {"decoder", 0}});
  expectExponents("sam_vit_b", {{"patch_embed", 13}, {"0", 12}, {"11", 1}, {"neck", 0}, {"prompt", 0}, {"decoder", 0}});
}

TEST(LayerwiseRates, AreKnownForEveryModel) {
  for (const auto& recipe : modelRecipes()) {
    SCOPED_TRACE(recipe.id);
    const auto found = exponents(recipe.id);
    int deepest = 0;
    for (const auto& [block, exponent] : found) deepest = std::max(deepest, exponent);
    EXPECT_EQ(found.at("patch_embed"), deepest);
    for (const auto& [block, exponent] : found) {
      if (block != "patch_embed") {
        EXPECT_LT(exponent, deepest) << block;
      }
    }
  }
}

TEST(LayerwiseRates, OfOneAreOne) {
  for (const auto f : layerwiseRates(*mapOf("swin_tiny_patch4_window7_224"), 1)) EXPECT_EQ(f, 1.0f);
}

TEST(LayerwiseRates, RefuseAnotherDecayAndAnUnknownBlock) {
  const auto map = mapOf("vit_tiny_patch16_224");
  for (const double decay : {0.0, -0.5, 1.01, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_NE(test::errorOf(ErrorCode::BadArgument, [&] { layerwiseRates(*map, decay); }).find("at most 1"), std::string::npos);
  for (const char* block : {"tail", "", "1.x", "downsample.7", "-1"}) {
    ParameterEntry entry;
    entry.name = "w";
    entry.shape = {2, 2};
    entry.block = block;
    ParameterEntry first = entry;
    first.name = "first";
    first.block = "0.0";
    const auto text = test::errorOf(ErrorCode::Internal, [&] { layerwiseRates(ParameterMap({first, entry}), 0.5); });
    EXPECT_NE(text.find('"' + std::string(block) + '"'), std::string::npos) << text;
  }
}

}  // namespace gps
