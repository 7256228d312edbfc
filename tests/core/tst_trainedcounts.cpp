// What a run trains, counted from a few sizes, against the set that training makes.
#include <gtest/gtest.h>

#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/selection.h"
#include "core/selection/trainedvectors.h"
#include "core/tuning/methods.h"
#include "core/values/trainedcounts.h"
#include "tests/core/tinyclassifier.h"
#include "tests/core/tinymodel.h"

using namespace gps;
using namespace gps::test;

namespace {

void expectCounted(const Model& model, const SelectionSpec& spec, Method method) {
  const auto& map = model.parts().map;
  const auto scores = randomScores(model.map(), 5);
  const auto selection = chooseEntries(map, scores, spec);
  // As the table of the K slider has it, whatever the decoder does.
  SelectionSpec ofTable = spec;
  ofTable.decoder = DecoderMode::Train;
  const auto counts = countSelection(model.map(), chooseEntries(map, scores, ofTable));
  const auto set = makeTrainableSet(map, method, spec.decoder, method == Method::Gps ? &selection : nullptr);
  const auto counted = trainedCounts(trainedSizesOf(model.map()), method, spec.decoder, &counts);
  const auto where = wordOf(method) + " " + wordOf(spec.decoder) + " " + wordOf(spec.level) + " " + std::to_string(spec.keptPerRow);
  EXPECT_EQ(counted.total(), set.size()) << where;
  EXPECT_GT(counted.total(), 0) << where;
  if (method == Method::Gps && spec.level == Level::Neuron) {
    EXPECT_EQ(counted.encoder, countSelection(model.map(), selection).trainable) << where;
  }
}

void expectAllCounted(const Model& model, const std::string& block) {
  for (const auto method : {Method::Gps, Method::Full, Method::Decoder, Method::Linear, Method::Bias})
    for (const auto decoder : {DecoderMode::Train, DecoderMode::Freeze, DecoderMode::Sparse})
      for (const auto level : {Level::Neuron, Level::Layer, Level::Net})
        for (const int k : {1, 7, 100}) {
          SelectionSpec spec;
          spec.decoder = decoder;
          spec.level = level;
          spec.keptPerRow = k;
          expectCounted(model, spec, method);
          spec.excludedBlocks = {block};
          expectCounted(model, spec, method);
        }
}

}  // namespace

TEST(TrainedCounts, AreThoseOfTheTrainableSetOfASegmentingModel) { expectAllCounted(*tinyModel(), "1.0"); }

TEST(TrainedCounts, AreThoseOfTheTrainableSetOfAClassifier) {
  for (const auto family : {Family::Vit, Family::Swin, Family::ConvNext})
    expectAllCounted(*tinyClassifier(family), family == Family::Vit ? "1" : "1.0");
}
