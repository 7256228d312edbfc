// Prompts: the network against segment-anything (tests/reference/make_prompt_vectors.py), and a picture asked again and again.
#include <gtest/gtest.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <chrono>
#include <iostream>

#include "core/backbones/modelregistry.h"
#include "core/backbones/prompthead.h"
#include "core/evaluation/coarseprediction.h"
#include "core/evaluation/prediction.h"
#include "core/evaluation/prompting.h"
#include "tests/core/goldennetwork.h"
#include "tests/core/prompttensors.h"
#include "tests/core/smallsam.h"
#include "tests/core/tinymodel.h"

namespace gps {
namespace {

using namespace test;

class PromptVectors : public ::testing::Test {
 protected:
  PromptVectors() : m_sam(smallSam(m_net.registry)) { m_net.finish(m_weights, at::kFloat); }
  at::Tensor value(const std::string& name) const { return readTensor(m_vectors, name); }
  void expectEqual(const MaskDecoder::Output& out, const std::string& name) const {
    EXPECT_LE(maxDifference(out.logits, value(name + ".logits")), 1e-3) << name;
    EXPECT_LE(maxDifference(out.iou, value(name + ".iou")), 1e-3) << name;
  }
  TensorFile m_weights = openTensorFile(committedPath("sam_small.safetensors"));
  TensorFile m_vectors = openTensorFile(committedPath("sam_prompts.safetensors"));
  GoldenNetwork m_net;
  std::unique_ptr<SamNetwork> m_sam;
  at::NoGradGuard m_off;
  at::Tensor m_embedding = readTensor(m_weights, "embedding").narrow(0, 0, 1);
};

TEST_F(PromptVectors, PointsBoxesAndMasksEqualTheReference) {
  const auto points = value("points"), labels = value("labels"), box = value("box"), mask = value("mask");
  const std::map<std::string, PromptTensors> cases{{"points", pointsOf(points, labels)},
                                                   {"exclude", pointsOf(points.narrow(1, 1, 1), labels.narrow(1, 1, 1))},
                                                   {"both", pointsOf(points, labels, box)},
                                                   {"mask", pointsOf({}, {}, {}, mask)},
                                                   {"all", pointsOf(points, labels, box, mask)}};
  for (const auto& [name, prompts] : cases)
    for (const bool multi : {false, true})
      expectEqual(m_sam->decodePrompts(m_embedding, prompts, multi), name + (multi ? ".multi" : ".single"));
}

TEST_F(PromptVectors, LabelsAndThePaddingPointMatter) {
  const auto points = value("points"), box = value("box");
  const auto logits = [&](const PromptTensors& p) { return m_sam->decodePrompts(m_embedding, p, false).logits; };
  const auto all = at::ones({1, 3});
  EXPECT_GT(maxDifference(logits(pointsOf(points, all)), logits(pointsOf(points, value("labels")))), 1e-2);
  EXPECT_GT(maxDifference(logits(pointsOf(points, all)), logits(pointsOf(points, all, box))), 1e-2);
}

// As segment-anything's predictor is driven: three masks for the first point, the best one's logits go in with the next.
TEST_F(PromptVectors, StepsEqualTheReference) {
  const auto points = value("points"), labels = value("labels");
  auto out = m_sam->decodePrompts(m_embedding, pointsOf(points.narrow(1, 0, 1), labels.narrow(1, 0, 1)), true);
  const auto best = out.iou[0].argmax().item<std::int64_t>();
  EXPECT_EQ(best + 1, int(value("steps.0.mask").item<float>()));
  auto logits = out.logits.narrow(1, best, 1);
  EXPECT_LE(maxDifference(logits, value("steps.0.logits")), 1e-3);
  for (const int n : {2, 3}) {
    out = m_sam->decodePrompts(m_embedding, pointsOf(points.narrow(1, 0, n), labels.narrow(1, 0, n), {}, logits), false);
    expectEqual(out, "steps." + std::to_string(n - 1));
    logits = out.logits;
  }
}

TEST(PromptedPicture, DrivesTheNetworkLikeThePredictor) {
  const auto model = tinyModel();
  const DiscSource source;
  const auto image = source.loadImage("3");  // 40 x 36, squashed to 32 x 32
  const ModelSpec spec;
  PromptedPicture picture(copyPromptHead(*model), std::make_shared<const EncodedPicture>(*model, image, spec), spec.prompt);
  EXPECT_EQ(picture.answer({}).map, predict(*model, image, spec));

  const PromptSet one{{}, {{20, 18, true}}}, two{{}, {{20, 18, true}, {4.5, 9, false}}};
  const auto first = picture.answer(one), second = picture.answer(two);
  EXPECT_GE(first.mask, 1);
  EXPECT_EQ(second.mask, 0);
  EXPECT_NE(first.map, second.map);

  at::NoGradGuard off;
  const auto& net = model->parts().samNetwork();
  const auto input = modelInput(image, model->preprocess(spec.preprocess));
  const auto embedding = net.encode(at::from_blob(const_cast<float*>(input.data()), {1, 3, kTinySide, kTinySide}).clone());
  const auto at = [&](int n) {
    return pointsOf(at::tensor({20 * 0.8F, 18 * 32 / 36.0F, 4.5F * 0.8F, 9 * 32 / 36.0F}).view({1, 2, 2}).narrow(1, 0, n),
                    at::tensor({1.0F, 0.0F}).view({1, 2}).narrow(1, 0, n));
  };
  const auto out = net.decodePrompts(embedding, at(1), true);
  const auto best = out.iou[0].argmax().item<std::int64_t>();
  EXPECT_EQ(first.mask, best + 1);
  EXPECT_NEAR(first.predictedIou, out.iou[0][best].item<double>(), 1e-5);
  auto both = at(2);
  both.maskLogits = out.logits.narrow(1, best, 1);
  EXPECT_NEAR(second.predictedIou, net.decodePrompts(embedding, both, false).iou.item<double>(), 1e-5);

  // Taking the point back gives the former answer; asking at once what was asked in steps gives the same.
  EXPECT_EQ(picture.answer(one).map, first.map);
  EXPECT_EQ(predict(*model, image, spec, two), second.map);
  const PromptSet boxed{{{4, 4, 30, 30}}, {}};
  EXPECT_NE(picture.answer(boxed).map, first.map);
  EXPECT_EQ(picture.answer(boxed).map, predict(*model, image, spec, boxed));
}

// Answers go on with the copied values whatever becomes of the model.
TEST(PromptedPicture, IsApartFromTheModel) {
  const auto model = tinyModel();
  const auto image = DiscSource().loadImage("1");
  const auto reference = predict(*model, image, {}, {{{2, 2, 30, 30}}, {}});
  PromptedPicture picture(copyPromptHead(*model), std::make_shared<const EncodedPicture>(*model, image, ModelSpec{}), PromptMode::None);
  model->fillRandom(99);
  EXPECT_EQ(picture.answer({{{2, 2, 30, 30}}, {}}).map, reference);
  EXPECT_NE(predict(*model, image, {}, {{{2, 2, 30, 30}}, {}}), reference);
}

TEST(EncodedPicture, StopsWithinTheEncoder) {
  const auto model = tinyModel();
  RunControl control;
  control.requestStop();
  EXPECT_THROW(EncodedPicture(*model, DiscSource().loadImage("1"), ModelSpec{}, &control), Cancelled);
  EXPECT_NO_THROW(EncodedPicture(*model, DiscSource().loadImage("1"), ModelSpec{}));
}

TEST(CoarsePrediction, EnlargesToWhatPredictGives) {
  const auto model = tinyModel();
  const auto image = DiscSource().loadImage("2");
  EXPECT_EQ(probabilityOf(predictCoarse(*model, image, {})), predict(*model, image, {}));
}

TEST(Registry, SaysWhichWeightsTakePoints) {
  for (const auto& recipe : modelRecipes())
    EXPECT_EQ(recipe.takesPoints, recipe.task == TaskKind::Segmentation && recipe.id != "lite_medsam") << recipe.id;
}

// Reports how long one answer takes with the picture read; the budget is 300 ms on two cores.
TEST(PromptSpeed, LiteMedSam256) {
  const auto weights = liteMedSamWeights();
  if (weights.empty()) GTEST_SKIP() << "needs lite_medsam.pth (GPS_WEIGHTS or GPS_DEPS)";
  const auto model = Model::create("lite_medsam");
  fillFrom(model->parts(), openTensorFile(weights));
  RgbImage image{640, 530, std::vector<std::uint8_t>(640 * 530 * 3)};
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = std::uint8_t((i * 2654435761u) >> 24);
  using Clock = std::chrono::steady_clock;
  const auto msSince = [](Clock::time_point t) { return std::chrono::duration<double, std::milli>(Clock::now() - t).count(); };
  auto start = Clock::now();
  const auto encoded = std::make_shared<const EncodedPicture>(*model, image, ModelSpec{});
  const double readMs = msSince(start);
  PromptedPicture picture(copyPromptHead(*model), encoded, PromptMode::None);
  std::vector<double> ms;
  for (int i = 0; i < 9; ++i) {
    start = Clock::now();
    ASSERT_FALSE(picture.answer({{{100.0 + i, 100, 400, 400}}, {}}).map.empty());
    ms.push_back(msSince(start));
  }
  std::sort(ms.begin(), ms.end());
  std::cout << "LiteMedSAM, 256 px, a picture of 640 x 530: reading it " << int(readMs) << " ms, then an answer " << int(ms[ms.size() / 2])
            << " ms (median of 9, worst " << int(ms.back()) << ")\n";
  EXPECT_LT(ms[ms.size() / 2], 300);
}

}  // namespace
}  // namespace gps
