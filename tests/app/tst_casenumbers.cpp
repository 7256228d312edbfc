// Numbers of the cases in the window, on a made-up engine.
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QTableView>
#include <QTest>

#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/numberspage.h"
#include "app/pages/casespage.h"
#include "app/project/viewsettings.h"
#include "core/evaluation/figures/casefile.h"
#include "core/tuning/textfile.h"
#include "numbersfixture.h"
#include "widgets/audittable.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestCaseNumbers : public QObject, protected NumbersFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { begin(); }
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

  // Where nothing is scored yet the card itself leads on.
  void scoringBeginsFromTheCard() {
    m_window->showPage(u"numbers"_s);
    NumbersPage* page = m_window->numbersPage();
    const auto inCard = [page]() -> ui::Button* {
      for (auto* card : page->findChildren<ui::Card*>())
        for (auto* button : card->findChildren<ui::Button*>())
          if (button->isVisible() && button->text() == u"Score all"_s) return button;
      return nullptr;
    };
    ui::Button* button = inCard();
    QVERIFY(button && button->isEnabled());
    button->click();
    QCOMPARE(m_engine->currentJob(), JobKind::Score);
    QVERIFY(!button->isVisible() || !button->isEnabled());
    answerScoring();
    QTRY_VERIFY(page->table()->model()->rowCount() > 0);
    QVERIFY(!inCard());
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

 private:
  bool says(const QString& words) const {
    for (const auto* label : m_window->numbersPage()->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(words)) return true;
    return false;
  }
};

QTEST_MAIN(TestCaseNumbers)
#include "tst_casenumbers.moc"
