// Which selections a gradient pass answers.
#include <QTest>
#include <functional>

#include "app/engine/schemes.h"

using namespace gps;
using namespace gps::app;

namespace {

SelectionSpec recipe() {
  SelectionSpec spec;
  spec.batch = 8;
  spec.dataHash = "data";
  spec.baseHash = "base";
  spec.modelId = "vit";
  spec.imageSize = 224;
  spec.preprocess = PreprocessKind::Crop;
  return spec;
}

using Change = std::function<void(SelectionSpec&)>;

}  // namespace

class TestSchemes : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aPassAnswersWhatItMeasured_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("isAnswered");
    const auto row = [](const char* name, bool isAnswered, const Change& change) { QTest::newRow(name) << change << isAnswered; };
    row("nothing", true, [](auto&) {});
    row("K", true, [](auto& s) { s.keptPerRow = 20; });
    row("share", true, [](auto& s) { s.share = 0.01; });
    row("level", true, [](auto& s) { s.level = Level::Net; });
    row("budget of a layer", true, [](auto& s) { s.layerBudget = LayerBudget::Rows; });
    row("criterion of the same field", true, [](auto& s) { s.criterion = Criterion::WeightGradient; });
    row("criterion without a field", true, [](auto& s) { s.criterion = Criterion::Random; });
    row("excluded block", true, [](auto& s) { s.excludedBlocks = {"7"}; });
    row("excluded kind", true, [](auto& s) { s.excludedKinds = {"fc1"}; });
    row("pieces of a batch", true, [](auto& s) { s.microBatch = 2; });
    row("trace", true, [](auto& s) { s.trace = true; });
    row("criterion of another field", false, [](auto& s) { s.criterion = Criterion::Fisher; });
    row("loss", false, [](auto& s) { s.loss = LossKind::Contrastive; });
    row("decoder too", false, [](auto& s) { s.decoder = DecoderMode::Sparse; });
    row("batch", false, [](auto& s) { s.batch = 4; });
    row("number of pictures", false, [](auto& s) { s.limit = 100; });
    row("seed", false, [](auto& s) { s.seed = 7; });
    row("drop-path", false, [](auto& s) { s.dropPath = 0.1; });
    row("views", false, [](auto& s) { s.randomInterpolation = true; });
    row("early stop", false, [](auto& s) { s.earlyStop = 0.95; });
    row("data", false, [](auto& s) { s.dataHash = "other"; });
    row("weights", false, [](auto& s) { s.baseHash = "other"; });
    row("model", false, [](auto& s) { s.modelId = "swin"; });
    row("picture size", false, [](auto& s) { s.imageSize = 384; });
    row("prompt", false, [](auto& s) { s.prompt = PromptMode::Full; });
    row("preprocessing", false, [](auto& s) { s.preprocess = PreprocessKind::Squash; });
  }
  void aPassAnswersWhatItMeasured() {
    QFETCH(Change, change);
    QFETCH(bool, isAnswered);
    SelectionSpec wanted = recipe();
    change(wanted);
    QCOMPARE(isAnsweredBy(true, recipe(), wanted), isAnswered);
  }

  void theDecodersPassAnswersForTheEncoderUnlessItEndsByItsChoice() {
    SelectionSpec pass = recipe();
    pass.decoder = DecoderMode::Sparse;
    QVERIFY(isAnsweredBy(true, pass, recipe()));
    SelectionSpec wanted = recipe();
    pass.earlyStop = wanted.earlyStop = 0.95;
    QVERIFY(!isAnsweredBy(true, pass, wanted));
    wanted.decoder = DecoderMode::Sparse;
    QVERIFY(isAnsweredBy(true, pass, wanted));
  }

  void withoutAPassOnlyWhatNeedsNone() {
    SelectionSpec wanted = recipe();
    QVERIFY(!isAnsweredBy(false, recipe(), wanted));
    wanted.criterion = Criterion::Magnitude;
    QVERIFY(isAnsweredBy(false, {}, wanted));
  }
};

QTEST_GUILESS_MAIN(TestSchemes)
#include "tst_schemes.moc"
