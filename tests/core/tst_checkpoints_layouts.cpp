// The same weights in the files of other projects, and position embeddings on other grids.
#include <gtest/gtest.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <functional>

#include "core/checkpoints/loading.h"
#include "core/checkpoints/tensorplan.h"
#include "tests/core/arenabytes.h"
#include "tests/core/checkpointfiles.h"
#include "tests/core/goldenfiles.h"

namespace gps::test {
namespace {

using NamedTensorList = std::vector<std::pair<std::string, at::Tensor>>;

void write(const std::string& path, const NamedTensorList& tensors, const std::map<std::string, std::string>& metadata = {}) {
  std::vector<TensorSpec> specs;
  for (const auto& [name, t] : tensors) specs.push_back({name, DType::F32, t.sizes().vec()});
  SafetensorsWriter writer(path, specs, metadata);
  for (const auto& [name, t] : tensors) {
    const auto values = t.contiguous();
    writer.write(name, values.const_data_ptr(), static_cast<std::size_t>(values.numel()) * sizeof(float));
  }
  writer.finish();
}

// A model with random weights, and its tensors by name.
struct Original {
  std::unique_ptr<Model> model;
  explicit Original(const std::string& id, int imageSize = 0, int classes = 3) : model(Model::create(id, imageSize, classes)) {
    model->fillRandom(5);
  }
  NamedTensorList tensors(const std::function<std::string(std::string)>& rename = {}) const {
    NamedTensorList list;
    for (std::size_t id = 0; id < model->map().size(); ++id) {
      const auto& name = model->map().entry(id).name;
      list.emplace_back(rename ? rename(name) : name, model->parts().arena->view(id));
    }
    return list;
  }
  at::Tensor operator[](const std::string& name) const { return model->parts().arena->view(std::size_t(model->map().idOf(name))); }
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
  return text;
}

// timm's name -> Meta's
std::string inMetaNames(std::string name) {
  if (name.starts_with("stem.")) return "downsample_layers.0." + name.substr(5);
  if (name.starts_with("head.norm.")) return name.substr(5);
  if (name.starts_with("head.fc.")) return "head." + name.substr(8);
  if (name.find(".downsample.") != std::string::npos) return "downsample_layers." + name.substr(7, 1) + name.substr(7 + 1 + 11);
  name = replaced(name, ".blocks.", ".");
  name = replaced(name, ".conv_dw.", ".dwconv.");
  name = replaced(name, ".mlp.fc1.", ".pwconv1.");
  return replaced(name, ".mlp.fc2.", ".pwconv2.");
}

// timm's name -> that of timm before 0.9 and of Microsoft
std::string inMicrosoftNames(std::string name) {
  if (name.starts_with("head.fc.")) return "head." + name.substr(8);
  if (const auto at = name.find(".downsample."); at != std::string::npos) name[at - 1] = char(name[at - 1] - 1);
  return name;
}

void expectSameModel(const std::string& path, const Original& original, const std::string& layout) {
  const TemporaryFolder folder;
  write(folder / "own.safetensors", original.tensors());
  const auto own = loadModel({"", folder / "own.safetensors"}), other = loadModel({"", path});
  EXPECT_EQ(other.info.description.id, original.model->description().id);
  EXPECT_EQ(other.info.keys.layout, layout);
  EXPECT_TRUE(other.info.keys.unexpected.empty()) << other.info.keys.unexpected.front();
  EXPECT_EQ(other.info.classes, 3);
  EXPECT_EQ(arenaBytes(*other.model), arenaBytes(*original.model));
  EXPECT_EQ(other.model->baseHash(), own.model->baseHash());
}

TEST(Layouts, MetaConvNext) {
  const TemporaryFolder folder;
  const Original original("convnext_tiny");
  write(folder / "meta", original.tensors([](std::string n) { return "model." + inMetaNames(std::move(n)); }));
  expectSameModel(folder / "meta", original, "Meta ConvNeXt");
}

TEST(Layouts, MicrosoftSwinWithItsBuffers) {
  const TemporaryFolder folder;
  const Original original("swin_tiny_patch4_window7_224");
  auto tensors = original.tensors(inMicrosoftNames);
  tensors.emplace_back("layers.0.blocks.1.attn_mask", at::zeros({64, 49, 49}));
  tensors.emplace_back("layers.0.blocks.0.attn.relative_position_index", at::zeros({49, 49}));
  for (auto& [name, t] : tensors) name = "model." + name;
  tensors.emplace_back("optimizer.step", at::zeros({1}));
  write(folder / "ms", tensors);
  expectSameModel(folder / "ms", original, "Microsoft Swin, timm before 0.9");
}

TEST(Layouts, AugRegNpzNames) {
  const TemporaryFolder folder;
  const Original o("vit_tiny_patch16_224");
  NamedTensorList list;
  const auto put = [&](const std::string& name, const at::Tensor& t) { list.emplace_back("opt/target/" + name, t); };
  put("cls", o["cls_token"]);
  put("Transformer/posembed_input/pos_embedding", o["pos_embed"]);
  put("embedding/kernel", o["patch_embed.proj.weight"].permute({2, 3, 1, 0}));
  put("embedding/bias", o["patch_embed.proj.bias"]);
  const auto norm = [&](const std::string& to, const std::string& from) {
    put(to + "/scale", o[from + "weight"]);
    put(to + "/bias", o[from + "bias"]);
  };
  const auto dense = [&](const std::string& to, const std::string& from) {
    put(to + "/kernel", o[from + "weight"].t());
    put(to + "/bias", o[from + "bias"]);
  };
  for (int i = 0; i < 12; ++i) {
    const std::string to = "Transformer/encoderblock_" + std::to_string(i), from = "blocks." + std::to_string(i) + ".";
    norm(to + "/LayerNorm_0", from + "norm1.");
    norm(to + "/LayerNorm_2", from + "norm2.");
    const auto weight = o[from + "attn.qkv.weight"].chunk(3), bias = o[from + "attn.qkv.bias"].chunk(3);
    const char* parts[] = {"query", "key", "value"};
    for (std::size_t p = 0; p < 3; ++p) {
      const std::string name = to + "/MultiHeadDotProductAttention_1/" + parts[p];
      put(name + "/kernel", weight[p].t().reshape({192, 3, 64}));
      put(name + "/bias", bias[p].reshape({3, 64}));
    }
    put(to + "/MultiHeadDotProductAttention_1/out/kernel", o[from + "attn.proj.weight"].t().reshape({3, 64, 192}));
    put(to + "/MultiHeadDotProductAttention_1/out/bias", o[from + "attn.proj.bias"]);
    dense(to + "/MlpBlock_3/Dense_0", from + "mlp.fc1.");
    dense(to + "/MlpBlock_3/Dense_1", from + "mlp.fc2.");
  }
  norm("Transformer/encoder_norm", "norm.");
  dense("head", "head.");
  put("pre_logits/kernel", at::zeros({192, 192}));
  write(folder / "flax", list);
  expectSameModel(folder / "flax", o, "AugReg .npz (JAX)");
}

TEST(Layouts, PositionsAreResizedAsTheReferencesDo) {
  const auto file = openTensorFile(committedPath("positions.safetensors"));
  const auto table = readTensor(file, "table");
  const std::vector<float> values(table.data_ptr<float>(), table.data_ptr<float>() + table.numel());
  for (const std::int64_t side : {3, 8})
    for (const auto& [name, how] : std::map<std::string, PositionResize>{{"antialiased", PositionResize::AntialiasedBicubic},
                                                                         {"bicubic", PositionResize::Bicubic},
                                                                         {"bilinear", PositionResize::Bilinear}}) {
      const std::vector<std::int64_t> to{1, 1 + side * side, 6};
      ASSERT_TRUE(canResizePositions(table.sizes().vec(), to));
      const auto resized = resizePositions(values, table.sizes().vec(), to, how);
      const auto expected = readTensor(file, name + "." + std::to_string(side));
      EXPECT_LE(maxDifference(at::tensor(resized).view(to), expected), 1e-6) << name << side;
    }
  EXPECT_FALSE(canResizePositions({1, 26, 6}, {1, 10, 7}));
  EXPECT_FALSE(canResizePositions({1, 25, 6}, {1, 10, 6}));
}

TEST(Layouts, AnotherSizeKeepsTheBaseHashAndTheFilesPositions) {
  const TemporaryFolder folder;
  const Original original("vit_tiny_patch16_224");
  write(folder / "w", original.tensors());
  const auto own = loadModel({"", folder / "w"}), small = loadModel({"", folder / "w", 96});
  EXPECT_EQ(small.model->map().find("pos_embed")->shape, (std::vector<std::int64_t>{1, 37, 192}));
  EXPECT_EQ(small.model->baseHash(), own.model->baseHash());
  exportWeights(*small.model, folder / "out");
  const auto out = openTensorFile(folder / "out");
  EXPECT_EQ(out.at("pos_embed").shape, (std::vector<std::int64_t>{1, 197, 192}));
  EXPECT_EQ(maxDifference(readTensor(out, "pos_embed"), original["pos_embed"]), 0);
}

TEST(Layouts, AHeadOfAnotherClassCountIsMadeNew) {
  const TemporaryFolder folder;
  const Original original("convnext_tiny");
  write(folder / "w", original.tensors());
  ModelSpec spec{"", folder / "w"};
  spec.classes = 7;
  const auto loaded = loadModel(spec);
  EXPECT_EQ(loaded.info.classes, 7);
  EXPECT_EQ(loaded.model->map().find("head.fc.weight")->shape, (std::vector<std::int64_t>{7, 768}));
  EXPECT_EQ(loaded.info.keys.ignored, (std::vector<std::string>{"head.fc.weight", "head.fc.bias"}));
  const auto& arena = *loaded.model->parts().arena;
  const auto weight = arena.view(std::size_t(loaded.model->map().idOf("head.fc.weight")));
  EXPECT_NEAR(weight.std().item<double>(), 0.02 * 0.88, 0.002);  // the normal cut off at two deviations
  EXPECT_EQ(arena.view(std::size_t(loaded.model->map().idOf("head.fc.bias"))).abs().sum().item<double>(), 0);
  EXPECT_EQ(loaded.model->baseHash(), loadModel({"", folder / "w"}).model->baseHash());
}

// DINOv2 ViT-S/14 with its real weights; the golden tokens are onnxruntime's.
TEST(Layouts, DinoV2WithItsRealWeights) {
  const char* deps = std::getenv("GPS_DEPS");
  const auto weights = std::filesystem::path(deps == nullptr ? "" : deps) / "weights/dinov2_vits14.safetensors";
  if (deps == nullptr || !std::filesystem::exists(weights)) GTEST_SKIP() << "needs weights/dinov2_vits14.safetensors of the set-up";
  const auto golden112 = sharedPath("weights/golden/dinov2s_112.safetensors"),
             golden224 = sharedPath("weights/golden/dinov2s_224.safetensors");
  if (golden112.empty() || golden224.empty()) GTEST_SKIP() << "needs GPS_TEST_DATA";
  at::NoGradGuard off;
  for (const int side : {112, 224}) {
    const auto golden = openTensorFile(side == 112 ? golden112 : golden224);
    const auto loaded = loadModel({"", weights.string(), side});
    EXPECT_EQ(loaded.info.description.id, "vit_small_patch14_dinov2");
    EXPECT_EQ(loaded.info.classes, 0);
    const auto image = readTensor(golden, "image");
    const auto features = loaded.model->parts().classifier->features(image.dim() == 3 ? image.unsqueeze(0) : image).squeeze(0);
    const auto expected = side == 112 ? readTensor(golden, "tokens").reshape({-1, 384})[0] : readTensor(golden, "cls").reshape({384});
    EXPECT_LE(maxDifference(features, expected), 1e-4) << side;
  }
}

}  // namespace
}  // namespace gps::test
