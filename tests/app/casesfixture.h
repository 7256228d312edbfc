#pragma once
// The page of cases over a made-up engine: pictures of a disc, a run of two epochs, predictions that are soft discs.
#include <QDir>
#include <QTest>
#include <cmath>
#include <string>
#include <vector>

#include "app/pages/casespage.h"
#include "windowfixture.h"

namespace gps::app {

class CasesFixture : protected WindowFixture {
 protected:
  CasesPage& page() const { return *m_window->casesPage(); }

  // Pictures, of which so many validate, and a model; the page is shown.
  void openCases(int validation) {
    const QString folder = m_dir->path() + QStringLiteral("/of%1").arg(validation);  // another number: other pictures
    QDir().mkpath(folder);
    session().openPictures(folder);
    const RunId list = m_engine->last();
    m_engine->say(list - 1, sampleData(6, validation));
    m_engine->end();
    openModel();
    m_engine->say(list, JobEnded{JobKind::ListRuns, JobOutcome::Finished, {}});
    m_window->showPage(QStringLiteral("cases"));
    QVERIFY(!page().isEmptyShown());
  }

  // A run of two epochs is shown and scored. One radius a case: after its best epoch; the untuned model finds little.
  void scoreRun(const std::vector<double>& radii) {
    RunRecord record;
    record.folder = session().project().runsFolder().toStdString() + "/shown";
    record.epochs = {sampleEpoch(0), sampleEpoch(1), sampleEpoch(2)};
    record.bestEpoch = 2;
    record.finished = true;
    session().showRun(record);
    session().scoreCases();
    const auto untuned = cone(12);
    for (const int epoch : {0, 2}) {
      CasesScored m{m_engine->scoreRequest.runFolder, epoch, {}};
      for (std::size_t i = 0; i < radii.size(); ++i) {
        const auto map = epoch == 0 ? untuned : cone(radii[i]);
        m.cases.push_back({{"case_" + std::to_string(6 + i), countsOf(*map, 0.5F)}, map});
      }
      auto summary = std::make_shared<SegmentationScore>();
      summary->n = int(radii.size());
      m_engine->say(std::move(m));
      m_engine->say(ScoringDone{m_engine->scoreRequest.runFolder, epoch, summary});
      m_engine->end();
    }
  }

  // A soft disc: 1 in the middle, falling to 0 at the given radius.
  static std::shared_ptr<const ProbabilityMap> cone(double radius) {
    constexpr int kSide = DiscImages::kSide;
    auto map = std::make_shared<ProbabilityMap>(ProbabilityMap{kSide, kSide, {}});
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) map->values.push_back(float(std::max(0.0, 1 - std::hypot(x - 32, y - 32) / radius)));
    return map;
  }

  static PixelCounts countsOf(const ProbabilityMap& map, float threshold) {
    const MaskImage truth = DiscImages().loadMask({});
    PixelCounts counts;
    for (std::size_t i = 0; i < map.values.size(); ++i) {
      const bool said = map.values[i] > threshold, is = truth.pixels[i] > 127;
      ++(said ? (is ? counts.truePositive : counts.falsePositive) : (is ? counts.falseNegative : counts.trueNegative));
    }
    return counts;
  }
};

}  // namespace gps::app
