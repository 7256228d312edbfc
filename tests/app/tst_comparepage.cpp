// The comparison on made-up selection files: what is asked for, what a user sees, set algebra, training from a saved selection.
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "app/pages/combineform.h"
#include "app/pages/comparepage.h"
#include "app/pages/selectionpage.h"
#include "app/pages/sharedcard.h"
#include "app/pages/trainpage.h"
#include "widgets/button.h"
#include "widgets/choicecounts.h"
#include "widgets/emptystate.h"
#include "widgets/jaccardmatrix.h"
#include "widgets/label.h"
#include "widgets/navigationrail.h"
#include "widgets/overlapbars.h"
#include "widgets/pageheader.h"
#include "widgets/selectionlist.h"
#include "widgets/sharedbars.h"
#include "widgets/theme.h"
#include "widgets/upsetbars.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestComparePage : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void emptyStateSaysHowToGetThere() {
    m_window->showPage(u"compare"_s);
    QVERIFY(page()->isEmptyShown());
    QCOMPARE(m_window->findChild<ui::NavigationRail*>()->current(), u"selection"_s);
    Q_EMIT page()->emptyState()->primaryRequested();
    QCOMPARE(m_window->currentPage(), u"selection"_s);
  }

  void breadcrumbLeadsBack() {
    open({u"textures"_s, u"digits"_s});
    Q_EMIT page()->findChild<ui::PageHeader*>()->parentRequested();
    QCOMPARE(m_window->currentPage(), u"selection"_s);
  }

  void tickedSelectionsAreCompared() {
    open({u"textures"_s, u"digits"_s, u"defects"_s});
    QVERIFY(!page()->isEmptyShown());
    QCOMPARE(sets().compareRequest.names, (QStringList{u"textures"_s, u"digits"_s, u"defects"_s}));
    QCOMPARE(page()->matrix()->selectionCount(), 3);
    QCOMPARE(page()->choices()->itemCount(), 3);
    QCOMPARE(page()->upset()->itemCount(), 7);
    QCOMPARE(page()->shared()->itemCount(), 4);
    // Two are enough, one is not; a colour stays with its selection.
    const int color = page()->set().colorIndex(path(u"defects"_s));
    tick(u"textures"_s, false);
    QTRY_COMPARE(page()->matrix()->selectionCount(), 2);
    QCOMPARE(page()->set().colorIndex(path(u"defects"_s)), color);
    tick(u"digits"_s, false);
    QTRY_COMPARE(page()->matrix()->selectionCount(), 0);
    QVERIFY(!page()->form()->saveButton()->isEnabled());
    tick(u"textures"_s, true);
    QTRY_COMPARE(page()->matrix()->selectionCount(), 2);
  }

  void onlyTheNewestComparisonCounts() {
    open({u"textures"_s, u"digits"_s, u"defects"_s});
    sets().answers = false;
    tick(u"defects"_s, false);
    const SetRequestId old = sets().comparing;
    QVERIFY(!page()->isSettled());
    QCOMPARE(page()->matrix()->selectionCount(), 3);  // the old one stays
    tick(u"defects"_s, true);
    QVERIFY(sets().cancelled.contains(old));
    const CompareRequest request = sets().compareRequest;
    Q_EMIT sets().compared(old, {{{u"/a"_s, u"/b"_s}, {u"a"_s, u"b"_s}}, sampleComparison({u"a"_s, u"b"_s})});
    QCOMPARE(page()->matrix()->selectionCount(), 3);
    Q_EMIT sets().compared(sets().comparing, {request, sampleComparison(request.names)});
    QVERIFY(page()->isSettled());
  }

  void otherModelsAreListedAndRefused() {
    sets().files = {sampleSelection(u"textures"_s, 1000), sampleSelection(u"digits"_s, 1000),
                    sampleSelection(u"elsewhere"_s, 1000, 1, std::string(64, 'f'))};
    sets().files[2].spec.modelId = "vit_base_patch16_224";
    open({});
    const auto& rows = page()->list()->selectionModelOfRows()->rows();
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows[0].isTicked && rows[1].isTicked && !rows[2].isTicked);
    // Both models and both weights are named.
    for (const QString& word : {u"vit_base_patch16_224"_s, u"lite_medsam"_s, u"ffffffff"_s, u"bbbbbbbb"_s})
      QVERIFY2(rows[2].refusal.contains(word), qPrintable(rows[2].refusal));
    tick(u"elsewhere"_s, true);
    QVERIFY(!page()->set().isTicked(path(u"elsewhere"_s)));
    page()->list()->setCurrentId(path(u"elsewhere"_s));
    Q_EMIT page()->list()->currentIdChanged({});
    QVERIFY(!page()->trainButton()->isEnabled());
  }

  void withoutAModelTheFirstOneDecides() {
    sets().answers = true;
    sets().files = {sampleSelection(u"a"_s, 1000, 1, std::string(64, 'f')), sampleSelection(u"b"_s, 1000),
                    sampleSelection(u"c"_s, 1000, 1, std::string(64, 'f'))};
    m_window->session().openPictures(m_dir->path());
    m_window->showPage(u"compare"_s);
    QTRY_COMPARE(page()->matrix()->selectionCount(), 2);
    QCOMPARE(sets().compareRequest.names, (QStringList{u"a"_s, u"c"_s}));
    QVERIFY(!page()->list()->selectionModelOfRows()->rows()[1].refusal.isEmpty());
  }

  void everyOperationAndItsCount() {
    open({u"textures"_s, u"digits"_s, u"defects"_s});
    CombineForm* form = page()->form();
    const auto choose = [&](SetOperation operation) {
      form->operationBox()->setCurrentIndex(form->operationBox()->findData(int(operation)));
      return form->positions();
    };
    // Four blocks of 100 by all, 50 by each of three pairs, 200 by each alone.
    QCOMPARE(choose(SetOperation::Intersection), 400);
    QCOMPARE(choose(SetOperation::Union), 4 * (100 + 150 + 600));
    QCOMPARE(choose(SetOperation::Specific), 4 * 600);
    QCOMPARE(choose(SetOperation::Difference), 4 * 200);
    QVERIFY(form->firstBox()->isVisibleTo(form));
    form->firstBox()->setCurrentIndex(2);
    QCOMPARE(form->request().names, (QStringList{u"defects"_s, u"textures"_s, u"digits"_s}));
    QCOMPARE(form->request().paths.first(), path(u"defects"_s));
    QCOMPARE(choose(SetOperation::Shared), 4 * (100 + 150));
    form->atLeastBox()->setValue(3);
    QCOMPARE(form->positions(), 400);
    QCOMPARE(form->request().atLeast, 3);
    QCOMPARE(form->atLeastBox()->maximum(), 3);
  }

  // Any number of them, and a combination beyond the sixty-fourth.
  void seventyAreCompared() {
    QStringList names;
    for (int i = 0; i < 70; ++i) names << u"s%1"_s.arg(i + 10);
    open(names);
    for (const SelectionFacts& facts : page()->set().library().selections()) {
      QVERIFY2(page()->set().whyRefused(facts).isEmpty(), qPrintable(facts.name));
      page()->set().setTicked(facts.path, true);
    }
    QCOMPARE(page()->set().ticked().size(), 70);
    QTRY_COMPARE(page()->matrix()->selectionCount(), 70);
    CombineForm* form = page()->form();
    Q_EMIT page()->upset()->combinationActivated(groupOf({3, 69}));
    QCOMPARE(form->positions(), 4 * 50);
    QCOMPARE(form->request().exactly, (QList<int>{3, 69}));
    Q_EMIT page()->upset()->combinationActivated(Members::firstOnes(70));
    QCOMPARE(form->positions(), 4 * 100);
  }

  void aCombinationOfThePictureIsSaved() {
    open({u"textures"_s, u"digits"_s, u"defects"_s});
    CombineForm* form = page()->form();
    Q_EMIT page()->upset()->combinationActivated(0b101);
    QCOMPARE(form->positions(), 4 * 50);
    QCOMPARE(form->request().exactly, (QList<int>{0, 2}));
    QCOMPARE(form->name(), u"only-textures-defects"_s);
    Q_EMIT page()->upset()->combinationActivated(0);
    QVERIFY(!form->saveButton()->isEnabled());  // none is chosen any more
  }

  void savingNamesChecksAndSelects() {
    open({u"textures"_s, u"digits"_s});
    CombineForm* form = page()->form();
    QCOMPARE(form->name(), u"intersection-textures-digits"_s);
    for (const QString& bad : {u""_s, u"a/b"_s, u"textures"_s, u".hidden"_s}) {
      form->nameEdit()->setText(bad);
      Q_EMIT form->nameEdit()->textEdited(bad);
      QVERIFY2(!form->saveButton()->isEnabled(), qPrintable(bad));
      QVERIFY(!form->saveButton()->toolTip().isEmpty());
    }
    form->nameEdit()->setText(u"core of both"_s);
    Q_EMIT form->nameEdit()->textEdited(u"core of both"_s);
    QVERIFY(form->saveButton()->isEnabled());
    form->saveButton()->click();
    QCOMPARE(sets().combineRequest.out, m_window->session().project().folder + "/selection/core of both.safetensors"_L1);
    QCOMPARE(sets().combineRequest.operation, SetOperation::Intersection);
    QVERIFY(!form->saveButton()->isEnabled());  // one at a time
    SelectionFacts made = sampleSelection(u"core of both"_s, 400);
    made.path = sets().combineRequest.out;
    made.spec.origin = "intersection of textures, digits";
    sets().files.prepend(made);
    Q_EMIT sets().written(sets().writing, made.path, 400);
    QTRY_COMPARE(page()->list()->currentId(), made.path);
    QVERIFY(!page()->set().isTicked(made.path));  // the comparison stays what it was
    QVERIFY(page()->trainButton()->isEnabled());
    page()->trainButton()->click();
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QCOMPARE(m_window->session().selectionFile(), made.path);
  }

  void afterAFailureTheFormCanBeUsedAgain() {
    open({u"textures"_s, u"digits"_s});
    page()->form()->saveButton()->click();
    Failure failure{JobKind::SaveSelection, ErrorCode::Io, u"x"_s, {}, {}, u"disk full"_s};
    Q_EMIT sets().failed(sets().writing, failure);
    QVERIFY(page()->form()->saveButton()->isEnabled());
    // A comparison that failed says so, and another tick tries again.
    sets().answers = false;
    tick(u"digits"_s, false);
    tick(u"digits"_s, true);
    failure.job = JobKind::CompareSelections;
    Q_EMIT sets().failed(sets().comparing, failure);
    QVERIFY(page()->set().failure());
    const int before = sets().compares;
    tick(u"digits"_s, false);
    tick(u"digits"_s, true);
    QCOMPARE(sets().compares, before + 1);
    QVERIFY(!page()->set().failure());
  }

  void filesAreAddedRenamedAndTrashed() {
    open({u"textures"_s, u"digits"_s});
    SelectionLibrary& library = page()->set().library();
    library.add(u"/elsewhere/run/deltas/base.safetensors"_s);
    QCOMPARE(sets().copiedFrom, u"/elsewhere/run/deltas/base.safetensors"_s);
    QCOMPARE(sets().copiedTo, m_window->session().project().folder + "/selection/run.safetensors"_L1);
    library.add(u"/elsewhere/s.safetensors"_s);
    QCOMPARE(sets().copiedTo, m_window->session().project().folder + "/selection/s.safetensors"_L1);
    library.rename(path(u"digits"_s), u"a/b"_s);
    QCOMPARE(sets().renamedTo, QString());
    const int color = page()->set().colorIndex(path(u"digits"_s));
    library.rename(path(u"digits"_s), u"numbers"_s);
    QCOMPARE(sets().renamedFrom, path(u"digits"_s));
    sets().files[1].path = sets().renamedTo;
    sets().files[1].name = u"numbers"_s;
    Q_EMIT sets().moved(sets().moving, sets().renamedTo);
    QTRY_VERIFY(library.find(sets().renamedTo));
    QCOMPARE(page()->set().colorIndex(sets().renamedTo), color);
    library.moveToTrash(sets().renamedTo);
    QCOMPARE(sets().trashed, sets().renamedTo);
    sets().files.removeLast();
    Q_EMIT sets().moved(sets().moving, {});
    QTRY_COMPARE(page()->matrix()->selectionCount(), 0);
  }

  void aSavedSelectionTrains() {
    open({u"textures"_s, u"digits"_s});
    Session& session = m_window->session();
    session.setSelectionFile(path(u"digits"_s));
    QCOMPARE(session.whyNoTraining(), QString());  // without a gradient pass
    session.startTraining();
    QCOMPARE(QString::fromStdString(m_engine->trainSpec.selectionPath), path(u"digits"_s));
    QVERIFY(m_engine->trainSpec.runFolder.ends_with("-gps-digits"));
    m_engine->end(JobOutcome::Cancelled);
    QCOMPARE(QString::fromStdString(readProject(session.project().folder).train.selectionPath), path(u"digits"_s));
    // Of a run: copied into the project first, since a run is trained from a selection file.
    sets().files << sampleSelection(u"20261126-gps-k3"_s, 1000);
    sets().files.last().isRun = true;
    sets().files.last().path = u"/project/runs/20261126-gps-k3"_s;
    page()->set().library().refresh();
    QTRY_COMPARE(page()->list()->selectionModelOfRows()->rowCount(), 3);
    page()->list()->setCurrentIndex(page()->list()->model()->index(2, 0));
    page()->trainButton()->click();
    QCOMPARE(sets().copiedFrom, u"/project/runs/20261126-gps-k3"_s);
    Q_EMIT sets().written(sets().writing, sets().copiedTo, 1000);
    QCOMPARE(session.selectionFile(), sets().copiedTo);
    // The selection page's own again.
    session.setSelectionFile({});
    QCOMPARE(session.whyNoTraining(), u"Run the gradient pass first."_s);
  }

  void theCardFollowsTheSelection() {
    open({u"textures"_s, u"digits"_s});
    SharedCard* card = m_window->selectionPage()->sharedCard();
    m_window->showPage(u"selection"_s);
    QCOMPARE(sets().currents, 0);  // nothing selected yet
    m_window->session().runGradientPass();
    m_engine->say(sampleTable());
    QTest::qWait(400);
    QCOMPARE(sets().currents, 0);  // waits for the job
    m_engine->end();
    QTRY_COMPARE(card->bars()->itemCount(), 2);
    QCOMPARE(sets().scheme.keptPerRow, m_window->session().project().selection.keptPerRow);
    // K moves: asked once it rests.
    const int before = sets().currents;
    for (int k = 2; k < 9; ++k) m_window->session().setKeptPerRow(k);
    QTRY_COMPARE(sets().currents, before + 1);
    QCOMPARE(sets().scheme.keptPerRow, 8);
    QTest::qWait(400);
    QCOMPARE(sets().currents, before + 1);
    Q_EMIT card->comparisonRequested();
    QCOMPARE(m_window->currentPage(), u"compare"_s);
  }

  void anotherProjectForgets() {
    open({u"textures"_s, u"digits"_s});
    sets().files.clear();
    m_window->session().openPictures(m_dir->path() + "/other"_L1);
    QVERIFY(page()->set().ticked().isEmpty());
    QCOMPARE(page()->matrix()->selectionCount(), 0);
    QTRY_VERIFY(page()->isEmptyShown());
  }

 private:
  ComparePage* page() { return m_window->comparePage(); }
  FakeSelectionSets& sets() { return m_engine->sets; }
  static QString path(const QString& name) { return sampleSelection(name, 0).path; }
  void tick(const QString& name, bool on) { page()->set().setTicked(path(name), on); }
  void open(const QStringList& names) {
    for (const QString& name : names) sets().files << sampleSelection(name, 1000);
    sets().answers = true;
    openPictures();
    openModel();
    m_window->showPage(u"compare"_s);
    QTRY_VERIFY(page()->set().comparison());
  }
};

QTEST_MAIN(TestComparePage)
#include "tst_comparepage.moc"
