// Small random networks against the reference implementations; see tests/reference/make_sam_vectors.py.
#include <gtest/gtest.h>
#include <torch/csrc/autograd/grad_mode.h>

#include "core/backbones/tinyvit.h"
#include "tests/core/goldennetwork.h"
#include "tests/core/prompttensors.h"
#include "tests/core/smallsam.h"

namespace gps {
namespace {

using namespace test;

TinyVitConfig smallTinyVit(bool stridedStem) {
  TinyVitConfig c;
  c.dims = {8, 16, 24, 32};
  c.depths = {1, 2, 2, 1};
  c.heads = {1, 2, 3, 4};
  c.windows = {4, 5, 7, 3};
  c.outChannels = 16;
  c.stridedStem = stridedStem;
  return c;
}

void expectTinyVit(const std::string& name, bool stridedStem) {
  const auto file = openTensorFile(committedPath(name));
  {
    GoldenNetwork net;
    const TinyVit encoder(net.registry, smallTinyVit(stridedStem));
    net.finish(file, at::kFloat);
    at::NoGradGuard off;
    EXPECT_LE(maxDifference(encoder.forward(readTensor(file, "image")), readTensor(file, "embedding")), 1e-4);
  }
  GoldenNetwork net;
  const TinyVit encoder(net.registry, smallTinyVit(stridedStem));
  net.finish(file, at::kDouble);
  net.wantGradients();
  const auto embedding = encoder.forward(readTensor(file, "image").to(at::kDouble));
  EXPECT_LE(maxDifference(embedding.detach(), readTensor(file, "embedding")), 1e-4);
  (embedding * readTensor(file, "probe")).sum().backward();
  net.expectGradientSums(file);
}

TEST(TinyVit, PointwiseStemEqualsTheReference) { expectTinyVit("tinyvit_lite.safetensors", false); }
TEST(TinyVit, StridedStemEqualsTheReference) { expectTinyVit("tinyvit_mobile.safetensors", true); }

TEST(Sam, OutputsEqualTheReference) {
  const auto file = openTensorFile(committedPath("sam_small.safetensors"));
  GoldenNetwork net;
  const auto sam = smallSam(net.registry);
  net.finish(file, at::kFloat);
  at::NoGradGuard off;
  const auto embedding = sam->encode(readTensor(file, "image"));
  EXPECT_LE(maxDifference(embedding, readTensor(file, "embedding")), 1e-4);
  EXPECT_LE(maxDifference(sam->decode(embedding, PromptMode::None), readTensor(file, "none.single.logits")), 1e-3);
  EXPECT_LE(maxDifference(sam->forward(readTensor(file, "image"), PromptMode::None), readTensor(file, "upsampled")), 1e-3);
  for (const bool multi : {false, true}) {
    const std::string kind = multi ? ".multi." : ".single.";
    const auto box = sam->decodePrompts(embedding, boxesOf(readTensor(file, "box")), multi);
    EXPECT_LE(maxDifference(box.logits, readTensor(file, "box" + kind + "logits")), 1e-3) << kind;
    EXPECT_LE(maxDifference(box.iou, readTensor(file, "box" + kind + "iou")), 1e-3) << kind;
    const auto point = sam->decodePrompts(embedding, pointsOf(readTensor(file, "point").view({2, 1, 2}), at::ones({2, 1})), multi);
    EXPECT_LE(maxDifference(point.logits, readTensor(file, "point" + kind + "logits")), 1e-3) << kind;
    EXPECT_LE(maxDifference(point.iou, readTensor(file, "point" + kind + "iou")), 1e-3) << kind;
  }
}

TEST(Sam, GradientsEqualTheReference) {
  const auto file = openTensorFile(committedPath("sam_small.safetensors"));
  GoldenNetwork net;
  const auto sam = smallSam(net.registry);
  net.finish(file, at::kDouble);
  net.wantGradients();
  const auto upsampled = sam->forward(readTensor(file, "image").to(at::kDouble), PromptMode::None);
  (upsampled * readTensor(file, "probe")).sum().backward();
  net.expectGradientSums(file);
}

TEST(ResizeBilinear, EqualsTorch) {
  at::manual_seed(4);
  for (const auto& [from, to] : std::vector<std::pair<std::int64_t, std::int64_t>>{{8, 32}, {7, 20}, {9, 4}, {5, 5}, {1, 6}}) {
    const auto x = at::randn({2, 3, from, from + 2}, at::kDouble);
    const auto expected = at::upsample_bilinear2d(x, {to, to + 3}, false);
    EXPECT_LE(maxDifference(resizeBilinear(x, to, to + 3), expected), 1e-12) << from << " to " << to;
  }
}

// After a move the tables and buffers follow the arena.
TEST(Gpu, SamEqualsTheReference) {
  NEEDS_A_GPU();
  const auto file = openTensorFile(committedPath("sam_small.safetensors"));
  GoldenNetwork net;
  const auto sam = smallSam(net.registry);
  net.finish(file, at::kFloat);
  const auto image = readTensor(file, "image");
  {
    at::NoGradGuard off;
    sam->forward(image, PromptMode::Full);  // fills the tables for the CPU first
  }
  moveToGpu(net);
  net.wantGradients();
  const auto upsampled = sam->forward(image.cuda(), PromptMode::None);
  EXPECT_LE(maxDifference(upsampled.detach().cpu(), readTensor(file, "upsampled")), 1e-3);
  (upsampled * readTensor(file, "probe").cuda()).sum().backward();
  net.expectGradientSums(file);
}

TEST(Gpu, TinyVitEqualsTheReference) {
  NEEDS_A_GPU();
  for (const bool strided : {false, true}) {
    const auto file = openTensorFile(committedPath(strided ? "tinyvit_mobile.safetensors" : "tinyvit_lite.safetensors"));
    GoldenNetwork net;
    const TinyVit encoder(net.registry, smallTinyVit(strided));
    net.finish(file, at::kFloat);
    moveToGpu(net);
    net.wantGradients();
    const auto embedding = encoder.forward(readTensor(file, "image").cuda());
    EXPECT_LE(maxDifference(embedding.detach().cpu(), readTensor(file, "embedding")), 1e-4);
    (embedding * readTensor(file, "probe").cuda()).sum().backward();
    net.expectGradientSums(file);
  }
}

// Every third entry of every weight, sparse and dense, against the accumulated gradient; on the GPU where there is one.
TEST(TinyVit, SelectedGradientsEqualTheAccumulatedOnes) {
  const auto file = openTensorFile(committedPath("tinyvit_lite.safetensors"));
  const auto device = at::hasCUDA() ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
  GoldenNetwork net;
  const TinyVit encoder(net.registry, smallTinyVit(false));
  net.finish(file, at::kDouble);
  net.arena->moveTo(device);
  net.registry.bind(*net.arena);
  const auto image = readTensor(file, "image").to(device, at::kDouble), probe = readTensor(file, "probe").to(device, at::kDouble);
  const auto backward = [&] { (encoder.forward(image) * probe).sum().backward(); };
  net.wantGradients();
  backward();
  const auto field = net.field.clone();

  for (const bool dense : {false, true}) {
    net.registry.bind(*net.arena);
    std::map<std::size_t, std::pair<at::Tensor, at::Tensor>> selected;  // index, gradient
    for (const auto id : net.map->matrixIds()) {
      std::vector<std::int64_t> offsets;
      const auto& e = net.map->entry(id);
      // A third of the columns, so that long rows take union columns.
      for (std::int64_t i = 0; i < e.count; ++i)
        if (i % e.cols % 3 == std::int64_t(id % 3)) offsets.push_back(i);
      if (offsets.empty()) continue;
      const auto index = at::tensor(offsets, at::kLong).to(device);
      auto gradient = at::zeros({index.numel()}, field.options());
      dynamic_cast<SelectiveWeight&>(net.registry.parameter(id))
          .trainSelected(offsets, net.arena->view(id).flatten().index_select(0, index), gradient, dense ? Rule::Dense : Rule::Sparse);
      selected[id] = {index, gradient};
    }
    backward();
    EXPECT_GT(selected.size(), 30U);
    for (const auto& [id, pair] : selected) {
      const auto& e = net.map->entry(id);
      const auto expected = field.narrow(0, e.offset, e.count).index_select(0, pair.first);
      EXPECT_LE((pair.second - expected).norm().item<double>(), 1e-9 * expected.norm().item<double>() + 1e-12) << e.name << " " << dense;
    }
  }
}

}  // namespace
}  // namespace gps
