// SAM ViT-B at its full size with random weights: points work on it, and a second answer does not read the picture again.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "core/backbones/model.h"
#include "core/evaluation/prompting.h"

namespace gps {
namespace {

TEST(SamVitB, AnswersPoints) {
  const auto model = Model::create("sam_vit_b");
  EXPECT_TRUE(model->description().takesPoints);
  model->fillRandom(5);
  RgbImage image{700, 500, std::vector<std::uint8_t>(700 * 500 * 3)};
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = std::uint8_t((i / 3 % 700) * 255 / 700);
  using Clock = std::chrono::steady_clock;
  const auto secondsSince = [](Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); };
  auto start = Clock::now();
  PromptedPicture picture(copyPromptHead(*model), std::make_shared<const EncodedPicture>(*model, image, ModelSpec{}), PromptMode::None);
  const double reading = secondsSince(start);
  const auto one = picture.answer({{}, {{350, 250, true}}});
  start = Clock::now();
  const auto two = picture.answer({{{100, 100, 600, 400}}, {{350, 250, true}, {20, 20, false}}});
  const double answering = secondsSince(start);
  std::cout << "SAM ViT-B, 1024 px: reading the picture " << reading << " s, three prompts in steps " << answering << " s\n";
  EXPECT_GE(one.mask, 1);
  EXPECT_EQ(two.mask, 0);
  EXPECT_EQ(one.map.width, 700);
  EXPECT_EQ(two.map.height, 500);
  EXPECT_NE(one.map, two.map);
  EXPECT_LT(answering, reading / 2);
}

}  // namespace
}  // namespace gps
