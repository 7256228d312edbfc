// How a pass runs: what it takes, how it ends early, stops and goes on.
#include <ATen/record_function.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/passstate.h"
#include "core/selection/sets/setalgebra.h"
#include "tests/core/passharness.h"
#include "tests/support/temporaryfolder.h"

namespace gps {
namespace {

using namespace test;
namespace fs = std::filesystem;

class GradientPassRun : public testing::TestWithParam<PassCase> {
 protected:
  // Stops after so many pictures; expects Cancelled.
  void stopAt(const PassCase& c, Model& model, int pictures, const SelectionSpec& spec, const PassOptions& options, int done) {
    RunControl control;
    control.setProgressSink([&](const Progress& p) {
      if (p.done >= done) control.requestStop();
    });
    EXPECT_THROW(runGradientPass(model, c.data(pictures), c.images(), {}, spec, control, options), Cancelled);
  }
  TemporaryFolder m_folder;
  std::string m_state = m_folder / "pass.partial";
};

TEST_P(GradientPassRun, StoppedAfterAnyBatchAndResumedIsBitIdentical) {
  const auto& c = GetParam();
  const auto model = c.model();
  for (const auto criterion : {Criterion::Gradient, Criterion::Fisher, Criterion::Activation}) {
    auto spec = c.spec(criterion);
    spec.trace = true;
    const auto whole = pass(c, *model, 20, spec);
    ASSERT_EQ(whole.batches, 5);
    for (int stop = 1; stop < 5; ++stop) {
      stopAt(c, *model, 20, spec, {FieldMemory::Device, m_state, false}, 4 * stop);
      ASSERT_TRUE(fs::exists(m_state)) << stop;
      if (stop == 2) stopAt(c, *model, 20, spec, {FieldMemory::Device, m_state, true}, 12);  // stopped once more
      const auto resumed = pass(c, *model, 20, spec, {FieldMemory::Device, m_state, true});
      EXPECT_EQ(resumed.values.copy(), whole.values.copy()) << wordOf(criterion) << " after batch " << stop;
      EXPECT_EQ(resumed.meanLoss, whole.meanLoss);
      EXPECT_EQ(resumed.pictures, whole.pictures);
      EXPECT_EQ(resumed.images, whole.images);
      ASSERT_EQ(resumed.snapshots.size(), whole.snapshots.size());
      for (std::size_t i = 0; i < whole.snapshots.size(); ++i) {
        EXPECT_EQ(resumed.snapshots[i].withHalf, whole.snapshots[i].withHalf);
        EXPECT_EQ(resumed.snapshots[i].withFinal, whole.snapshots[i].withFinal);
      }
      EXPECT_FALSE(fs::exists(m_state));
    }
  }
}

// Counts operators of the network; asks for a stop at one of them.
struct OperatorWatch {
  static inline std::atomic<int> s_seen = 0, s_stopAt = 0;
  static inline RunControl* s_control = nullptr;
  static std::unique_ptr<at::ObserverContext> onCall(const at::RecordFunction& function) {
    const std::string name = function.name();
    if (name == "aten::linear" || name == "aten::conv2d" || name == "aten::convolution_backward" || name == "aten::addmm_")
      if (++s_seen == s_stopAt && s_control != nullptr) s_control->requestStop();
    return nullptr;
  }
  OperatorWatch() : m_handle(at::addGlobalCallback(at::RecordFunctionCallback(onCall))) {}
  ~OperatorWatch() {
    at::removeCallback(m_handle);
    s_control = nullptr;
  }
  at::CallbackHandle m_handle;
};

TEST_P(GradientPassRun, AStopInsideABatchTakesOneLayer) {
  const auto& c = GetParam();
  const auto model = c.model();
  const auto spec = c.spec();
  const auto whole = pass(c, *model, 12, spec);
  OperatorWatch::s_seen = 0;
  OperatorWatch::s_stopAt = -1;
  {
    const OperatorWatch watch;
    pass(c, *model, 12, spec);
  }
  const int all = OperatorWatch::s_seen, aBatch = all / 3;
  ASSERT_GT(aBatch, 20);
  for (const int at : {aBatch + 2, aBatch + aBatch / 2, 2 * aBatch - 3}) {  // in the second batch: forward, middle, backward
    OperatorWatch::s_seen = 0;
    OperatorWatch::s_stopAt = at;
    RunControl control;
    OperatorWatch::s_control = &control;
    {
      const OperatorWatch watch;
      EXPECT_THROW(runGradientPass(*model, c.data(12), c.images(), {}, spec, control, {FieldMemory::Device, m_state, false}), Cancelled);
    }
    EXPECT_LE(OperatorWatch::s_seen - at, 4) << "of " << all;
    // Nothing of the broken batch is kept.
    ASSERT_TRUE(fs::exists(m_state));
    EXPECT_EQ(pass(c, *model, 12, spec, {FieldMemory::Device, m_state, true}).values.copy(), whole.values.copy());
    for (auto* p : model->parts().registry.parameters()) EXPECT_FALSE(p->value().requires_grad());
  }
}

TEST_P(GradientPassRun, FewerPicturesThanABatchMakeOne) {
  const auto& c = GetParam();
  auto spec = c.spec();
  spec.batch = 32;
  const auto model = c.model();
  const auto field = pass(c, *model, 5, spec);
  EXPECT_EQ(field.images, 5);
  EXPECT_EQ(field.batches, 1);
  EXPECT_FALSE(field.stoppedEarly);
  EXPECT_TRUE(field.snapshots.empty());
}

INSTANTIATE_TEST_SUITE_P(Losses, GradientPassRun, testing::ValuesIn(passCases()), [](const auto& p) { return p.param.name; });

class GradientPassCases : public GradientPassRun {};

TEST_F(GradientPassCases, AStateOfAnotherRecipeIsRefusedWithWhatDiffers) {
  const auto c = passCases()[0];
  const auto model = c.model();
  stopAt(c, *model, 12, c.spec(), {FieldMemory::Device, m_state, false}, 4);
  auto other = c.spec();
  other.batch = 3;
  other.keptPerRow = 2;
  try {
    pass(c, *model, 12, other, {FieldMemory::Device, m_state, true});
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::Mismatch);
    EXPECT_NE(e.cause().find("batch 4 instead of 3"), std::string::npos) << e.what();
    EXPECT_NE(e.cause().find("k 1 instead of 2"), std::string::npos) << e.what();
    EXPECT_EQ(e.cause().find("seed"), std::string::npos) << e.what();
  }
  EXPECT_TRUE(fs::exists(m_state));
  model->setBaseHash("other");
  EXPECT_THROW(pass(c, *model, 12, c.spec(), {FieldMemory::Device, m_state, true}), Error);
}

TEST_F(GradientPassCases, ADamagedStateNamesTheRemedyAndAMissingOneIsSaid) {
  const auto c = passCases()[0];
  const auto model = c.model();
  const PassOptions resume{FieldMemory::Device, m_state, true};
  const auto errorOf = [&] {
    try {
      pass(c, *model, 12, c.spec(), resume);
    } catch (const Error& e) {
      return e;
    }
    return Error(ErrorCode::Internal, "nothing", "thrown");
  };
  EXPECT_EQ(errorOf().code(), ErrorCode::NotFound);
  stopAt(c, *model, 12, c.spec(), {FieldMemory::Device, m_state, false}, 4);
  fs::resize_file(m_state, fs::file_size(m_state) / 2);
  EXPECT_EQ(errorOf().code(), ErrorCode::BadFile);
  EXPECT_NE(errorOf().remedy().find("Delete"), std::string::npos) << errorOf().what();
  std::ofstream(m_state) << "not a state";
  EXPECT_EQ(errorOf().code(), ErrorCode::BadFile);
  // A pass that does not resume takes its place.
  pass(c, *model, 12, c.spec(), {FieldMemory::Device, m_state, false});
  EXPECT_FALSE(fs::exists(m_state));
}

// Every batch is like the first, so the choice settles as soon as it can: after 2 and 4 batches.
class OneDisc : public DiscSource {
 public:
  RgbImage loadImage(const std::string&) const override { return DiscSource::loadImage("3"); }
  MaskImage loadMask(const std::string&) const override { return DiscSource::loadMask("3"); }
};

TEST_F(GradientPassCases, EndsEarlyWhenTheChoiceHasSettled) {
  const auto model = tinyModel();
  SelectionSpec spec;
  spec.batch = 2;
  spec.earlyStop = 0.98;
  const auto run = [&](const SelectionSpec& s, std::shared_ptr<const ImageSource> images) {
    RunControl control;
    return runGradientPass(*model, discs(24, 0), std::move(images), {}, s, control);
  };
  const auto same = run(spec, std::make_shared<OneDisc>());
  EXPECT_TRUE(same.stoppedEarly);
  EXPECT_EQ(same.batches, 4);
  EXPECT_EQ(same.images, 8);
  ASSERT_EQ(same.snapshots.size(), 4u);  // 1, 2, 3, 4
  EXPECT_EQ(same.snapshots[0].withHalf, -1);
  EXPECT_EQ(same.snapshots[1].withHalf, 1);
  EXPECT_EQ(same.snapshots[2].withHalf, -1);
  EXPECT_EQ(same.snapshots[3].withFinal, -1);  // no trace asked for

  // Nothing is above 1, and different pictures do not settle at once.
  spec.earlyStop = 1;
  EXPECT_EQ(run(spec, std::make_shared<OneDisc>()).batches, 12);
  spec.earlyStop = 0.999;
  const auto different = run(spec, std::make_shared<DiscSource>());
  EXPECT_GT(different.batches, 4);
}

TEST_F(GradientPassCases, TheTraceComparesTheChoicesOfShorterPasses) {
  const auto c = passCases()[0];
  const auto model = c.model();
  for (const auto level : {Level::Neuron, Level::Net})
    for (const auto criterion : {Criterion::Gradient, Criterion::Fisher, Criterion::WeightGradient}) {
      auto spec = c.spec(criterion);
      spec.batch = 2;
      spec.level = level;
      spec.keptPerRow = 2;
      spec.excludedKinds = {"fc1"};
      spec.trace = true;
      const auto field = pass(c, *model, 14, spec);
      const std::vector<int> expected{1, 2, 3, 4, 6, 7};
      ASSERT_EQ(field.snapshots.size(), expected.size());
      std::map<int, std::vector<std::uint32_t>> choices;
      for (const int batches : expected) {  // the pictures come in order, so a limit is a shorter pass
        auto shorter = spec;
        shorter.trace = false;
        shorter.limit = 2 * batches;
        const auto early = pass(c, *model, 14, shorter);
        choices[batches] = chooseEntries(early.map, scoresFor(*model, &early, shorter), shorter).offsets;
      }
      bool anyDiffers = false;
      for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto& s = field.snapshots[i];
        EXPECT_EQ(s.batches, expected[i]);
        EXPECT_EQ(s.images, 2 * expected[i]);
        const bool hasHalf = s.batches % 2 == 0;
        EXPECT_EQ(s.withHalf, hasHalf ? jaccard(choices[s.batches], choices[s.batches / 2]) : -1.0);
        EXPECT_EQ(s.withFinal, jaccard(choices[s.batches], choices[7]));
        anyDiffers = anyDiffers || s.withFinal < 1;
      }
      EXPECT_TRUE(anyDiffers);
      EXPECT_EQ(field.snapshots.back().withFinal, 1);
    }
}

}  // namespace
}  // namespace gps
