// LiteMedSAM against outputs and gradients of the reference implementation, with the real weights.
#include <gtest/gtest.h>
#include <torch/csrc/autograd/grad_mode.h>

#include "tests/core/goldenfiles.h"
#include "tests/core/prompttensors.h"

namespace gps {
namespace {

using namespace test;

struct Golden {
  std::unique_ptr<Model> model;
  std::unique_ptr<TensorFile> file;
};

// Null model without the data.
Golden open(int size) {
  const auto weights = liteMedSamWeights(), golden = sharedPath("weights/golden/litemedsam_" + std::to_string(size) + ".safetensors");
  if (weights.empty() || golden.empty()) return {};
  Golden g{Model::create("lite_medsam", size), std::make_unique<TensorFile>(openTensorFile(golden))};
  fillFrom(g.model->parts(), openTensorFile(weights));
  return g;
}

#define OPEN_OR_SKIP(g, size) \
  const auto g = open(size);  \
  if (!g.model) GTEST_SKIP() << "needs GPS_TEST_DATA and lite_medsam.pth (GPS_WEIGHTS or GPS_DEPS)"

TEST(LiteMedSam, Embedding128) {
  OPEN_OR_SKIP(g, 128);
  at::NoGradGuard off;
  const auto embedding = g.model->parts().sam->encode(readTensor(*g.file, "image"));
  EXPECT_LE(maxDifference(embedding, readTensor(*g.file, "embedding")), 1e-4);
}

TEST(LiteMedSam, Logits128) {
  OPEN_OR_SKIP(g, 128);
  at::NoGradGuard off;
  const auto& network = *g.model->parts().sam;
  const auto embedding = network.encode(readTensor(*g.file, "image"));
  const auto full = at::tensor({0.0F, 0.0F, 127.0F, 127.0F}).view({1, 4});
  const auto box = readTensor(*g.file, "box").view({1, 4});
  for (const std::string prompt : {"box", "full"})
    for (const bool multi : {false, true}) {
      const auto out = network.decodePrompts(embedding, boxesOf(prompt == "box" ? box : full), multi);
      const auto name = prompt + (multi ? ".multi." : ".single.");
      EXPECT_LE(maxDifference(out.logits, readTensor(*g.file, name + "logits")), 1e-3) << name;
      EXPECT_LE(maxDifference(out.iou, readTensor(*g.file, name + "iou")), 1e-3) << name;
    }
  EXPECT_LE(maxDifference(network.decode(embedding, PromptMode::Full), readTensor(*g.file, "full.single.logits")), 1e-3);
}

TEST(LiteMedSam, Logits256) {
  OPEN_OR_SKIP(g, 256);
  at::NoGradGuard off;
  const auto& network = *g.model->parts().sam;
  const auto embedding = network.encode(readTensor(*g.file, "image"));
  const auto out = network.decodePrompts(embedding, boxesOf(readTensor(*g.file, "box").view({1, 4})), false);
  EXPECT_LE(maxDifference(out.logits, readTensor(*g.file, "box.single.logits")), 1e-3);
  EXPECT_LE(maxDifference(out.iou, readTensor(*g.file, "box.single.iou")), 1e-3);
  EXPECT_LE(maxDifference(network.decode(embedding, PromptMode::Full), readTensor(*g.file, "full.single.logits")), 1e-3);
}

// Two different pictures in one batch give what each gives alone.
TEST(LiteMedSam, PicturesOfABatchDoNotMix) {
  OPEN_OR_SKIP(g, 128);
  at::NoGradGuard off;
  const auto& network = *g.model->parts().sam;
  const auto image = readTensor(*g.file, "image");
  const auto both = at::cat({image.flip(3), image}, 0);
  const auto expected = at::cat({network.forward(both.narrow(0, 0, 1), PromptMode::None), network.forward(image, PromptMode::None)}, 0);
  EXPECT_LE(maxDifference(network.forward(both, PromptMode::None), expected), 1e-3);
}

// The gradient of BCE + soft Dice through accumulate mode: row sums of |g| and the largest entry of rows.
TEST(LiteMedSam, Gradient128) {
  OPEN_OR_SKIP(g, 128);
  const auto reference = openTensorFile(sharedPath("weights/golden/litemedsam_128_gradient.safetensors"));
  auto& parts = g.model->parts();
  auto field = at::zeros({parts.map->matrixSize()});
  for (const auto id : parts.map->matrixIds()) {
    const auto& e = parts.map->entry(id);
    dynamic_cast<SelectiveWeight&>(parts.registry.parameter(id)).accumulateInto(field.narrow(0, e.offset, e.count));
  }
  const auto logits = parts.sam->decode(parts.sam->encode(readTensor(*g.file, "image")), PromptMode::Full).view({128, 128});
  const auto truth = (readTensor(*g.file, "mask") > 0).to(at::kFloat);
  const auto p = at::sigmoid(logits);
  const auto loss = at::binary_cross_entropy_with_logits(logits, truth) + 1 - (2 * (p * truth).sum() + 1) / (p.sum() + truth.sum() + 1);
  EXPECT_NEAR(loss.item<float>(), readTensor(reference, "loss").item<float>(), 1e-5);
  loss.backward();

  int compared = 0, rows = 0, sameArgmax = 0;
  for (const auto id : parts.map->matrixIds()) {
    const auto& e = parts.map->entry(id);
    const auto* record = reference.find("absgrad_rowsum." + e.name);
    const auto gradient = field.narrow(0, e.offset, e.count).view({e.rows, e.cols}).abs();
    if (record == nullptr) {  // IoU head, mask prompts and unused hypernetworks
      EXPECT_EQ(gradient.max().item<float>(), 0.0F) << e.name;
      continue;
    }
    ++compared;
    const auto expected = readTensor(reference, record->name);
    const auto error = (gradient.sum(1) - expected).norm().item<double>(), size = expected.norm().item<double>();
    EXPECT_LE(error, 1e-3 * size) << e.name;
    if (size == 0) continue;
    rows += int(e.rows);
    sameArgmax += int((gradient.argmax(1) == readTensor(reference, "argmax." + e.name).to(at::kLong)).sum().item<std::int64_t>());
  }
  EXPECT_GE(compared, 100);
  EXPECT_GE(sameArgmax, rows * 0.995) << "of " << rows;  // near ties may fall either way in fp32
}

}  // namespace
}  // namespace gps
