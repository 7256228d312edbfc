// The whole window on a made-up engine: empty states, what a user sees after each answer, language and theme at run time.
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

#include "app/pages/casespage.h"
#include "app/pages/comparepage.h"
#include "app/pages/selectionpage.h"
#include "app/pages/trainpage.h"
#include "runfolders.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/button.h"
#include "widgets/casetable.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/kslider.h"
#include "widgets/navigationrail.h"
#include "widgets/pageheader.h"
#include "widgets/schemebars.h"
#include "widgets/sharedbars.h"
#include "widgets/statusstrip.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestWindow : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    m_engine->sets.answers = true;
    m_engine->sets.files = {sampleSelection(u"textures"_s, 69000), sampleSelection(u"sign digits"_s, 69000)};
    showWindow();
  }
  void cleanup() { end(); }

  void emptyStates_data() {
    QTest::addColumn<QString>("page");
    for (const char* id : {"data", "model", "selection", "compare", "train", "cases"}) QTest::newRow(id) << QString::fromLatin1(id);
  }
  void emptyStates() {
    QFETCH(QString, page);
    m_window->showPage(page);
    QCOMPARE(m_window->currentPage(), page);
    Page* p = m_window->page(page);
    QVERIFY(p->isVisible());
    QVERIFY(p->isEmptyShown());
    QVERIFY(p->emptyState()->isVisible());
    const auto buttons = p->emptyState()->findChildren<QPushButton*>();
    const bool hasButton = std::any_of(buttons.begin(), buttons.end(), [](auto* b) { return b->isVisible() && !b->text().isEmpty(); });
    QVERIFY(hasButton);
  }

  void emptyStateLeadsToTheMissingStep() {
    m_window->showPage(u"selection"_s);
    Q_EMIT m_window->page(u"selection"_s)->emptyState()->primaryRequested();
    QCOMPARE(m_window->currentPage(), u"data"_s);
  }

  void homeLeadsToTheNextStep() {
    const auto nextPage = [this] {
      m_window->showPage(u"home"_s);
      QStringList primary;
      for (auto* button : m_window->page(u"home"_s)->findChildren<ui::Button*>())
        if (button->isVisible() && button->role() == ui::ButtonRole::Primary) primary << button->text();
      if (primary != QStringList{u"Go on"_s}) return primary.join(u", "_s);
      for (auto* button : m_window->page(u"home"_s)->findChildren<ui::Button*>())
        if (button->text() == u"Go on"_s) button->click();
      return m_window->currentPage();
    };
    QCOMPARE(nextPage(), u"Open demo project"_s);
    openPictures();
    QCOMPARE(nextPage(), u"model"_s);
    openModel();
    QCOMPARE(nextPage(), u"selection"_s);
    runPass();
    QCOMPARE(nextPage(), u"train"_s);
  }

  // Whoever names the block, every view shows it.
  void oneBlockLightsUpEverywhere() {
    openAll();
    auto* bars = m_window->selectionPage()->findChild<ui::BlockBars*>();
    auto* tree = m_window->selectionPage()->findChild<ui::BlockTree*>();
    auto* schemes = m_window->selectionPage()->findChild<ui::SchemeBars*>();
    auto* shared = m_window->comparePage()->findChild<ui::SharedBars*>();
    auto* parts = m_window->page(u"model"_s)->findChild<QTreeWidget*>();
    QVERIFY(bars && tree && schemes && shared && parts);
    const auto shown = [&] {
      const QTreeWidgetItem* part = parts->currentItem();
      return QStringList{bars->highlightedBlock(), tree->currentIndex().data(ui::BlockTreeModel::BlockRole).toString(),
                         schemes->highlightedBlock(), shared->highlightedBlock(), part ? part->text(0) : QString()};
    };
    const auto all = [](const QString& block) { return QStringList{block, block, block, block, ui::blockLabel(block)}; };
    Q_EMIT bars->blockActivated(u"1.0"_s);
    QCOMPARE(shown(), all(u"1.0"_s));
    Q_EMIT tree->rowActivated(u"2.0"_s, u"fc1"_s);
    QCOMPARE(shown()[0], u"2.0"_s);
    QCOMPARE(shown()[4], ui::blockLabel(u"2.0"_s));
    QCOMPARE(session().blockFocus().kind(), u"fc1"_s);
    Q_EMIT schemes->blockActivated(u"0.0"_s);
    QCOMPARE(shown(), all(u"0.0"_s));
    ui::SharedBlock block;
    block.block = u"1.0"_s;
    shared->setBlocks({block}, 2);
    Q_EMIT shared->itemActivated(0);
    QCOMPARE(shown(), all(u"1.0"_s));
    parts->setCurrentItem(parts->topLevelItem(3));
    QCOMPARE(shown(), all(u"2.0"_s));
    // What is filled anew keeps it.
    session().setExcluded({u"0.0"_s}, {});
    runPass();
    QCOMPARE(shown(), all(u"2.0"_s));
    session().openDemo();
    QVERIFY(session().blockFocus().block().isEmpty());
    QVERIFY(schemes->highlightedBlock().isEmpty());
  }

  void sliderMovesTheBarsAtOnce() {
    openAll();
    m_window->showPage(u"selection"_s);
    SelectionPage* page = m_window->selectionPage();
    QVERIFY(!page->isEmptyShown());
    QCOMPARE(page->bars()->blockCount(), 4);
    const QStringList before = page->bars()->blockLines(u"0.0"_s);
    Q_EMIT page->slider()->keptPerRowChanged(5);
    QVERIFY(page->bars()->blockLines(u"0.0"_s) != before);
    QCOMPARE(m_window->session().project().selection.keptPerRow, 5);
    Q_EMIT page->slider()->keptPerRowCommitted(5);
    QVERIFY(m_window->session().document().save());
    QCOMPARE(readProject(m_window->session().project().folder).selection.keptPerRow, 5);
    QBENCHMARK {  // well under a frame
      for (int k = 1; k <= 64; ++k) Q_EMIT page->slider()->keptPerRowChanged(k);
    }
  }

  void gradientPassShowsProgressAndCancels() {
    openAll();
    m_window->showPage(u"selection"_s);
    m_window->session().runGradientPass();
    Progress progress;
    progress.stage = "gradient";
    progress.unit = "images";
    progress.done = 3;
    progress.total = 6;
    m_engine->say(progress);
    auto* strip = m_window->findChild<ui::StatusStrip*>();
    QCOMPARE(strip->state(), ui::JobState::Running);
    Q_EMIT strip->cancelRequested();
    QCOMPARE(m_engine->state(), RunState::Stopping);
    QCOMPARE(strip->state(), ui::JobState::Stopping);
    m_engine->end(JobOutcome::Cancelled);
    QCOMPARE(strip->state(), ui::JobState::Cancelled);
    QVERIFY(m_window->session().table());  // the old one stays
  }

  void curvesGrowWhileTraining() {
    openAll();
    m_window->showPage(u"train"_s);
    m_window->session().startTraining();
    ui::CurvePlot* curves = m_window->trainPage()->curves();
    m_engine->say(EpochDone{sampleEpoch(0)});
    m_engine->say(StepsAdded{{{1, 0.2, 1.5, 1e-3}, {2, 0.4, 1.3, 1e-3}}});
    QCOMPARE(curves->pointCount(0), 2);
    QCOMPARE(curves->pointCount(2), 1);
    m_engine->say(StepsAdded{{{3, 0.6, 1.2, 1e-3}}});
    m_engine->say(EpochDone{sampleEpoch(1)});
    QCOMPARE(curves->pointCount(0), 3);
    QCOMPARE(curves->pointCount(2), 2);
    m_window->trainPage()->pauseOrContinue();
    QCOMPARE(m_engine->state(), RunState::Pausing);
    m_engine->reachGate();
    QCOMPARE(m_window->findChild<ui::StatusStrip*>()->state(), ui::JobState::Paused);
    m_window->trainPage()->pauseOrContinue();
    QCOMPARE(m_engine->state(), RunState::Running);
  }

  void casesAreWorstFirstAndAskForPredictions() {
    openAll();
    train();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    const auto map = std::make_shared<ProbabilityMap>(ProbabilityMap{64, 64, std::vector<float>(64 * 64, 0.9F)});
    const auto scored = [&](int epoch, std::vector<PixelCounts> counts) {
      CasesScored m{m_engine->scoreRequest.runFolder, epoch, {}};
      for (int i = 0; i < 4; ++i) m.cases.push_back({{"case_" + std::to_string(6 + i), counts[std::size_t(i)]}, map});
      m_engine->say(std::move(m));
      m_engine->say(ScoringDone{m_engine->scoreRequest.runFolder, epoch, std::make_shared<SegmentationScore>()});
      m_engine->end();
    };
    scored(0, {{1, 9, 9, 1}, {1, 9, 9, 1}, {1, 9, 9, 1}, {1, 9, 9, 1}});
    scored(2, {{9, 1, 1, 1}, {2, 8, 8, 1}, {5, 5, 5, 1}, {7, 3, 3, 1}});
    QCOMPARE(page->table()->visibleIds(), (QStringList{u"case_7"_s, u"case_8"_s, u"case_9"_s, u"case_6"_s}));
    page->showCase(u"case_8"_s);
    QTRY_VERIFY(page->isSettled());
    QTest::keyClick(page->viewer(), Qt::Key_D);
    QTRY_COMPARE(page->table()->currentId(), u"case_9"_s);
    QTest::keyClick(page->viewer(), Qt::Key_A);
    QTRY_COMPARE(page->table()->currentId(), u"case_8"_s);
    QTest::keyClick(page->viewer(), Qt::Key_W);
    QCOMPARE(page->viewer()->mode(), ui::ImageViewer::Mode::Wipe);
  }

  void picturesAreAskedForWhileTraining() {
    openAll();
    m_window->session().startTraining();
    m_engine->say(EpochDone{sampleEpoch(0)});
    m_window->showPage(u"cases"_s);
    // What is shown first, then what it is compared with.
    QTRY_COMPARE(m_engine->predictions, 1);
    QCOMPARE(m_engine->predicted.epoch, Session::kNow);
    m_engine->say(Predicted{m_engine->predicted.caseId, m_engine->predicted.runFolder, Session::kNow,
                            std::make_shared<const ProbabilityMap>(discMap(9))});
    QTRY_COMPARE(m_engine->predictions, 2);
    QCOMPARE(m_engine->predicted.epoch, 0);
  }

  void languageAtRunTime() {
    openAll();
    m_window->showPage(u"selection"_s);
    m_window->session().setKeptPerRow(9);
    auto* header = m_window->selectionPage()->findChild<ui::PageHeader*>();
    QCOMPARE(header->title(), u"Selection"_s);
    QVERIFY(m_languages->use(u"zh_CN"_s));
    QTRY_VERIFY(header->title() != u"Selection"_s);
    QVERIFY(header->title().at(0).unicode() > 0x2E80);
    QCOMPARE(m_window->selectionPage()->slider()->keptPerRow(), 9);
    QCOMPARE(m_window->currentPage(), u"selection"_s);
    QVERIFY(!m_languages->use(u"xx_YY"_s));  // falls back
    QTRY_COMPARE(header->title(), u"Selection"_s);
  }

  void themeAtRunTime() {
    openAll();
    m_window->showPage(u"train"_s);
    m_window->session().startTraining();
    m_engine->say(StepsAdded{{{1, 0.2, 1.5, 1e-3}}});
    const QImage light = m_window->grab().toImage();
    m_window->setTheme(u"dark"_s);
    QVERIFY(ui::Theme::instance().isDark());
    QCOMPARE(m_window->trainPage()->curves()->pointCount(0), 1);
    const QImage dark = m_window->grab().toImage();
    const QPoint corner(light.width() - 3, 3);
    QVERIFY(light.pixelColor(corner).lightness() > 200);
    QVERIFY(dark.pixelColor(corner).lightness() < 80);
    m_window->setTheme(u"light"_s);
  }

  // With GPS_SHOTS=DIR the pictures are kept, to be looked at.
  void everyPageInEveryThemeAndLanguage() {
    openAll();
    train();
    const auto map = std::make_shared<ProbabilityMap>(discMap(18));
    const auto before = std::make_shared<ProbabilityMap>(discMap(9));
    for (const int epoch : {0, 2}) {
      CasesScored m{m_engine->scoreRequest.runFolder, epoch, {}};
      auto summary = std::make_shared<SegmentationScore>();
      summary->n = 4;
      summary->diceMean = epoch == 0 ? 0.31 : 0.84;
      summary->iouMean = epoch == 0 ? 0.22 : 0.76;
      for (int i = 0; i < 4; ++i)
        m.cases.push_back({{"case_" + std::to_string(6 + i), {600 + 50 * i, 200 - 40 * i, 180, 3000}}, epoch == 0 ? before : map});
      m_engine->say(std::move(m));
      m_engine->say(ScoringDone{m_engine->scoreRequest.runFolder, epoch, summary});
      m_engine->end();
    }
    m_window->session().setKeptPerRow(3);
    const QString folder = qEnvironmentVariable("GPS_SHOTS");
    test::writeRun(m_window->session().project().runsFolder().toStdString() + "/k1", {});
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->page(u"runs"_s)->isEmptyShown(), 20000);
    for (const char* theme : {"light", "dark", "contrast"}) {
      m_window->setTheme(QString::fromLatin1(theme));
      for (const char* code : {"en", "zh_CN"}) {
        QVERIFY(m_languages->use(QString::fromLatin1(code)));
        for (const QString& id : m_window->pageIds()) {
          m_window->showPage(id);
          if (id == "cases"_L1) QTRY_VERIFY(m_window->casesPage()->isSettled());
          if (id == "compare"_L1) QTRY_VERIFY(m_window->comparePage()->isSettled());
          QTest::qWait(folder.isEmpty() ? 10 : 400);
          const QPixmap shot = m_window->grab();
          QCOMPARE(shot.size(), m_window->size() * shot.devicePixelRatio());
          // No folder of new pictures and no video was chosen; those pages are filled in tst_newpictures and tst_video.
          QCOMPARE(m_window->page(id)->isEmptyShown(), id == "newpictures"_L1 || id == "video"_L1);
          if (!folder.isEmpty())
            QVERIFY(shot.save(u"%1/%2-%3-%4.png"_s.arg(folder, id, QLatin1StringView(theme), QLatin1StringView(code))));
        }
      }
    }
    m_window->setTheme(u"light"_s);
  }

 private:
  void openAll() { openSample(); }
  void train() {
    m_window->session().startTraining();
    for (int i = 1; i <= 40; ++i) m_engine->say(StepsAdded{{{i, i / 20.0, 1.6 * std::exp(-i / 18.0) + 0.1 * ((i * 7) % 5), 1e-3}}});
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
    m_engine->end();
  }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
