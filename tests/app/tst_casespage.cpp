// The page of cases on a made-up engine: comparing runs and epochs, the threshold in every number, the order, filters, gallery, keys and
// what is remembered; a thousand cases without a wait.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "app/actions.h"
#include "app/pages/cases/casekeys.h"
#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/levelsliders.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/lookingcard.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/sourcechoice.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/cases/viewcard.h"
#include "app/pages/casespage.h"
#include "app/shellactions.h"
#include "casesfixture.h"
#include "runfolders.h"
#include "tests/widgets/speedfigures.h"
#include "widgets/button.h"
#include "widgets/casegallery.h"
#include "widgets/casetable.h"
#include "widgets/choicebox.h"
#include "widgets/distributionbars.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/theme.h"
#include "widgets/thumbnailrows.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;
using ui::CompareView;

class TestCasesPage : public QObject, protected CasesFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void theThresholdIsInEveryNumber() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    QTRY_COMPARE(page().curves().waiting(), 0);
    page().showCase(u"case_6"_s);
    QTRY_VERIFY(page().isSettled());
    QTRY_COMPARE(diceShown(), QString::number(countsOf(*cone(40), 0.5F).dice(), 'f', 2));
    page().lookCard()->threshold()->setValue(0.5);
    QTest::keyClick(page().viewer(), Qt::Key_Comma);  // 0.45
    QTest::keyClick(page().viewer(), Qt::Key_Less, Qt::ShiftModifier);
    QCOMPARE(page().lookCard()->style().threshold, 0.44);
    QCOMPARE(page().viewer()->overlayStyle().threshold, 0.44);
    const QString wanted = QString::number(countsOf(*cone(40), 0.44F).dice(), 'f', 2);
    QCOMPARE(diceShown(), wanted);
    auto* model = page().table()->wideTable()->model();
    const auto inTable = [&] {
      for (int row = 0; row < model->rowCount(); ++row)
        if (model->index(row, 0).data().toString() == "case_6"_L1) return model->index(row, ui::CaseModel::Dice).data().toString();
      return QString();
    };
    QTRY_COMPARE(inTable(), wanted);
    // Every picture has its own bar at this threshold.
    double sum = 0;
    for (const double radius : {40, 30, 20, 50}) sum += countsOf(*cone(radius), 0.44F).dice();
    int counted = 0;
    for (int bin = 0; bin < 20; ++bin) counted += page().histogram()->binCount(bin);
    QCOMPARE(counted, 4);
    bool isMeanShown = false;
    for (const auto* label : page().findChildren<QLabel*>())
      isMeanShown = isMeanShown || label->text().contains(QString::number(sum / 4, 'f', 3));
    QVERIFY(isMeanShown);
  }

  void countsOfEveryThresholdAreExact() {
    const auto map = cone(37);
    const MaskImage truth = DiscImages().loadMask({});
    const ThresholdCounts counts = ThresholdCounts::of(*map, truth);
    for (int step = 0; step <= 100; ++step) QCOMPARE(counts.at(step / 100.0), countsOf(*map, float(step / 100.0)));
    ProbabilityMap odd = *map;
    odd.values[0] = std::numeric_limits<float>::quiet_NaN(), odd.values[1] = 2, odd.values[2] = -1;
    const ThresholdCounts oddCounts = ThresholdCounts::of(odd, truth);
    for (const double t : {0.0, 0.5, 1.0}) QCOMPARE(oddCounts.at(t), countsOf(odd, float(t)));
  }

  void aBarFiltersTheListAndLetsGo() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    QTRY_COMPARE(page().curves().waiting(), 0);
    QCOMPARE(page().table()->visibleCount(), 4);
    const double worst = countsOf(*cone(20), 0.5F).dice();
    const int bin = int(worst * 20);
    Q_EMIT page().histogram()->rangeActivated(bin / 20.0, (bin + 1) / 20.0);
    QVERIFY(page().table()->visibleIds().contains(u"case_8"_s));
    QVERIFY(page().table()->visibleCount() < 4);
    Q_EMIT page().histogram()->rangeActivated(bin / 20.0, (bin + 1) / 20.0);
    QCOMPARE(page().table()->visibleCount(), 4);
  }

  void keysWalkTheOrderShown() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    page().showCase(page().table()->visibleIds().first());
    const QStringList order = page().table()->visibleIds();
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(page().viewer(), key, modifiers); };
    press(Qt::Key_D);
    QCOMPARE(page().table()->currentId(), order[1]);
    press(Qt::Key_End);
    QCOMPARE(page().table()->currentId(), order[3]);
    press(Qt::Key_Left);
    QCOMPARE(page().table()->currentId(), order[2]);
    press(Qt::Key_Home);
    QCOMPARE(page().table()->currentId(), order[0]);
    press(Qt::Key_G, Qt::ControlModifier);
    QLineEdit* field = nullptr;
    for (auto* each : page().table()->findChildren<QLineEdit*>())
      if (each->isVisible() && each->placeholderText() == "Go to a number or name"_L1) field = each;
    QVERIFY(field);
    QTest::keyClicks(field, u"3"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(page().table()->currentId(), order[2]);
    page().table()->setSorting(ui::CaseModel::Id, Qt::DescendingOrder);
    page().viewer()->setFocus();
    press(Qt::Key_Home);
    QCOMPARE(page().table()->currentId(), u"case_9"_s);
  }

  void galleryAndTableShareOrderAndCase() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    page().showCase(u"case_7"_s);
    QTest::keyClick(page().viewer(), Qt::Key_G);
    auto* gallery = page().table()->gallery();
    QVERIFY(gallery->isVisible());
    QVERIFY(!page().viewer()->isVisible());
    QAbstractItemModelTester tester(gallery->model());
    QCOMPARE(gallery->currentIndex().data().toString(), u"case_7"_s);
    QTest::keyClick(gallery, Qt::Key_D);
    QCOMPARE(page().table()->currentId(), page().table()->visibleIds()[page().table()->currentPosition() - 1]);
    Q_EMIT gallery->activated(gallery->currentIndex());
    QVERIFY(page().viewer()->isVisible());
    page().listing()->setCurrent(u"table"_s);
    Q_EMIT page().listing()->currentChanged(u"table"_s);
    QVERIFY(page().table()->wideTable()->isVisible());
    // A column sorts all of them.
    page().table()->wideTable()->sortByColumn(ui::CaseModel::Id, Qt::DescendingOrder);
    QCOMPARE(page().table()->visibleIds().first(), u"case_9"_s);
  }

  void runsAndEpochsAreComparedOnDemand() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    const std::string folder = m_window->session().project().runsFolder().toStdString() + "/other";
    test::writeRun(folder, {});
    CompareBar* bar = page().compareBar();
    QTRY_VERIFY_WITH_TIMEOUT(bar->comparedChoice()->runBox()->count() >= 3, 20000);
    page().showCase(u"case_6"_s);
    QTRY_VERIFY(page().isSettled());
    QCOMPARE(bar->sources().size(), 2);
    const int index = bar->comparedChoice()->runBox()->findData(QString::fromStdString(folder));
    QVERIFY(index > 0);
    const int before = m_engine->predictions;
    bar->comparedChoice()->runBox()->setCurrentIndex(index);
    QTRY_COMPARE(m_engine->predictions, before + 1);
    QCOMPARE(m_engine->predicted.runFolder, QString::fromStdString(folder));
    QVERIFY(m_engine->predicted.epoch > 0);
    QVERIFY(page().predictions().isPending(bar->sources()[1]));
    m_engine->say(Predicted{u"case_6"_s, m_engine->predicted.runFolder, m_engine->predicted.epoch, cone(25)});
    m_engine->say(JobEnded{JobKind::Predict, JobOutcome::Finished, {}});
    QTRY_VERIFY(page().predictions().map(u"case_6"_s, bar->sources()[1]));
    QCOMPARE(page().predictions().pending(), 0);
    // A third and a fourth one stand beside them, all moving together.
    bar->addButton()->click();
    bar->addButton()->click();
    QVERIFY(!bar->addButton()->isVisible());
    const int count = int(bar->sources().size());
    QVERIFY(count >= 3);
    page().viewCard()->setMode(CompareView::Mode::Panes);
    CompareView* view = page().viewCard()->view();
    QCOMPARE(view->paneCount(), count);
    view->viewers()[1]->zoomTo(9);
    for (int i = 0; i < count; ++i) QCOMPARE(view->viewers()[i]->zoom(), 9.0);
  }

  // A question that a run took in after its last step is never answered.
  void whatATrainingLeavesUnansweredIsAskedForAgain() {
    openCases(4);
    TrainSpec draft = session().project().train;
    draft.method = Method::Full;
    session().setTrainDraft(draft);
    session().startTraining();
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
    page().showCase(u"case_6"_s);
    QTRY_COMPARE(m_engine->predictions, 1);  // withheld
    m_engine->end();
    QTRY_COMPARE(m_engine->currentJob(), JobKind::Score);
    m_engine->end();
    m_engine->end();
    QTRY_VERIFY(m_engine->predictions > 1);
    QVERIFY(m_engine->predicted.epoch != Session::kNow);
    for (int i = 0; i < 8 && page().predictions().pending() > 0; ++i) {
      m_engine->say(Predicted{m_engine->predicted.caseId, m_engine->predicted.runFolder, m_engine->predicted.epoch, cone(25)});
      QTest::qWait(50);
    }
    QTRY_VERIFY(page().isSettled());
    QTRY_COMPARE(page().predictions().pending(), 0);
    const MapSource now{session().run().folder, Session::kNow};
    QVERIFY(!page().predictions().whyNot(now).isEmpty());
    QVERIFY(!page().predictions().isPending(now));
  }

  // A version between the best and the last one is scored with its outlines, too.
  void outlinesOfEveryVersionAreInTheTable() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    const std::string folder = session().run().folder.toStdString();
    test::SampleRun run;
    run.planned = run.epochs = 2;
    test::writeRun(folder, run);
    CompareBar* bar = page().compareBar();
    const auto* compared = bar->comparedChoice()->runBox();
    QTRY_VERIFY_WITH_TIMEOUT(compared->findData(session().run().folder) >= 0, 20000);
    QTest::qWait(600);  // until it has been read
    bar->shownChoice()->setSource({session().run().folder, 1});
    Q_EMIT bar->changed();
    QCOMPARE(bar->shown().epoch, 1);
    ui::Button* score = nullptr;
    for (auto* button : page().findChildren<ui::Button*>())
      if (button->text() == "Score all"_L1) score = button;
    QVERIFY(score);
    QVERIFY2(score->isEnabled(), qPrintable(score->toolTip()));
    score->click();
    QTRY_COMPARE(m_engine->scoreRequest.epoch, 1);
    CasesScored scored{m_engine->scoreRequest.runFolder, 1, {}};
    for (int i = 0; i < 4; ++i) {
      CaseScore c{"case_" + std::to_string(6 + i), countsOf(*cone(20 + 5 * i), 0.5F)};
      c.boundary = BoundaryScore{60, 50, 20 + i, 30 - i, 0.7, 3.0 + i};
      scored.cases.push_back({c, cone(20 + 5 * i)});
    }
    m_engine->say(scored);
    m_engine->end();
    auto* model = page().table()->wideTable()->model();
    const auto known = [model](int column) {
      int count = 0;
      for (int row = 0; row < model->rowCount(); ++row) count += model->index(row, column).data().toString() != u"–"_s;
      return count;
    };
    QTRY_COMPARE(known(ui::CaseModel::Dice), 4);
    QTRY_COMPARE(known(ui::CaseModel::BoundaryF), 4);
    QCOMPARE(known(ui::CaseModel::Hd95), 4);
  }

  void aPredictionThatFailsIsSaidAndNotAskedForAgain() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    const std::string folder = m_window->session().project().runsFolder().toStdString() + "/other";
    test::writeRun(folder, {});
    CompareBar* bar = page().compareBar();
    QTRY_VERIFY_WITH_TIMEOUT(bar->comparedChoice()->runBox()->findData(QString::fromStdString(folder)) > 0, 20000);
    page().showCase(u"case_6"_s);
    QTRY_VERIFY(page().isSettled());
    const int before = m_engine->predictions;
    bar->comparedChoice()->runBox()->setCurrentIndex(bar->comparedChoice()->runBox()->findData(QString::fromStdString(folder)));
    QTRY_COMPARE(m_engine->predictions, before + 1);
    m_engine->say(
        JobEnded{JobKind::Predict, JobOutcome::Failed, {JobKind::Predict, ErrorCode::Mismatch, u"run"_s, u"another base"_s, {}, {}}});
    QVERIFY(page().predictions().failure(bar->sources()[1]).has_value());
    QCOMPARE(page().predictions().pending(), 0);
    page().showCase(u"case_7"_s);
    QTRY_VERIFY(page().isSettled());
    QCOMPARE(m_engine->predictions, before + 1);
  }

  void steppingQuicklyComputesOnlyWhatIsLookedAt() {
    openCases(30);
    page().showCase(page().table()->visibleIds().first());
    QTRY_VERIFY(m_engine->predictions >= 1);
    const int before = m_engine->predictions;
    for (int i = 0; i < 20; ++i) QTest::keyClick(page().viewer(), Qt::Key_D);
    QTest::qWait(200);
    QVERIFY2(m_engine->predictions <= before + 1, qPrintable(QString::number(m_engine->predictions - before)));
    m_engine->say(Predicted{m_engine->predicted.caseId, m_engine->predicted.runFolder, m_engine->predicted.epoch, cone(30)});
    QTRY_COMPARE(m_engine->predicted.caseId, page().table()->currentId());
  }

  void lookAndOrderAreRemembered() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    page().showCase(u"case_6"_s);
    QTRY_VERIFY(page().isSettled());
    QTest::keyClick(page().viewer(), Qt::Key_C);
    QTest::keyClick(page().viewer(), Qt::Key_BracketRight);
    QTest::keyClick(page().viewer(), Qt::Key_Period);
    QTest::keyClick(page().viewer(), Qt::Key_W);
    QCOMPARE(page().viewCard()->view()->mode(), CompareView::Mode::Wipe);
    page().viewer()->perform(ui::ViewerCommand::ResetLevels);
    Q_EMIT page().viewer()->levelsChanged(0.25, 1.5);
    const OverlayStyle style = page().lookCard()->style();
    page().showCase(u"case_7"_s);  // across cases
    QTRY_VERIFY(page().isSettled());
    QCOMPARE(page().viewer()->overlayStyle(), style);
    restart();
    QCOMPARE(page().lookCard()->style(), style);
    QVERIFY(!style.fill);
    openCases(4);
    scoreRun({40, 30, 20, 50});
    page().showCase(u"case_6"_s);
    QTRY_COMPARE(page().viewCard()->view()->mode(), CompareView::Mode::Wipe);
    QCOMPARE(page().viewer()->overlayStyle(), style);
    QCOMPARE(page().viewer()->brightness(), 0.25);
    QCOMPARE(page().viewer()->contrast(), 1.5);
  }

  // Sliders, keys and the right drag are one thing, here and on the other pages of pictures.
  void brightnessAndContrastBySliders() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    page().showCase(u"case_6"_s);
    QTRY_VERIFY(page().isSettled());
    ui::LabelledSlider *brightness = page().lookCard()->levels()->brightness(), *contrast = page().lookCard()->levels()->contrast();
    QVERIFY(brightness->isVisible() && contrast->isVisible());
    const auto step = [](ui::LabelledSlider* slider, Qt::Key key) {
      auto* handle = slider->findChild<QSlider*>();
      QVERIFY(!handle->accessibleName().isEmpty() && handle->focusPolicy() != Qt::NoFocus);
      QTest::keyClick(handle, key);
    };
    step(brightness, Qt::Key_Right);
    step(contrast, Qt::Key_PageUp);
    QCOMPARE(page().viewer()->brightness(), 0.01);
    QCOMPARE(page().viewer()->contrast(), 1.5);
    QCOMPARE(brightness->findChild<QSlider*>()->accessibleName(), u"Brightness"_s);
    QCOMPARE(contrast->findChild<QSlider*>()->accessibleName(), u"Contrast"_s);
    QTest::keyClick(page().viewer(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(brightness->value(), -4.0);
    // The list hands them on, too.
    page().table()->list()->setFocus();
    QTest::keyClick(page().table()->list(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(page().currentCase(), u"case_6"_s);
    QCOMPARE(brightness->value(), -9.0);
    const auto others = std::pair{m_window->newPicturesPage(), m_window->videoPage()};
    QCOMPARE(others.first->viewer()->brightness(), -0.09);
    QCOMPARE(others.second->viewer()->contrast(), 1.5);
    step(others.first->lookCard()->levels()->contrast(), Qt::Key_Left);
    QCOMPARE(page().viewer()->contrast(), 1.45);
    QTest::keyClick(others.second->viewer(), Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(page().viewer()->brightness(), -0.04);
    restart();
    QCOMPARE(page().viewer()->brightness(), -0.04);
    QCOMPARE(page().lookCard()->levels()->contrast()->value(), 145.0);
    QCOMPARE(m_window->newPicturesPage()->viewer()->contrast(), 1.45);
    openCases(4);
    QTest::keyClick(page().viewer(), Qt::Key_L);
    QCOMPARE(page().lookCard()->levels()->contrast()->value(), 100.0);
    QCOMPARE(m_window->newPicturesPage()->viewer()->brightness(), 0.0);
  }

  void keysCanBeChangedAndAreListed() {
    openCases(4);
    scoreRun({40, 30, 20, 50});
    page().showCase(page().table()->visibleIds().first());
    Actions& actions = m_window->actions();
    QCOMPARE(actions.conflicts().size(), 0);
    QCOMPARE(actions.setKeys(u"cases.next"_s, QKeySequence(Qt::Key_E)), u"cases.errors"_s);  // refused
    QVERIFY(actions.setKeys(u"cases.next"_s, QKeySequence(Qt::Key_N)).isEmpty());
    const QStringList order = page().table()->visibleIds();
    QTest::keyClick(page().viewer(), Qt::Key_D);
    QCOMPARE(page().table()->currentId(), order[0]);
    QTest::keyClick(page().viewer(), Qt::Key_N);
    QCOMPARE(page().table()->currentId(), order[1]);
    const auto groups = m_window->shell().keys();
    const auto isListed = [&groups](const QString& name) {
      for (const auto& group : groups)
        for (const auto& row : group.rows)
          if (row.second == name) return true;
      return false;
    };
    QVERIFY(isListed(u"Next case"_s));
    QVERIFY(isListed(u"Hide the overlay while held"_s));
    m_window->showPage(u"runs"_s);
    bool isElsewhere = false;
    for (const auto& group : m_window->shell().keys())
      for (const auto& row : group.rows) isElsewhere = isElsewhere || row.second == "Next case"_L1;
    QVERIFY(!isElsewhere);
    actions.resetAllKeys();
    QCOMPARE(actions.keys(u"cases.next"_s).size(), 2);
    // A line of keys breaks between entries only.
    const QStringList words = caseKeysText(actions).split(u' ');
    QVERIFY(words.contains(u"A / D other case"_s.replace(u' ', QChar::Nbsp)));
    QVERIFY(words.contains(u"? all keys"_s.replace(u' ', QChar::Nbsp)));
  }

  void aThousandCases() {
    QElapsedTimer clock;
    clock.start();
    openCases(1000);
    QCOMPARE(page().table()->totalCount(), 1000);
    auto* gallery = page().table()->gallery();
    const auto* list = page().table()->findChild<QListView*>();
    const auto hasThumbnail = [list] { return list->model()->index(0, 0).data(Qt::UserRole + 102).isValid(); };
    QTRY_VERIFY_WITH_TIMEOUT(hasThumbnail(), 5000);
    qInfo("a thousand cases opened, first thumbnails after %lld ms", clock.elapsed());
    std::vector<double> radii;
    for (int i = 0; i < 1000; ++i) radii.push_back(15 + 40 * ((i * 37) % 1000) / 1000.0);
    scoreRun(radii);
    QTRY_COMPARE_WITH_TIMEOUT(page().curves().waiting(), 0, 30000);
    QTest::qWait(200);
    const auto measured = [](const char* what, double mostMs, int times, const std::function<void(int)>& act) {
      QList<double> own;
      for (int i = 0; i < times; ++i) {
        const double before = speed::threadMs();
        act(i);
        QCoreApplication::sendPostedEvents();
        own << speed::threadMs() - before;
      }
      std::sort(own.begin(), own.end());
      qInfo("%s: median %.1f, at most %.1f ms of computing", what, own[own.size() / 2], own.last());
      return own[own.size() / 2] <= mostMs * speed::kInstrumented;
    };
    QVERIFY(measured("sort by another score", 50, 10, [this](int i) {
      page().table()->setSorting(i % 2 ? ui::CaseModel::Iou : ui::CaseModel::Id, i % 4 < 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
    }));
    page().table()->setSorting(ui::CaseModel::Dice, Qt::AscendingOrder);
    QVERIFY(measured("filter", 50, 10, [this](int i) { page().table()->setFilterText(i % 2 ? QString() : u"Dice < 0.8"_s); }));
    page().table()->setFilterText({});
    QVERIFY(measured("next case", 16, 60, [this](int) { QTest::keyClick(page().viewer(), Qt::Key_D); }));
    QVERIFY(measured("threshold", 16, 30, [this](int i) { QTest::keyClick(page().viewer(), i % 2 ? Qt::Key_Comma : Qt::Key_Period); }));
    QTest::keyClick(page().viewer(), Qt::Key_G);
    QVERIFY(gallery->isVisible());
    QVERIFY(measured("scroll the gallery", 33, 20, [gallery](int i) {
      gallery->scrollTo(gallery->model()->index(i * 50, 0));
      gallery->viewport()->repaint();
    }));
    const auto inSight = [gallery] { return gallery->indexAt(gallery->viewport()->rect().center()).data(Qt::UserRole + 102).isValid(); };
    QTRY_VERIFY_WITH_TIMEOUT(inSight(), 5000);
  }

 private:
  CasesPage& page() const { return *m_window->casesPage(); }

  // Another session: what is kept in the settings is all that is left.
  void restart() {
    m_window.reset();
    m_settings = std::make_unique<AppSettings>(m_dir->filePath(u"settings.ini"_s));
    m_engine = std::make_unique<FakeEngine>();
    showWindow();
  }

  QString diceShown() const {
    for (const auto* list : page().findChildren<ui::KeyValueList*>())
      for (const ui::KeyValue& row : list->rows())
        if (row.key == "Dice"_L1) return row.value;
    return {};
  }
};

QTEST_MAIN(TestCasesPage)
#include "tst_casespage.moc"
