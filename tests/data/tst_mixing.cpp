// Against timm; see tests/reference/make_augment_vectors.py.
#include "core/data/views/mixing.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/distributed/partition.h"
#include "tests/data/augmentvectors.h"
#include "tests/support/expecterror.h"

namespace gps {
namespace {

using namespace test;

CounterRandom stream(std::uint64_t batch) { return {7, 1, batch, RandomPurpose::Mix}; }

at::Tensor floatsOf(const TensorFile& file, const std::string& name) {
  return at::tensor(valuesOf<float>(file, name), at::kFloat).view(file.at(name).shape);
}

TEST(Mixing, CutmixBoxesAreTimms) {
  const auto file = augmentVectors();
  const auto lambdas = valuesOf<double>(file, "mix.lambdas"), left = valuesOf<double>(file, "mix.lambdas_left");
  const auto centres = valuesOf<std::int64_t>(file, "mix.centres"), boxes = valuesOf<std::int64_t>(file, "mix.boxes");
  for (std::size_t i = 0; i < lambdas.size(); ++i) {
    const auto plan = cutmixPlan(lambdas[i], 16, int(centres[2 * i]), int(centres[2 * i + 1]));
    const auto* box = boxes.data() + 4 * i;
    EXPECT_EQ(plan, (MixPlan{true, left[i], int(box[0]), int(box[1]), int(box[2]), int(box[3])})) << lambdas[i];
  }
}

TEST(Mixing, TargetsAndLossesAreTimms) {
  const auto file = augmentVectors();
  const auto lambdas = valuesOf<double>(file, "mix.lambdas");
  const auto labels = at::tensor(valuesOf<std::int64_t>(file, "mix.labels"), at::kLong);
  const auto targets = floatsOf(file, "mix.targets"), logits = floatsOf(file, "mix.logits"), losses = floatsOf(file, "mix.losses");
  std::int64_t row = 0;
  for (const double smoothing : {0.0, 0.1})
    for (const double lambda : lambdas) {
      const auto mixed = softTargets(labels, 5, smoothing, MixPlan{false, lambda});
      EXPECT_TRUE(at::allclose(mixed, targets[row], 0, 1e-7)) << smoothing << " " << lambda;
      EXPECT_TRUE(at::allclose(softCrossEntropy(logits, mixed), losses[row], 1e-6)) << smoothing << " " << lambda;
      ++row;
    }
}

TEST(Mixing, PlainTargetsAreOrdinaryCrossEntropy) {
  const auto labels = at::tensor({3, 0, 1}, at::kLong);
  const auto logits = at::linspace(-2, 3, 12).view({3, 4}).sin() * 3;
  EXPECT_TRUE(at::allclose(softCrossEntropy(logits, softTargets(labels, 4, 0, std::nullopt)), at::cross_entropy_loss(logits, labels)));
  const auto smoothed = at::cross_entropy_loss(logits, labels, {}, at::Reduction::Mean, -100, 0.1);
  EXPECT_TRUE(at::allclose(softCrossEntropy(logits, softTargets(labels, 4, 0.1, std::nullopt)), smoothed));
  EXPECT_TRUE(at::allclose(softTargets(labels, 4, 0.3, MixPlan{false, 0.2}).sum(1), at::ones({3})));
}

TEST(Mixing, HalfPrecisionLogitsGiveAnFp32Loss) {
  const auto targets = softTargets(at::tensor({1, 2}, at::kLong), 4, 0.1, std::nullopt);
  const auto logits = at::linspace(-2, 3, 8).view({2, 4}).to(at::kBFloat16);
  const auto loss = softCrossEntropy(logits, targets);
  EXPECT_EQ(loss.scalar_type(), at::kFloat);
  EXPECT_TRUE(at::allclose(loss, softCrossEntropy(logits.to(at::kFloat), targets)));
}

TEST(Mixing, MixupAddsThePartner) {
  const auto images = at::arange(4 * 3 * 2 * 2, at::kFloat).view({4, 3, 2, 2});
  const auto before = images.clone();
  const auto mixed = mixImages(images, {false, 0.75});
  for (std::int64_t i = 0; i < 4; ++i) EXPECT_TRUE(at::allclose(mixed[i], images[i] * 0.75 + images[3 - i] * 0.25)) << i;
  EXPECT_TRUE(at::equal(images, before));
  EXPECT_TRUE(at::equal(mixImages(images, {}), images));
}

TEST(Mixing, CutmixTakesTheBoxOfThePartner) {
  const auto images = at::arange(4 * 3 * 8 * 8, at::kFloat).view({4, 3, 8, 8});
  const auto before = images.clone();
  const MixPlan plan{true, 1 - 6 / 64.0, 1, 3, 4, 7};
  const auto mixed = mixImages(images, plan);
  const auto other = images.flip(0);
  for (std::int64_t y = 0; y < 8; ++y)
    for (std::int64_t x = 0; x < 8; ++x) {
      const auto& from = y >= 1 && y < 3 && x >= 4 && x < 7 ? other : images;
      ASSERT_TRUE(at::equal(mixed.select(2, y).select(2, x), from.select(2, y).select(2, x))) << y << " " << x;
    }
  EXPECT_TRUE(at::equal(images, before));
}

TEST(Mixing, DrawsFollowTheirBetaDistributions) {
  constexpr int count = 20000;
  for (const double alpha : {0.1, 0.8, 1.0, 3.0}) {
    double sum = 0, squares = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      auto random = stream(i);
      const auto plan = drawMix(alpha, 0, 224, random);
      ASSERT_TRUE(!plan.isCutmix && plan.lambda >= 0 && plan.lambda <= 1);
      sum += plan.lambda;
      squares += plan.lambda * plan.lambda;
    }
    const double mean = sum / count, variance = squares / count - mean * mean;
    EXPECT_NEAR(mean, 0.5, 0.015) << alpha;
    EXPECT_NEAR(variance, 1 / (4 * (2 * alpha + 1)), 0.004) << alpha;
  }
}

TEST(Mixing, BothWaysTakeTurnsAndBoxesAreTheRestOfLambda) {
  constexpr int count = 20000;
  int cutmix = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto random = stream(i), again = stream(i);
    const auto plan = drawMix(0.8, 1.0, 224, random);
    ASSERT_EQ(plan, drawMix(0.8, 1.0, 224, again));
    if (!plan.isCutmix) continue;
    ++cutmix;
    ASSERT_TRUE(0 <= plan.y0 && plan.y0 <= plan.y1 && plan.y1 <= 224 && 0 <= plan.x0 && plan.x0 <= plan.x1 && plan.x1 <= 224);
    ASSERT_NEAR(plan.lambda, 1 - (plan.y1 - plan.y0) * (plan.x1 - plan.x0) / (224.0 * 224.0), 1e-12);
  }
  EXPECT_NEAR(cutmix / double(count), 0.5, 0.015);
}

TEST(Mixing, OneWayOrNone) {
  auto random = stream(3);
  EXPECT_TRUE(drawMix(0, 1, 224, random).isCutmix);
  EXPECT_EQ(drawMix(0, 0, 224, random), MixPlan{});
  EXPECT_LT(drawMix(10, 0, 224, random).lambda, 1);
  errorOf(ErrorCode::BadArgument, [&] { drawMix(-0.1, 1, 224, random); });
  errorOf(ErrorCode::BadArgument, [&] { drawMix(0.1, std::nan(""), 224, random); });
  errorOf(ErrorCode::BadArgument, [&] { drawMix(0.1, 1, 0, random); });
}

TEST(Mixing, APartInPairsIsMixedAsInTheWholeBatch) {
  for (const int batch : {1, 5, 8, 13})
    for (const int ranks : {1, 2, 3}) {
      const auto images = at::arange(batch * 3 * 16, at::kFloat).view({batch, 3, 4, 4}).sin();
      const auto labels = at::arange(batch, at::kLong);
      for (const auto& plan : {MixPlan{false, 0.3}, MixPlan{true, 0.75, 1, 3, 0, 2}})
        for (int rank = 0; rank < ranks; ++rank) {
          const auto places = placesOfRank(batch, rank, ranks, true);
          if (places.empty()) continue;
          const auto own = at::tensor(places, at::kLong);
          EXPECT_TRUE(at::equal(mixImages(images.index_select(0, own), plan), mixImages(images, plan).index_select(0, own)));
          EXPECT_TRUE(at::equal(softTargets(labels.index_select(0, own), batch, 0.1, plan),
                                softTargets(labels, batch, 0.1, plan).index_select(0, own)));
        }
    }
}

}  // namespace
}  // namespace gps
