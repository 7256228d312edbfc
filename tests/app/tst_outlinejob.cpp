// Scores at another threshold with the real engine: counts and outlines are those of a slow comparison of the very maps that the scores at
// the usual threshold are made of.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "app/demorun.h"
#include "app/engine/coreengine.h"
#include "core/data/phantom/phantom.h"
#include "core/io/imagewriter.h"
#include "core/values/thresholdcounts.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

struct Place {
  int x, y;
};

// Of the pixels that are on, those with a neighbour that is off or outside.
std::vector<Place> outline(const std::vector<bool>& on, int width, int height) {
  const auto isOn = [&](int x, int y) { return x >= 0 && y >= 0 && x < width && y < height && on[std::size_t(y * width + x)]; };
  std::vector<Place> places;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      if (isOn(x, y) && !(isOn(x - 1, y) && isOn(x + 1, y) && isOn(x, y - 1) && isOn(x, y + 1))) places.push_back({x, y});
  return places;
}

std::vector<double> distances(const std::vector<Place>& from, const std::vector<Place>& to) {
  std::vector<double> all;
  for (const Place& a : from) {
    double least = INFINITY;
    for (const Place& b : to) least = std::min(least, std::hypot(a.x - b.x, a.y - b.y));
    all.push_back(least);
  }
  return all;
}

struct Slow {
  double f = 0, hd95 = 0;
};

Slow compareSlowly(const ProbabilityMap& map, const MaskImage& truth, float threshold) {
  std::vector<bool> said, is;
  for (std::size_t i = 0; i < map.values.size(); ++i) said.push_back(map.values[i] > threshold), is.push_back(truth.pixels[i] > 127);
  const auto a = outline(said, map.width, map.height), b = outline(is, map.width, map.height);
  auto there = distances(a, b);
  const auto back = distances(b, a);
  const double tolerance = 0.0075 * std::hypot(map.width, map.height);
  const auto near = [&](const std::vector<double>& d) {
    return double(std::count_if(d.begin(), d.end(), [&](double v) { return v <= tolerance; })) / double(d.size());
  };
  const double precision = near(there), recall = near(back);
  there.insert(there.end(), back.begin(), back.end());
  std::sort(there.begin(), there.end());
  const double place = 0.95 * double(there.size() - 1);
  const auto low = std::size_t(place);
  const double high = there[std::min(low + 1, there.size() - 1)];
  return {precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0,
          there[low] + (place - double(low)) * (high - there[low])};
}

}  // namespace

class TestOutlineJob : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void figuresAreThoseOfTheMaps() {
    const QString weights = findSampleWeights();
    if (weights.isEmpty()) QSKIP("the sample weights are not there: set GPS_DEPS or GPS_WEIGHTS");
    const PictureWriters writers{[](const std::string& path, const RgbImage& image) { writeRgb(path, image); },
                                 [](const std::string& path, const MaskImage& mask) { writeMask(path, mask); }};
    writePhantomDataset((m_dir.path() + "/set"_L1).toStdString(), 1, 3, 256, 7, writers);
    CoreEngine engine;
    std::shared_ptr<const DataSummary> data;
    std::shared_ptr<const ImageSource> images;
    std::map<std::string, std::shared_ptr<const ProbabilityMap>> maps;
    std::shared_ptr<const SegmentationScore> score;
    int scored = 0;
    connect(&engine, &EngineApi::message, this, [&](const EngineMessage& m) {
      if (const auto* opened = std::get_if<DataOpened>(&m.body)) data = opened->summary, images = opened->images;
      if (const auto* done = std::get_if<ScoringDone>(&m.body)) score = done->score;
      if (const auto* cases = std::get_if<CasesScored>(&m.body))
        for (const CaseResult& c : cases->cases) maps[c.score.id] = c.map, ++scored;
    });
    ModelSpec model;
    model.weightsPath = weights.toStdString();
    model.imageSize = 128;
    model.prompt = PromptMode::Full;  // without a prompt the untuned model outlines nothing
    engine.openData(m_dir.path() + "/set"_L1);
    engine.openModel(model, {DeviceKind::Auto, Precision::Fp32, 1});
    engine.score({model, {}, 0, u"val"_s, 2});
    QTRY_VERIFY_WITH_TIMEOUT(score && engine.state() == RunState::Idle, 120000);
    QCOMPARE(scored, 3);
    const auto usual = score;
    score.reset();
    engine.score({model, {}, 0, u"val"_s, 2, 0.37});
    QTRY_VERIFY_WITH_TIMEOUT(score && engine.state() == RunState::Idle, 120000);
    QCOMPARE(scored, 3);  // the maps are not sent once more
    QCOMPARE(score->perImage.size(), std::size_t(3));
    int others = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const CaseScore& c = score->perImage[i];
      const ProbabilityMap& map = *maps.at(c.id);
      const auto item = std::find_if(data->items.begin(), data->items.end(), [&](const DataItem& d) { return d.id == c.id; });
      const MaskImage truth = images->loadMask(item->maskPath);
      QCOMPARE(c.counts, ThresholdCounts::of(map, truth).at(0.37));
      QVERIFY(c.boundary && c.boundary->truthPixels > 0 && c.boundary->predictedPixels > 0);
      const Slow slow = compareSlowly(map, truth, float(0.37));
      QVERIFY2(std::abs(c.boundary->f() - slow.f) < 1e-12, qPrintable(u"%1 %2"_s.arg(c.boundary->f()).arg(slow.f)));
      QVERIFY2(std::abs(c.boundary->hd95() - slow.hd95) < 1e-9, qPrintable(u"%1 %2"_s.arg(c.boundary->hd95()).arg(slow.hd95)));
      QCOMPARE(c.allOn->hd95(), usual->perImage[i].allOn->hd95());  // at every threshold the same
      others += c.boundary->predictedPixels != usual->perImage[i].boundary->predictedPixels;
    }
    QVERIFY(others > 0);
  }

 private:
  QTemporaryDir m_dir;
};

QTEST_MAIN(TestOutlineJob)
#include "tst_outlinejob.moc"
