// Parameter counts and the canonical order of every known model.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "core/backbones/modelregistry.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/values/error.h"
#include "tests/core/goldenfiles.h"

namespace gps {
namespace {

struct Counts {
  std::int64_t rows = 0, biases = 0, tables = 0, neckBiases = 0;
};

Counts countEncoder(const ParameterMap& map) {
  Counts c;
  for (const auto& e : map.entries()) {
    if (e.part != ModelPart::Encoder) continue;
    if (e.role == ParameterRole::Matrix) c.rows += e.rows;
    if (e.role == ParameterRole::Bias) c.biases += e.count;
    if (e.role == ParameterRole::BiasTable) c.tables += e.count;
    if (e.role == ParameterRole::NeckNormBias) c.neckBiases += e.count;
  }
  return c;
}

struct Built {
  ParameterRegistry registry;
  Networks network;
  std::shared_ptr<const ParameterMap> map;
};

std::unique_ptr<Built> build(const std::string& id) {
  auto b = std::make_unique<Built>();
  const auto& recipe = recipeOf(id);
  b->network = recipe.build(b->registry, {recipe.inputSize, 0});
  b->map = b->registry.makeMap();
  return b;
}

TEST(Registry, LiteMedSamCounts) {
  const auto b = build("lite_medsam");
  EXPECT_EQ(b->map->parameterCount(ModelPart::Encoder), 5726740);
  EXPECT_EQ(b->map->parameterCount(ModelPart::PromptEncoder), 6220);
  EXPECT_EQ(b->map->parameterCount(ModelPart::Decoder), 4058340);
  EXPECT_EQ(b->map->parameterCount(), 9791300);
  const auto c = countEncoder(*b->map);
  EXPECT_EQ(c.rows, 22144);
  EXPECT_EQ(c.biases, 16704);
  EXPECT_EQ(c.tables, 7252);
  EXPECT_EQ(c.neckBiases, 0);
}

TEST(Registry, SamVitBCounts) {
  const auto b = build("sam_vit_b");
  EXPECT_EQ(b->map->parameterCount(ModelPart::Encoder), 89670912);
  EXPECT_EQ(b->map->parameterCount(ModelPart::Decoder), 4058340);
  const auto c = countEncoder(*b->map);
  EXPECT_EQ(c.rows, 84224);
  EXPECT_EQ(c.biases + c.neckBiases, 84224);
  EXPECT_EQ(c.neckBiases, 512);
}

TEST(Registry, LargerSamCounts) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& m : knownModels()) counts[m.id] = m.parameters;
  EXPECT_EQ(counts.size(), modelRecipes().size());
  EXPECT_EQ(counts["sam_vit_b"], 93735472);  // as segment-anything's own models
  EXPECT_EQ(counts["sam_vit_l"], 312342832);
  EXPECT_EQ(counts["sam_vit_h"], 641090608);
}

TEST(Registry, RowsWithoutInfluenceAreMarked) {
  const auto b = build("lite_medsam");
  std::int64_t iou = 0, hypernetworks = 0, other = 0;
  for (const auto& e : b->map->entries()) {
    if (e.affectsOutput) continue;
    if (e.name.find("iou_prediction_head") != std::string::npos)
      iou += e.count;
    else if (e.name.find("output_hypernetworks_mlps.") != std::string::npos)
      hypernetworks += e.count;
    else if (e.name.find("mask_downscaling") == std::string::npos)
      ++other;
  }
  EXPECT_EQ(iou, 132612);
  EXPECT_EQ(hypernetworks, 419424);
  EXPECT_EQ(other, 0);
}

// Names and shapes equal those of the reference implementation's own files.
void expectNames(const std::string& id, const std::string& list) {
  std::map<std::string, std::string> expected;
  std::ifstream in(list);
  for (std::string name, shape; in >> name >> shape;) expected[name] = shape;
  const auto b = build(id);
  std::map<std::string, std::string> actual;
  for (const auto& e : b->map->entries()) actual[e.name] = shapeText(e.shape);
  EXPECT_FALSE(expected.empty()) << list;
  EXPECT_EQ(actual, expected);
}

TEST(Registry, LiteMedSamMatchesItsCheckpoint) {
  const auto list = test::sharedPath("weights/litemedsam.tensors.txt");
  if (list.empty()) GTEST_SKIP() << "needs GPS_TEST_DATA";
  expectNames("lite_medsam", list);
}

TEST(Registry, SamVitBMatchesItsCheckpoint) { expectNames("sam_vit_b", test::committedPath("sam_vit_b.tensors.txt")); }

// Offsets go into files: the order may never change. A digest of (name, region, offset, count) in canonical order.
std::uint64_t orderDigest(const ParameterMap& map) {
  std::uint64_t h = 1469598103934665603ULL;
  for (const auto id : map.canonicalOrder()) {
    const auto& e = map.entry(id);
    std::ostringstream line;
    line << e.name << ' ' << int(e.region) << ' ' << e.offset << ' ' << e.count << '\n';
    for (const char c : line.str()) h = (h ^ std::uint64_t(static_cast<unsigned char>(c))) * 1099511628211ULL;
  }
  return h;
}

TEST(Registry, CanonicalOrderIsFixed) {
  const std::map<std::string, std::uint64_t> expected{{"lite_medsam", 5627897401270410546ULL},
                                                      {"mobile_sam", 14660603360739194650ULL},
                                                      {"sam_vit_b", 3431453839466038592ULL},
                                                      {"sam_vit_l", 11161691084464724318ULL},
                                                      {"sam_vit_h", 6349423327514034309ULL}};
  for (const auto& [id, digest] : expected) EXPECT_EQ(orderDigest(*build(id)->map), digest) << id;
}

TEST(Registry, OrderFollowsTheForward) {
  const auto b = build("lite_medsam");
  const auto before = [&](const std::string& first, const std::string& second) {
    const auto *a = b->map->find(first), *c = b->map->find(second);
    ASSERT_TRUE(a != nullptr && c != nullptr) << first << " " << second;
    EXPECT_LT(a->offset, c->offset) << first << " " << second;
  };
  before("image_encoder.patch_embed.seq.0.c.weight", "image_encoder.patch_embed.seq.2.c.weight");
  before("image_encoder.layers.0.blocks.0.conv1.c.weight", "image_encoder.layers.0.blocks.0.conv2.c.weight");
  before("image_encoder.layers.0.blocks.1.conv3.c.weight", "image_encoder.layers.0.downsample.conv1.c.weight");
  before("image_encoder.layers.1.blocks.0.attn.proj.weight", "image_encoder.layers.1.blocks.0.local_conv.c.weight");
  before("image_encoder.layers.1.blocks.0.local_conv.c.weight", "image_encoder.layers.1.blocks.0.mlp.fc1.weight");
  before("image_encoder.layers.3.blocks.1.mlp.fc2.weight", "image_encoder.neck.0.weight");
  before("image_encoder.neck.2.weight", "mask_decoder.transformer.layers.0.self_attn.q_proj.weight");
  EXPECT_EQ(b->map->matrixIds().front(), std::size_t(b->map->idOf("image_encoder.patch_embed.seq.0.c.weight")));
}

TEST(Registry, BlocksAndKinds) {
  const auto b = build("lite_medsam");
  const auto expect = [&](const std::string& name, const std::string& block, const std::string& kind) {
    const auto* e = b->map->find(name);
    ASSERT_NE(e, nullptr) << name;
    EXPECT_EQ(e->block, block) << name;
    EXPECT_EQ(e->kind, kind) << name;
  };
  expect("image_encoder.patch_embed.seq.2.c.weight", "patch_embed", "patch");
  expect("image_encoder.layers.0.blocks.1.conv1.c.weight", "0.1", "conv");
  expect("image_encoder.layers.0.blocks.1.conv2.c.weight", "0.1", "dwconv");
  expect("image_encoder.layers.0.downsample.conv2.c.weight", "downsample.0", "downsample");
  expect("image_encoder.layers.2.blocks.5.attn.qkv.bias", "2.5", "qkv");
  expect("image_encoder.layers.2.blocks.5.attn.proj.weight", "2.5", "proj");
  expect("image_encoder.layers.2.blocks.5.local_conv.c.weight", "2.5", "dwconv");
  expect("image_encoder.layers.2.blocks.5.mlp.fc2.weight", "2.5", "fc2");
  expect("image_encoder.neck.2.weight", "neck", "neck");
  expect("mask_decoder.transformer.layers.1.mlp.lin1.weight", "decoder", "decoder");
  EXPECT_EQ(b->map->find("prompt_encoder.no_mask_embed.weight")->role, ParameterRole::NoMaskEmbed);
  EXPECT_EQ(b->map->find("image_encoder.neck.1.bias")->role, ParameterRole::NormBias);
}

TEST(Registry, RefusesUnknownModelsAndSizes) {
  try {
    Model::create("lite_medsan");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::NotFound);
    EXPECT_NE(std::string(e.what()).find("lite_medsam, mobile_sam, sam_vit_b"), std::string::npos) << e.what();
  }
  for (const int size : {-16, 8, 100, 129, 4096}) {
    try {
      Model::create("lite_medsam", size);
      FAIL() << size;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::BadArgument);
      EXPECT_NE(std::string(e.what()).find("multiples of 16"), std::string::npos) << e.what();
    }
  }
  EXPECT_THROW(Model::create("sam_vit_b", 512), Error);
}

TEST(Registry, RandomWeightsDependOnTheSeedOnly) {
  const auto a = Model::create("lite_medsam", 128), b = Model::create("lite_medsam", 128);
  a->fillRandom(7);
  b->fillRandom(7);
  EXPECT_TRUE(at::equal(a->parts().arena->matrix(), b->parts().arena->matrix()));
  EXPECT_TRUE(at::equal(a->parts().arena->vector(), b->parts().arena->vector()));
  b->fillRandom(8);
  EXPECT_FALSE(at::equal(a->parts().arena->matrix(), b->parts().arena->matrix()));
  const auto norm = a->parts().arena->view(std::size_t(a->map().idOf("image_encoder.neck.1.weight")));
  EXPECT_TRUE((norm == 1).all().item<bool>());
  EXPECT_LE(a->parts().arena->matrix().abs().max().item<float>(), 0.04F);
}

}  // namespace
}  // namespace gps
