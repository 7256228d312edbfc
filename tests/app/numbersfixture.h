#pragma once
// A window over a made-up engine with pictures, weights and a reader: four validation cases with outlines are scored by the untuned model.
#include <QFile>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "core/evaluation/figures/summary.h"
#include "windowfixture.h"

namespace gps::app {

class NumbersFixture : protected WindowFixture {
 protected:
  void begin() {
    WindowFixture::begin();
    m_settings->setReaderName(QStringLiteral("Ann"));
    openWindow();
    openPictures();
    openModel();
  }
  // In a new window; the engine answers with pictures and weights.
  void openProject(const QString& folder) {
    openWindow();
    m_window->session().openProjectFolder(folder);
    m_engine->say(m_engine->last() - 2, sampleData());  // pictures, weights, runs
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
  }
  void openWindow() {
    m_window.reset();
    m_engine = std::make_unique<FakeEngine>();
    showWindow();
  }
  // Four validation cases: good, poor, shifted, and one with nothing predicted.
  void score() {
    m_window->session().scoreCases();
    answerScoring();
  }
  void answerScoring() {
    CasesScored scored{{}, 0, {}};
    std::vector<CaseScore> cases;
    const auto map = std::make_shared<ProbabilityMap>(discMap(14));
    for (int i = 0; i < 4; ++i) {
      CaseScore c{"case_" + std::to_string(6 + i), m_counts[std::size_t(i)]};
      const bool isEmpty = c.counts.truePositive + c.counts.falsePositive == 0;
      c.boundary = isEmpty ? BoundaryScore{60, 0, 0, 0, 0.7} : BoundaryScore{60, 50, 20 + i, 30 - i, 0.7, 3.0 + i};
      c.allOn = BoundaryScore{60, 250, 0, 0, 0.7, 40};
      cases.push_back(c);
      scored.cases.push_back({c, map});
    }
    m_engine->say(std::move(scored));
    m_engine->say(ScoringDone{{}, 0, std::make_shared<const SegmentationScore>(summarise(cases))});
    m_engine->end();
  }
  static QByteArray textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  const std::vector<PixelCounts> m_counts{{700, 50, 90, 3256}, {200, 300, 590, 3006}, {500, 290, 290, 3016}, {0, 0, 790, 3306}};
};

}  // namespace gps::app
