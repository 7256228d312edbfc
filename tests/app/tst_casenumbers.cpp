// Numbers, rating by keys and blind reading in the window, on a made-up engine.
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QWindow>

#include "app/pages/cases/blindoutcome.h"
#include "app/pages/cases/blindpage.h"
#include "app/pages/cases/blindpanes.h"
#include "app/pages/cases/blindsetup.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/numberspage.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/casespage.h"
#include "app/project/viewsettings.h"
#include "core/evaluation/figures/casefile.h"
#include "core/evaluation/figures/summary.h"
#include "runfolders.h"
#include "widgets/audittable.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/errorbanner.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tablepanel.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestCaseNumbers : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    m_settings->setReaderName(u"Ann"_s);
    openWindow();
    openPictures();
    openModel();
  }
  void cleanup() { end(); }

  void numbersStandSideBySideWithIntervals() {
    score();
    m_window->showPage(u"numbers"_s);
    NumbersPage* page = m_window->numbersPage();
    QTRY_VERIFY(page->table()->model()->rowCount() > 0);
    const auto* model = page->table()->model();
    QCOMPARE(model->columnCount(), 4);
    QCOMPARE(model->rowCount(), 7 * 3);  // the figures; the predictions and two trivial predictors
    const auto text = [&](int row, int column) { return model->index(row, column).data().toString(); };
    const double mean = (PixelCounts(m_counts[0]).dice() + m_counts[1].dice() + m_counts[2].dice() + m_counts[3].dice()) / 4;
    QVERIFY2(text(0, 1).startsWith(QString::number(mean, 'f', 3) + u" ("_s), qPrintable(text(0, 1)));
    PixelCounts all;
    for (const auto& c : m_counts) all += c;
    QVERIFY(text(0, 2).startsWith(QString::number(all.dice(), 'f', 3)));
    QVERIFY(text(0, 3).startsWith(QString::number(2 * all.recall() / (1 + all.recall()), 'f', 3)));
    QCOMPARE(text(1, 3), u"1.000"_s);  // everything marked is perfect to the script
    QCOMPARE(text(2, 1), u"0.000"_s);  // nothing marked
    QCOMPARE(page->verdict()->tone(), ui::Tone::Good);
    QCOMPARE(page->images()->totalCount(), 4);
  }

  void undefinedIsNotZero() {
    score();
    m_window->showPage(u"numbers"_s);
    NumbersPage* page = m_window->numbersPage();
    QTRY_VERIFY(page->table()->model()->rowCount() > 0);
    const auto* model = page->table()->model();
    QCOMPARE(model->index(5 * 3 + 2, 1).data().toString(), u"–"_s);  // HD95 of nothing marked
    // The case without a prediction.
    page->images()->setFilterText(u"case_9"_s);
    const auto* view = page->images()->view();
    QCOMPARE(view->model()->index(0, ui::CaseModel::Hd95).data().toString(), u"–"_s);
    QCOMPARE(view->model()->index(0, ui::CaseModel::BoundaryF).data().toString(), u"0.00"_s);
  }

  void aPairIsChecked() {
    m_window->showPage(u"numbers"_s);
    NumbersPage* page = m_window->numbersPage();
    page->pairDice()->setValue(0.881);
    page->pairIou()->setValue(0.725);
    QVERIFY(page->pairText()->text().startsWith(u'✗'));
    page->pairIou()->setValue(0.80);
    QVERIFY(page->pairText()->text().startsWith(u'✓'));
  }

  void columnsAreChosenAndKept() {
    score();
    m_window->showPage(u"numbers"_s);
    auto* images = m_window->numbersPage()->images();
    QVERIFY(images->shownColumns().contains(u"hd95"_s));
    images->setShownColumns({u"dice"_s, u"rating"_s});
    Q_EMIT images->shownColumnsChanged();
    QCOMPARE(m_settings->caseColumns(), (QStringList{u"dice"_s, u"rating"_s}));
  }

  void oneCaseShowsOutlinesAtTheThreshold() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->isSettled());
    const auto value = [&](const QString& key) {
      for (auto* list : page->findChildren<ui::KeyValueList*>())
        for (const auto& row : list->rows())
          if (row.key == key) return row.value;
      return QString();
    };
    QTRY_VERIFY(!value(u"HD95, px"_s).isEmpty() && value(u"HD95, px"_s) != u"…"_s);
    const QString before = value(u"HD95, px"_s);
    OverlayStyle style = page->viewer()->overlayStyle();
    style.threshold = 0.95;
    Q_EMIT page->viewer()->overlayStyleChanged(style);
    QTRY_VERIFY(value(u"HD95, px"_s) != before && value(u"HD95, px"_s) != u"…"_s);
  }

  void digitsRateAndGoOn() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->isSettled());
    auto& readings = page->reading()->readings();
    QTRY_VERIFY(readings.isRead());
    page->showCase(page->table()->visibleIds().first());
    QTRY_VERIFY(page->isSettled());
    const QString first = page->table()->currentId();
    QTest::keyClick(page->viewer(), Qt::Key_4);
    QCOMPARE(readings.of(first).rating, 4);
    const QString second = page->table()->currentId();
    QVERIFY(second != first);
    QTest::keyClick(page->viewer(), Qt::Key_R);
    QTRY_VERIFY(page->reading()->remark()->hasFocus());
    QTest::keyClicks(page->reading()->remark(), u"flat 5 mm"_s);  // digits are text here
    QTest::keyClick(page->reading()->remark(), Qt::Key_Return);
    QCOMPARE(readings.of(second).remark, u"flat 5 mm"_s);
    QCOMPARE(readings.of(second).rating, 0);
    QVERIFY(page->viewer()->hasFocus());
    QTest::keyClick(page->viewer(), Qt::Key_A);
    QCOMPARE(page->table()->currentId(), first);
    QCOMPARE(page->reading()->ratings()->current(), u"4"_s);
    QCOMPARE(readings.count(), 2);
  }

  // As the keyboard sends it, shortcuts of the window included.
  void hundredPercentWhereDigitsRate() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->isSettled());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    page->viewer()->setFocus();
    QVERIFY(page->viewer()->isFitted());
    QTest::keyClick(m_window->windowHandle(), Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(!page->viewer()->isFitted());
    QCOMPARE(m_window->currentPage(), u"cases"_s);
    QCOMPARE(page->viewer()->zoom() * page->viewer()->devicePixelRatioF(), 1.0);
    QCOMPARE(page->reading()->readings().count(), 0);
    QTest::keyClick(m_window->windowHandle(), Qt::Key_2, Qt::ControlModifier);  // the others are pages
    QTRY_VERIFY(m_window->currentPage() != "cases"_L1);
    QTest::keyClick(m_window->windowHandle(), Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(m_window->currentPage(), u"home"_s);
  }

  // Sorted by what is not known at this threshold nothing is worst.
  void theListSaysWhatIsNotKnown() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->isSettled());
    QTRY_COMPARE(page->curves().waiting(), 0);
    const auto isTitled = [page](const QString& title) {
      for (const auto* card : page->findChildren<ui::Card*>())
        if (card->isVisible() && card->accessibleName() == title) return true;
      return false;
    };
    page->table()->setSorting(ui::CaseModel::BoundaryF, Qt::AscendingOrder);
    Q_EMIT page->table()->sortingChanged(ui::CaseModel::BoundaryF, Qt::AscendingOrder);
    QTRY_VERIFY(isTitled(u"Worst first"_s));
    page->lookCard()->threshold()->setValue(0.3);
    Q_EMIT page->lookCard()->threshold()->valueChanged(0.3);
    QTRY_VERIFY(isTitled(u"Boundary F is known at threshold 0.50 only"_s));
    QVERIFY(!isTitled(u"Worst first"_s));
    page->table()->setSorting(ui::CaseModel::Dice, Qt::AscendingOrder);
    Q_EMIT page->table()->sortingChanged(ui::CaseModel::Dice, Qt::AscendingOrder);
    QTRY_VERIFY(isTitled(u"Worst first"_s));
  }

  void aReadingGoesOnWhereItWasLeft() {
    score();
    m_window->showPage(u"cases"_s);
    CasesPage* page = m_window->casesPage();
    QTRY_VERIFY(page->reading()->readings().isRead());
    page->showCase(u"case_8"_s);
    QTRY_VERIFY(page->isSettled());
    page->reading()->setGoesOn(false);
    QTest::keyClick(page->viewer(), Qt::Key_2);
    page->reading()->readings().flush();
    Readings again;
    again.setReader(u"Ann"_s);
    again.setPredictions(u"untuned"_s);
    again.setProject(m_window->session().project().folder);
    QTRY_VERIFY(again.isRead());
    QCOMPARE(again.last(), u"case_8"_s);
    QCOMPARE(again.of(u"case_8"_s).rating, 2);
    // Opened once more, the page begins there.
    const QString folder = m_window->session().project().folder;
    openProject(folder);
    m_window->showPage(u"cases"_s);
    QTRY_COMPARE(m_window->casesPage()->table()->currentId(), u"case_8"_s);
  }

  void scoresOutliveTheWindow() {
    score();
    const QString folder = m_window->session().project().folder, file = folder + u"/cases/val-untuned.json"_s;
    QTRY_VERIFY(textOf(file).contains("thresholds"));
    QTRY_VERIFY(QFile::exists(folder + u"/cases/val-untuned.maps"_s));
    openProject(folder);
    QTRY_VERIFY(m_window->session().scores(0) && m_window->session().scores(0)->summary);
    QVERIFY(m_engine->scoredEpochs.isEmpty());  // nothing was computed
    QCOMPARE(m_window->session().scores(0)->cases.value(u"case_7"_s), m_counts[1]);
    QCOMPARE(m_window->session().scores(0)->measured.value(u"case_7"_s).boundary->surfaceDistance95, 4.0);
    // With them the counts of every other threshold, once they have been counted.
    const CaseCurve* curve = m_window->casesPage()->curves().of(u"case_7"_s, {});
    QVERIFY(curve && curve->counts);
    QCOMPARE(*curve->counts, ThresholdCounts::of(discMap(14), DiscImages().loadMask({})));
    // And what the thumbnails draw, in levels.
    const ProbabilityMap small = shrunk(discMap(14), CaseCurves::kSmallSide);
    QVERIFY(curve->small && curve->small->width == small.width && curve->small->height == small.height);
    for (std::size_t i = 0; i < small.values.size(); ++i) QVERIFY(std::abs(curve->small->values[i] - small.values[i]) <= 0.51F / 255);
    // Without that file, or with a damaged one, there are the scores alone.
    for (const bool isDamaged : {true, false}) {
      m_window.reset();
      const QString maps = folder + u"/cases/val-untuned.maps"_s;
      QVERIFY(QFile::exists(maps));
      if (isDamaged)
        QVERIFY(QFile::resize(maps, QFileInfo(maps).size() / 2));
      else
        QVERIFY(QFile::remove(maps));
      openProject(folder);
      QTRY_VERIFY(m_window->session().scores(0) && m_window->session().scores(0)->summary);
      curve = m_window->casesPage()->curves().of(u"case_7"_s, {});
      QVERIFY(curve && curve->counts && !curve->small);
    }
    // Other pictures are another question.
    openWindow();
    m_window->session().openProjectFolder(folder);
    auto other = sampleData();
    auto changed = std::make_shared<DataSummary>(*other.summary);
    changed->dataHash = std::string(64, 'f');
    other.summary = changed;
    m_engine->say(m_engine->last() - 2, other);
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
    QTest::qWait(300);
    QVERIFY(!m_window->session().scores(0));
  }

  void numbersFollowTheThreshold() {
    score();
    QTRY_COMPARE(m_window->casesPage()->curves().waiting(), 0);
    m_window->showPage(u"numbers"_s);
    NumbersPage* page = m_window->numbersPage();
    const auto* model = page->table()->model();
    QTRY_VERIFY(model->rowCount() > 0);
    QVERIFY(says(u"At threshold 0.50"_s));
    // Moved on Cases: the figures are of the new one, and of the outlines it is said that they are not.
    m_window->casesPage()->lookCard()->threshold()->setValue(0.2);
    Q_EMIT m_window->casesPage()->lookCard()->threshold()->valueChanged(0.2);
    QCOMPARE(page->threshold()->value(), 0.2);
    QCOMPARE(page->shownAt(), 0.2);
    const PixelCounts there = ThresholdCounts::of(discMap(14), DiscImages().loadMask({})).at(0.2);
    QTRY_VERIFY2(model->index(0, 1).data().toString().startsWith(QString::number(there.dice(), 'f', 3)),
                 qPrintable(model->index(0, 1).data().toString()));
    QVERIFY(says(u"At threshold 0.20"_s));
    QVERIFY(!says(u"At threshold 0.50"_s));
    int marked = 0;
    for (int row = 0; row < model->rowCount(); ++row) marked += model->index(row, 0).data().toString().contains(u"at threshold 0.50"_s);
    QCOMPARE(marked, 2);  // boundary F and HD95
    for (int row = 0; row < 4; ++row) {
      const auto* images = page->images()->view()->model();
      QCOMPARE(images->index(row, ui::CaseModel::Dice).data().toString(), QString::number(there.dice(), 'f', 2));
      QVERIFY(!images->index(row, ui::CaseModel::Hd95).data().toString().contains(u'.'));  // not of another threshold
    }
    // And back from here.
    Q_EMIT page->threshold()->valueChanged(0.5);
    QCOMPARE(m_window->casesPage()->viewer()->overlayStyle().threshold, 0.5);
    QCOMPARE(m_window->newPicturesPage()->threshold()->value(), 0.5);
    QTRY_VERIFY(says(u"At threshold 0.50"_s));
  }

  void numbersOfAnotherThresholdAreMarked() {
    score();
    const QString folder = m_window->session().project().folder, file = folder + u"/cases/val-untuned.json"_s;
    QTRY_VERIFY(textOf(file).contains("thresholds"));
    // A file of an earlier version, without the counts of other thresholds.
    m_window.reset();
    auto old = parseCaseFile(textOf(file).toStdString(), "x");
    old.curves.clear();
    writeTextAtomically(file.toStdString(), caseFileText(old));
    openWindow();
    ViewSettings(*m_settings).setThreshold(0.3);
    m_window->session().openProjectFolder(folder);
    m_engine->say(m_engine->last() - 2, sampleData());
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
    QTRY_VERIFY(m_window->session().scores(0) && m_window->session().scores(0)->summary);
    m_window->showPage(u"numbers"_s);
    NumbersPage* page = m_window->numbersPage();
    QTRY_VERIFY(page->table()->model()->rowCount() > 0);
    QCOMPARE(page->shownAt(), 0.5);
    QVERIFY(says(u"These are the numbers at threshold 0.50. At 0.30 they are known once"_s));
    QVERIFY(says(u"At threshold 0.50"_s));
    // Asked for, all are scored once more.
    m_window->session().scoreAgain();
    QVERIFY(!m_window->session().scores(0) || !m_window->session().scores(0)->summary);
    answerScoring();
    QTRY_COMPARE(page->shownAt(), 0.3);
    QTRY_VERIFY(says(u"At threshold 0.30"_s));
    QVERIFY(!says(u"These are the numbers at threshold"_s));
    QTRY_VERIFY(textOf(file).contains("thresholds"));
  }

  void blindReadingFromSetUpToTheEnd() {
    addRun();
    m_window->showPage(u"blind"_s);
    BlindPage* page = m_window->blindPage();
    QTRY_VERIFY(page->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(page->setup()->methods()->count(), 2, 20000);
    QCOMPARE(page->whyNotBegin(), QString());
    page->setup()->countBox()->setValue(3);
    page->setup()->seedBox()->setValue(12);
    QTest::mouseClick(page->primary(), Qt::LeftButton);
    QVERIFY(page->readings().current());
    const QString runId = page->readings().current()->methods[1].run;
    for (int i = 0; i < 3; ++i) {
      const QString id = page->readings().caseId();
      serve();
      QVERIFY(page->panes()->isReady());
      QVERIFY(!page->panes()->viewer(0)->overlayStyle().truth);
      // Zoom and pan of either are those of both.
      ui::ImageViewer *left = page->panes()->viewer(0), *right = page->panes()->viewer(1);
      QTest::keyClick(i % 2 == 0 ? left : right, Qt::Key_Plus);
      QVERIFY(!left->isFitted() && !right->isFitted());
      QCOMPARE(left->zoom(), right->zoom());
      QCOMPARE(left->view().centre, right->view().centre);
      QTest::keyClick(i % 2 == 0 ? right : left, Qt::Key_F);
      QVERIFY(left->isFitted() && right->isFitted());
      // The run's method, wherever it stands.
      const int place = int(page->readings().places(id).indexOf(1));
      QTest::keyClick(page->panes()->viewer(0), Qt::Key(Qt::Key_1 + place));
      QCOMPARE(page->readings().current()->votes.size(), i + 1);
    }
    QVERIFY(page->outcome()->isVisible());
    QVERIFY(!page->outcome()->sentence()->text().contains(runId));
    QTest::mouseClick(page->outcome()->unblindButton(), Qt::LeftButton);
    const auto result = page->readings().result();
    QVERIFY(result);
    QCOMPARE(result->perMethod[1], 3);
    QCOMPARE(page->outcome()->table()->rowCount(), 1);
    QCOMPARE(page->outcome()->images()->rowCount(), 3);
    const QString name = page->setup()->methods()->item(1)->text();
    QVERIFY(!name.isEmpty() && name != runId);
    QCOMPARE(page->outcome()->images()->index(0, 1).data().toString(), name);
    QVERIFY(page->readings().csv().contains(runId.toUtf8()));
    QVERIFY(!page->outcome()->unblindButton()->isVisible());
  }

  // Whatever is pressed over one of them, all methods are drawn alike, at the threshold that the reading began with.
  void hiddenMethodsAreDrawnAlike() {
    addRun();
    ViewSettings(*m_settings).setThreshold(0.35);
    m_window->showPage(u"blind"_s);
    BlindPage* page = m_window->blindPage();
    QTRY_VERIFY(page->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(page->setup()->methods()->count(), 2, 20000);
    page->setup()->countBox()->setValue(2);
    page->begin();
    serve();
    QVERIFY(page->panes()->isReady());
    QCOMPARE(page->readings().current()->threshold, 0.35);
    ui::ImageViewer *left = page->panes()->viewer(0), *right = page->panes()->viewer(1);
    QCOMPARE(left->overlayStyle().threshold, 0.35);
    const auto isTold = [page] {
      for (const auto* label : page->panes()->findChildren<QLabel*>())
        if (label->isVisible() && label->text().contains(u"threshold 0.35"_s)) return true;
      return false;
    };
    QVERIFY(isTold());
    for (const Qt::Key key : {Qt::Key_Comma, Qt::Key_Period, Qt::Key_C, Qt::Key_W, Qt::Key_E, Qt::Key_BracketLeft, Qt::Key_BracketRight,
                              Qt::Key_BracketRight, Qt::Key_C, Qt::Key_D, Qt::Key_G}) {
      QTest::keyClick(left, key);
      QCOMPARE(left->overlayStyle(), right->overlayStyle());
      QCOMPARE(left->overlayStyle().threshold, 0.35);
      QVERIFY(!left->overlayStyle().truth);
      QCOMPARE(left->mode(), ui::ImageViewer::Mode::Overlay);
      QCOMPARE(left->mode(), right->mode());
    }
    QTest::keyClick(right, Qt::Key_C);
    QVERIFY(!left->overlayStyle().fill && !right->overlayStyle().fill);
    QTest::keyPress(left, Qt::Key_Space);
    QVERIFY(left->isOverlayHidden() && right->isOverlayHidden());
    QTest::keyRelease(left, Qt::Key_Space);
    QVERIFY(!left->isOverlayHidden() && !right->isOverlayHidden());
    // Opened again it is the same one, whatever the threshold has become elsewhere.
    page->readings().open(-1);
    ViewSettings(*m_settings).setThreshold(0.8);
    page->readings().open(0);
    QCOMPARE(left->overlayStyle().threshold, 0.35);
    QCOMPARE(right->overlayStyle().threshold, 0.35);
    QVERIFY(isTold());
  }

  void votesThatCannotBeWrittenAreToldOf() {
    addRun();
    m_window->showPage(u"blind"_s);
    BlindPage* page = m_window->blindPage();
    QTRY_VERIFY(page->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(page->setup()->methods()->count(), 2, 20000);
    page->setup()->countBox()->setValue(2);
    QVERIFY(!page->problem()->isVisible());
    // A folder stands where the file should.
    const QString file = m_window->session().project().folder + "/blind-readings.json"_L1;
    QVERIFY(QDir().mkpath(file + "/in the way"_L1));
    page->begin();
    QTRY_VERIFY_WITH_TIMEOUT(page->problem()->isVisible(), 5000);
    QVERIFY2(page->problem()->text().contains(u"not on the disk"_s), qPrintable(page->problem()->text()));
    QVERIFY(QDir(file).removeRecursively());
    page->readings().vote(0);
    QTRY_VERIFY_WITH_TIMEOUT(!page->problem()->isVisible(), 5000);
    QVERIFY(QFileInfo(file).isFile());
  }

  // With GPS_SHOTS=DIR the pictures are kept, to be looked at.
  void everyStateInEveryThemeAndLanguage() {
    const QString folder = qEnvironmentVariable("GPS_SHOTS");
    score();
    addRun();
    BlindPage* blind = m_window->blindPage();
    m_window->showPage(u"blind"_s);
    QTRY_VERIFY(blind->readings().isRead());
    QTRY_COMPARE_WITH_TIMEOUT(blind->setup()->methods()->count(), 2, 20000);
    const auto shoot = [&](const QString& state) {
      for (const char* theme : {"light", "dark", "contrast"})
        for (const char* code : {"en", "zh_CN"}) {
          m_window->setTheme(QString::fromLatin1(theme));
          QVERIFY(m_languages->use(QString::fromLatin1(code)));
          QTest::qWait(folder.isEmpty() ? 10 : 300);
          const QPixmap shot = m_window->grab();
          QCOMPARE(shot.size(), m_window->size() * shot.devicePixelRatio());
          if (!folder.isEmpty())
            QVERIFY(shot.save(u"%1/%2-%3-%4.png"_s.arg(folder, state, QLatin1StringView(theme), QLatin1StringView(code))));
        }
      m_window->setTheme(u"light"_s);
      m_languages->use(u"en"_s);
    };
    shoot(u"blind-setup"_s);
    blind->setup()->countBox()->setValue(4);
    blind->setup()->seedBox()->setValue(3);
    blind->begin();
    serve();
    shoot(u"blind-panes"_s);
    for (int i = 0; i < 4; ++i) {
      serve();
      Q_EMIT blind->panes()->voted(i == 1 ? kTieVote : int(blind->readings().places(blind->readings().caseId()).indexOf(1)));
    }
    QVERIFY(blind->readings().current()->isComplete());
    shoot(u"blind-read"_s);
    blind->readings().unblind();
    shoot(u"blind-outcome"_s);
    QTRY_COMPARE(blind->outcome()->table()->index(0, 0).data().toString(), u"Base model"_s);
    QVERIFY(m_languages->use(u"zh_CN"_s));
    QTRY_COMPARE(blind->outcome()->table()->index(0, 0).data().toString(), u"基础模型"_s);
    m_languages->use(u"en"_s);
    m_window->showPage(u"numbers"_s);
    QTRY_VERIFY(m_window->numbersPage()->table()->model()->rowCount() > 0);
    shoot(u"numbers"_s);
    m_window->showPage(u"cases"_s);
    QTRY_VERIFY(m_window->casesPage()->isSettled());
    m_window->casesPage()->reading()->readings().rate(m_window->casesPage()->table()->currentId(), 4);
    shoot(u"cases"_s);
  }

 private:
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
    m_served = 0;
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
  bool says(const QString& words) const {
    for (const auto* label : m_window->numbersPage()->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(words)) return true;
    return false;
  }
  // A run of the open weights.
  void addRun() {
    const std::string folder = m_window->session().project().runsFolder().toStdString() + "/k1";
    test::writeRun(folder, {});
    TrainSpec spec = readRun(folder).spec;
    spec.model.weightsPath = m_window->session().project().model.weightsPath;
    writeTextAtomically(folder + "/run.toml", toToml(spec));
  }
  // Answers what the page asks for, until both methods of the case are there; what is read ahead for the next comes with it.
  void serve() {
    const auto good = std::make_shared<const ProbabilityMap>(discMap(15)), poor = std::make_shared<const ProbabilityMap>(discMap(7));
    for (int tries = 0; tries < 100 && !m_window->blindPage()->panes()->isReady(); ++tries) {
      for (; m_served < m_engine->requests.size(); ++m_served) {
        const auto [run, request] = m_engine->requests[m_served];
        m_engine->say(run, Predicted{request.caseId, request.runFolder, request.epoch, request.runFolder.isEmpty() ? poor : good});
      }
      QTest::qWait(20);
    }
  }
  static ProbabilityMap discMap(double radius) {
    ProbabilityMap map{DiscImages::kSide, DiscImages::kSide, {}};
    for (int y = 0; y < DiscImages::kSide; ++y)
      for (int x = 0; x < DiscImages::kSide; ++x) map.values.push_back(float(1 / (1 + std::exp(std::hypot(x - 30, y - 33) - radius))));
    return map;
  }
  const std::vector<PixelCounts> m_counts{{700, 50, 90, 3256}, {200, 300, 590, 3006}, {500, 290, 290, 3016}, {0, 0, 790, 3306}};
  qsizetype m_served = 0;
};

QTEST_MAIN(TestCaseNumbers)
#include "tst_casenumbers.moc"
