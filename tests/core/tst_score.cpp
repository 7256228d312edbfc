#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/evaluation/loss.h"
#include "core/evaluation/prediction.h"
#include "core/values/error.h"

using namespace gps;

TEST(Score, CountsAndRules) {
  const ProbabilityMap p{4, 1, {0.9f, 0.6f, 0.5f, 0.1f}};
  const MaskImage truth{4, 1, {255, 0, 255, 0}};
  const auto c = comparePixels(p, truth);
  EXPECT_EQ(c.truePositive, 1);
  EXPECT_EQ(c.falsePositive, 1);  // 0.6
  EXPECT_EQ(c.falseNegative, 1);  // 0.5 is not above 0.5
  EXPECT_EQ(c.trueNegative, 1);
  EXPECT_DOUBLE_EQ(c.dice(), 0.5);
  EXPECT_DOUBLE_EQ(c.iou(), 1.0 / 3);
  EXPECT_THROW(comparePixels(p, MaskImage{2, 2, {0, 0, 0, 0}}), Error);
}

TEST(Score, EmptyMasks) {
  const ProbabilityMap nothing{2, 1, {0, 0}}, something{2, 1, {1, 0}};
  const MaskImage empty{2, 1, {0, 0}};
  EXPECT_DOUBLE_EQ(comparePixels(nothing, empty).dice(), 1);
  EXPECT_DOUBLE_EQ(comparePixels(something, empty).dice(), 0);
  EXPECT_EQ(summarise({{"a", comparePixels(nothing, empty)}}).emptyTruth, 1);
}

TEST(Score, MeanAndPooledDifferAndObeyTheBound) {
  std::vector<CaseScore> cases{{"small", {1, 9, 0, 90}}, {"large", {80, 5, 15, 0}}, {"missed", {0, 0, 10, 90}}};
  const auto s = summarise(cases);
  EXPECT_NEAR(s.diceMean, (2.0 / 11 + 160.0 / 180 + 0) / 3, 1e-12);
  EXPECT_NEAR(s.dicePooled, 162.0 / (162 + 14 + 25), 1e-12);
  EXPECT_LE(s.diceMean, 2 * s.iouMean / (1 + s.iouMean) + 1e-12);  // concavity, per averaging rule
  EXPECT_NEAR(s.dicePooled, 2 * s.iouPooled / (1 + s.iouPooled), 1e-12);
}

TEST(Loss, IsBcePlusSoftIouPerPicture) {
  at::manual_seed(1);
  const auto logits = at::randn({2, 1, 3, 4}, at::kDouble), t = (at::rand({2, 1, 3, 4}, at::kDouble) > 0.5).to(at::kDouble);
  double bce = 0, iou = 0;
  for (int b = 0; b < 2; ++b) {
    double both = 0, either = 0;
    for (int i = 0; i < 12; ++i) {
      const double x = logits[b].flatten()[i].item<double>(), y = t[b].flatten()[i].item<double>(), p = 1 / (1 + std::exp(-x));
      bce -= (y * std::log(p) + (1 - y) * std::log(1 - p)) / 24;
      both += p * y;
      either += p + y - p * y;
    }
    iou += (1 - both / either) / 2;
  }
  EXPECT_NEAR(segmentationLoss(logits, t).item<double>(), bce + iou, 1e-12);
}
