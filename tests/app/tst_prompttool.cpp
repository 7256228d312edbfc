// Outlining a case by box and points in the window, on a made-up engine.
#include <QSignalSpy>
#include <QTest>

#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/prompttool.h"
#include "app/pages/casespage.h"
#include "widgets/button.h"
#include "widgets/casetable.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/promptlayer.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestPromptTool : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void saysWhyPointsAreOff() {
    openCase(false);
    QVERIFY(tool()->button()->isEnabled());
    tool()->setOn(true);
    QVERIFY(tool()->layer()->isVisible());
    QVERIFY(text().contains(u"LiteMedSAM was trained with boxes"_s));
    QTest::mouseClick(tool()->layer(), Qt::LeftButton, {}, view({30, 30}));
    QCOMPARE(m_engine->segments.size(), 0);
    drag({10, 10}, {50, 50});
    QCOMPARE(m_engine->segments.size(), 1);
    QVERIFY(m_engine->segments.last().prompts.box.has_value());
    tool()->setOn(false);
    openCase(true);
    tool()->setOn(true);
    QVERIFY(!text().contains(u"trained with boxes"_s));
  }

  void theAnswerStandsInForThePrediction() {
    openCase(true);
    tool()->setOn(true);
    QTest::mouseClick(tool()->layer(), Qt::LeftButton, {}, view({32, 32}));
    QCOMPARE(m_engine->segments.size(), 1);
    QCOMPARE(m_engine->segments.last().prompts.points.size(), 1u);
    QCOMPARE(m_engine->segments.last().caseId, m_window->casesPage()->table()->currentId());
    m_engine->say(m_engine->lastSmall(), PictureBeingRead{m_engine->lastSmall()});
    QVERIFY(text().contains(u"Reading the picture"_s));
    answer(12);
    QTRY_VERIFY(shownMap() && shownMap()->values[32 * 64 + 32] > 0.9F);
    QVERIFY(shownMap()->values[32 * 64 + 50] < 0.5F);
    QVERIFY(tool()->prompting().lastMs() >= 0);
    // Every figure of the picture is of the answer, its outline's, too: nothing else is there to be measured.
    const auto value = [this](const QString& key) {
      for (auto* list : m_window->casesPage()->findChildren<ui::KeyValueList*>())
        for (const auto& row : list->rows())
          if (row.key == key) return row.value;
      return QString();
    };
    QVERIFY(value(u"Dice"_s) != u"–"_s);
    QTRY_VERIFY2(value(u"HD95, px"_s).toDouble() > 0, qPrintable(value(u"HD95, px"_s)));
    // The threshold acts on the same values.
    const QImage half = m_window->casesPage()->viewer()->composed();
    OverlayStyle style = m_window->casesPage()->lookCard()->style();
    style.threshold = 0.01;
    Q_EMIT m_window->casesPage()->lookCard()->styleChanged(style);
    QVERIFY(m_window->casesPage()->viewer()->composed() != half);
    tool()->setOn(false);
    QVERIFY(!tool()->speaks());
  }

  void takesPromptsBackOneByOne() {
    openCase(true);
    tool()->setOn(true);
    QTest::mouseClick(tool()->layer(), Qt::LeftButton, {}, view({20, 20}));
    answer(6);
    QTest::mouseClick(tool()->layer(), Qt::RightButton, {}, view({40, 40}));
    answer(8);
    drag({5, 5}, {60, 60});
    answer(20);
    auto& prompting = tool()->prompting();
    QTRY_VERIFY(!prompting.isPending());
    QCOMPARE(prompting.prompts().points.size(), 2u);
    QVERIFY(prompting.prompts().box);
    QVERIFY(!prompting.prompts().points[1].include);
    const auto before = m_engine->segments.size();
    QTest::keyClick(tool()->layer(), Qt::Key_Backspace);
    QVERIFY(!prompting.prompts().box);
    QCOMPARE(m_engine->segments.size(), before + 1);
    QCOMPARE(m_engine->segments.last().prompts, prompting.prompts());
    QTest::keyClick(tool()->layer(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(tool()->layer(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(prompting.prompts().empty());
    QVERIFY(!prompting.canUndo());
    QVERIFY(!tool()->speaks());
    QVERIFY(!m_window->session().document().history().canUndo() || m_window->session().document().history().undoName() != u"box"_s);
    QTest::keyClick(tool()->layer(), Qt::Key_Escape);
    QVERIFY(!tool()->isOn());
  }

  void theNewestQuestionCounts() {
    openCase(true);
    tool()->setOn(true);
    auto& prompting = tool()->prompting();
    prompting.addPoint(20, 20, true);
    const RunId first = m_engine->lastSmall();
    prompting.addPoint(30, 30, true);
    QCOMPARE(m_engine->segments.size(), 2);
    m_engine->say(first, Segmented{first, std::make_shared<const ProbabilityMap>(disc(5)), 0.9, 0.05, true, {}});
    QTest::qWait(30);
    QVERIFY(!shownMap());
    answer(9);
    QTRY_VERIFY(shownMap() != nullptr);
    QVERIFY(!prompting.isPending());
  }

  // What a job ended before it came to is asked again.
  void aLostQuestionIsAskedAgain() {
    openCase(true);
    tool()->setOn(true);
    m_window->session().scoreCases();
    tool()->prompting().addPoint(20, 20, true);
    const RunId number = m_engine->lastSmall();
    const auto asked = m_engine->segments.size();
    m_engine->say(number, SegmentingWaits{number});
    QVERIFY(text().contains(u"present job"_s));
    QCOMPARE(m_engine->segments.size(), asked);
    m_engine->end();
    QTRY_VERIFY(m_engine->segments.size() > asked);
    answer(9);
    QTRY_VERIFY(shownMap() != nullptr);
  }

  void aFailureIsSaid() {
    openCase(true);
    tool()->setOn(true);
    tool()->prompting().addPoint(20, 20, true);
    Segmented none;
    none.request = m_engine->lastSmall();
    none.problem = u"no memory"_s;
    m_engine->say(m_engine->lastSmall(), none);
    QVERIFY(text().contains(u"no memory"_s));
    QVERIFY(!tool()->prompting().isPending());
  }

  void theSameRunIsAppliedAndRemoved() {
    openCase(true);
    train();
    m_window->showPage(u"cases"_s);
    QTRY_VERIFY(tool()->button()->isEnabled());
    tool()->setOn(true);
    tool()->prompting().addPoint(32, 32, true);
    const SegmentRequest withRun = m_engine->segments.last();
    QVERIFY(withRun.epoch > 0);
    answer(12);
    auto* base = button(u"Without training"_s);
    QTRY_VERIFY(base->isEnabled());
    base->click();
    QCOMPARE(m_engine->segments.last().epoch, 0);
    QCOMPARE(m_engine->segments.last().prompts, withRun.prompts);
    answer(6);
    QTRY_VERIFY(shownMap() && shownMap()->values[32 * 64 + 42] < 0.5F);
    const auto asked = m_engine->segments.size();
    base->click();  // both answers are kept
    QTRY_VERIFY(shownMap() && shownMap()->values[32 * 64 + 42] > 0.5F);
    QVERIFY(m_engine->segments.size() <= asked + 1);
  }

  void keyOnAndOff() {
    openCase(true);
    m_window->casesPage()->viewer()->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_P);
    QTRY_VERIFY(tool()->isOn());
    QTest::keyClick(tool()->layer(), Qt::Key_P);
    QTRY_VERIFY(!tool()->isOn());
  }

  void plainWords() {
    openCase(true);
    tool()->setOn(true);
    for (const auto* label : tool()->findChildren<QLabel*>())
      for (const char* word : {"logit", "embedding", "tensor", "prompt"})
        QVERIFY2(!label->text().contains(QString::fromLatin1(word), Qt::CaseInsensitive), qPrintable(label->text()));
  }

 private:
  PromptTool* tool() const { return m_window->casesPage()->promptTool(); }
  QPoint view(const QPointF& at) const { return m_window->casesPage()->viewer()->widgetAt(at).toPoint(); }
  QString text() const {
    QString all;
    for (const auto* label : tool()->findChildren<QLabel*>()) all += label->text() + u'\n';
    return all;
  }
  ui::Button* button(const QString& words) const {
    for (auto* b : tool()->findChildren<ui::Button*>())
      if (b->text() == words) return b;
    return nullptr;
  }
  std::shared_ptr<const ProbabilityMap> shownMap() const {
    const auto sources = tool()->sources();
    const auto map = sources.isEmpty() || !tool()->speaks() ? nullptr : tool()->map(sources.first());
    return map ? map->source() : nullptr;
  }
  static ProbabilityMap disc(double radius) {
    ProbabilityMap map{DiscImages::kSide, DiscImages::kSide, {}};
    for (int y = 0; y < DiscImages::kSide; ++y)
      for (int x = 0; x < DiscImages::kSide; ++x) map.values.push_back(float(1 / (1 + std::exp(std::hypot(x - 32, y - 32) - radius))));
    return map;
  }
  void answer(double radius) {
    const RunId number = m_engine->lastSmall();
    m_engine->say(number, Segmented{number, std::make_shared<const ProbabilityMap>(disc(radius)), 0.9, 0.05, true, {}});
    QTRY_VERIFY(!tool()->prompting().isPending() || m_engine->lastSmall() != number);
  }
  void drag(const QPointF& from, const QPointF& to) {
    auto* layer = tool()->layer();
    QTest::mousePress(layer, Qt::LeftButton, {}, view(from));
    QTest::mouseMove(layer, view((from + to) / 2));
    QTest::mouseMove(layer, view(to));
    QTest::mouseRelease(layer, Qt::LeftButton, {}, view(to));
  }
  void openCase(bool takesPoints) {
    openPictures();
    ModelOpened opened = sampleModel();
    if (takesPoints) {
      auto info = std::make_shared<ModelInfo>(*opened.info);
      info->description.id = "sam_vit_b";
      info->description.title = "SAM ViT-B";
      info->description.takesPoints = true;
      opened.info = info;
    }
    openModel(opened);
    m_window->showPage(u"cases"_s);
    QTRY_VERIFY(tool()->button()->isEnabled());
  }
  void train() {
    m_window->session().runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    m_window->session().startTraining();
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
    m_engine->end();
  }
};

QTEST_MAIN(TestPromptTool)
#include "tst_prompttool.moc"
