// What speaks against a score, in one list beside every score: splits that leak, weights that have seen the pictures, and selections and
// runs that were made from pictures outside the training split.
#include <QTest>
#include <QTreeWidget>
#include <fstream>

#include "app/pages/cases/numberspage.h"
#include "app/pages/casespage.h"
#include "app/pages/epochchoice.h"
#include "app/pages/homepage.h"
#include "app/pages/latestruns.h"
#include "app/pages/leakbadge.h"
#include "app/pages/projectcard.h"
#include "app/pages/runspage.h"
#include "app/pages/train/costpanel.h"
#include "app/pages/trainpage.h"
#include "app/project/leaks.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "runfolders.h"
#include "widgets/badge.h"
#include "widgets/runtable.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestLeaks : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    m_engine->sets.answers = true;
    showWindow();
  }
  void cleanup() { end(); }

  void theFindingsAreJoinedAndNamed() {
    LeakEvidence evidence;
    QVERIFY(leakFindings(evidence).isEmpty());
    QCOMPARE(leakWords(evidence), u"–"_s);
    ui::Badge badge;
    showLeaks(badge, evidence);
    QVERIFY(badge.isHidden());
    evidence.isChecked = true;
    showLeaks(badge, evidence);
    QVERIFY(!badge.isHidden());
    QCOMPARE(badge.text(), u"no leak found"_s);
    QCOMPARE(badge.tone(), ui::Tone::Good);
    evidence.seen << u"Kvasir-SEG"_s;
    showLeaks(badge, evidence);
    QCOMPARE(badge.text(), u"seen by the weights"_s);
    QCOMPARE(badge.tone(), ui::Tone::Warn);
    QVERIFY(badge.toolTip().contains(u"Kvasir-SEG"_s));
    QCOMPARE(badge.accessibleDescription(), badge.toolTip());
    evidence.heldOut.insert(u"val"_s, 2);
    evidence.heldOut.insert(u"test"_s, 1);
    evidence.pairs = 4;
    showLeaks(badge, evidence);
    QCOMPARE(badge.text(), u"splits leak + 2"_s);
    QCOMPARE(badge.tone(), ui::Tone::Bad);
    for (const QString& part : {u"4 pair"_s, u"3 picture"_s, u"validation: 2"_s, u"test: 1"_s, u"Kvasir-SEG"_s})
      QVERIFY2(badge.toolTip().contains(part), qPrintable(badge.toolTip()));
    QCOMPARE(leakWords(evidence), u"splits leak · made from held-out pictures · seen by the weights"_s);
    // It is known of the weights before the pictures have been compared.
    evidence = {};
    evidence.seen << u"CUB-200"_s;
    showLeaks(badge, evidence);
    QVERIFY(!badge.isHidden());
  }

  void weightsThatHaveSeenThePicturesAreToldBesideEveryScore() {
    openChecked();
    openModel();
    for (const ui::Badge* badge : badges()) QCOMPARE(badge->text(), u"no leak found"_s);
    m_engine->say(ContaminationTold{{{u"Kvasir-SEG"_s, u"it did"_s}}});
    for (const ui::Badge* badge : badges()) {
      QCOMPARE(badge->text(), u"seen by the weights"_s);
      QCOMPARE(badge->tone(), ui::Tone::Warn);
      QVERIFY(badge->toolTip().contains(u"Kvasir-SEG"_s));
    }
    m_engine->say(ContaminationTold{});
    for (const ui::Badge* badge : badges()) QCOMPARE(badge->text(), u"no leak found"_s);
  }

  // Brought from elsewhere, it was made on what this project validates on.
  void anImportedSelectionMadeOnValidationPicturesIsTold() {
    SelectionFacts clean = sampleSelection(u"clean"_s, 69000), stained = sampleSelection(u"stained"_s, 69000);
    clean.pictures = {1, 2, 3};
    stained.pictures = {2, kOfCase + 7, kOfCase + 9};
    m_engine->sets.files = {clean, stained};
    openChecked();
    openModel();
    m_window->showPage(u"train"_s);
    const CostPanel& panel = *m_window->trainPage()->costPanel();
    const ui::Badge* badge = panel.findChild<ui::Badge*>();
    QVERIFY(badge);
    QCOMPARE(badge->text(), u"no leak found"_s);
    session().setSelectionFile(clean.path);
    QTest::qWait(400);  // the list of selections is read a moment later
    QCOMPARE(badge->text(), u"no leak found"_s);
    QVERIFY(panel.warnings().isEmpty());
    session().setSelectionFile(stained.path);
    QTRY_COMPARE(badge->text(), u"made from held-out pictures"_s);
    QCOMPARE(badge->tone(), ui::Tone::Bad);
    QVERIFY2(badge->toolTip().contains(u"2 picture"_s) && badge->toolTip().contains(u"validation: 2"_s), qPrintable(badge->toolTip()));
    QCOMPARE(panel.warnings().size(), 1);
    // Another method trains no selection.
    TrainSpec draft = session().project().train;
    draft.method = Method::Full;
    session().setTrainDraft(draft);
    QTRY_COMPARE(badge->text(), u"no leak found"_s);
  }

  void runsTellWhatTheirRecordAndTheirPicturesSay() {
    openChecked();
    openModel();
    const QString runs = session().project().runsFolder();
    writeRun(runs + "/clean"_L1, {1, 2}, R"({"leaks": [], "contamination": []})");
    writeRun(runs + "/stained"_L1, {1, kOfCase + 8}, R"({"leaks": [], "contamination": []})");
    writeRun(runs + "/split"_L1, {1}, R"({"leaks": [{"a": "x", "b": "y"}], "contamination": [{"data_set": "Kvasir-SEG"}]})");
    writeRun(runs + "/old"_L1, {}, "{}");
    m_window->showPage(u"runs"_s);
    const auto* table = m_window->runsPage()->table();
    const auto leaksOf = [table](const QString& id) {
      const auto* model = static_cast<const ui::RunModel*>(table->model());
      const int row = model->rowOf(id);
      return row < 0 ? u"missing"_s : model->index(row, ui::RunModel::Leaks).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(leaksOf(u"clean"_s), u"none found"_s, 20000);
    QTRY_COMPARE(leaksOf(u"stained"_s), u"made from held-out pictures"_s);
    QTRY_COMPARE(leaksOf(u"split"_s), u"splits leak · seen by the weights"_s);
    QTRY_COMPARE(leaksOf(u"old"_s), u"–"_s);
    QVERIFY(table->shownColumns().contains(u"leaks"_s));
    // On Home, beside the newest runs and beside the best result.
    m_window->showPage(u"home"_s);
    auto* home = static_cast<HomePage*>(m_window->page(u"home"_s));
    QStringList words;
    for (int i = 0; i < home->latestRuns()->table()->topLevelItemCount(); ++i)
      words << home->latestRuns()->table()->topLevelItem(i)->text(4);
    QVERIFY2(words.contains(u"made from held-out pictures"_s) && words.contains(u"none found"_s), qPrintable(words.join(u'|')));
    // Of its scores, and of nobody else's.
    RunRecord record = readRun((runs + "/stained"_L1).toStdString());
    session().showRun(record);
    m_window->showPage(u"cases"_s);
    CasesPage* cases = m_window->casesPage();
    QTRY_COMPARE(cases->leak()->text(), u"made from held-out pictures"_s);
    QCOMPARE(cases->leak()->tone(), ui::Tone::Bad);
    m_window->showPage(u"numbers"_s);
    QTRY_COMPARE(m_window->numbersPage()->leak()->text(), u"made from held-out pictures"_s);
    m_window->numbersPage()->epochs()->setCurrent(u"untuned"_s);
    Q_EMIT m_window->numbersPage()->epochs()->changed();
    QTRY_COMPARE(m_window->numbersPage()->leak()->text(), u"no leak found"_s);
  }

  void whatTrainsOnValidationPicturesIsScoredOnOthers() {
    openChecked(true);
    openModel();
    const QString runs = session().project().runsFolder();
    writeRun(runs + "/both"_L1, {1, kOfCase + 6}, R"({"leaks": [], "contamination": []})", true);
    writeRun(runs + "/stained"_L1, {1, kOfCase + 9}, R"({"leaks": [], "contamination": []})", true);
    m_window->showPage(u"runs"_s);
    const auto* model = static_cast<const ui::RunModel*>(m_window->runsPage()->table()->model());
    const auto leaksOf = [model](const QString& id) {
      const int row = model->rowOf(id);
      return row < 0 ? u"missing"_s : model->index(row, ui::RunModel::Leaks).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(leaksOf(u"both"_s), u"none found"_s, 20000);
    QTRY_COMPARE(leaksOf(u"stained"_s), u"made from held-out pictures"_s);
  }

 private:
  static constexpr std::uint64_t kOfCase = 1000;  // the fingerprint of case_N is this + N

  void openChecked(bool hasTest = false) {
    DataOpened data = sampleData();
    auto summary = std::make_shared<DataSummary>(*data.summary);
    if (hasTest) summary->items.back().split = "test";
    auto heldOut = std::make_shared<std::vector<std::uint64_t>>();
    for (std::size_t i = 0; i < summary->items.size(); ++i) heldOut->push_back(summary->items[i].split == "train" ? 0 : kOfCase + i);
    data.summary = summary;
    data.heldOut = heldOut;
    openPictures(data);
  }
  QList<const ui::Badge*> badges() {
    QList<const ui::Badge*> all;
    const auto add = [&](const QString& page, const auto& badge) {
      m_window->showPage(page);
      QTest::qWait(20);
      all << badge();
    };
    add(u"home"_s, [&] { return static_cast<HomePage*>(m_window->page(u"home"_s))->projectCard()->leak(); });
    add(u"cases"_s, [&] { return m_window->casesPage()->leak(); });
    add(u"numbers"_s, [&] { return m_window->numbersPage()->leak(); });
    add(u"train"_s, [&] { return m_window->trainPage()->costPanel()->findChild<ui::Badge*>(); });
    return all;
  }
  static void writeRun(const QString& folder, const std::vector<std::uint64_t>& pictures, const char* env, bool trainsOnVal = false) {
    const std::string path = folder.toStdString();
    test::writeRun(path, {});
    if (trainsOnVal) {
      TrainSpec spec;
      spec.trainOnVal = true;
      std::ofstream(path + "/run.toml") << toToml(spec);
    }
    std::ofstream(path + "/env.json") << env;
    SafetensorsWriter writer(path + "/deltas/base.safetensors", {{"pictures", DType::U64, {std::int64_t(pictures.size())}}});
    writer.write("pictures", pictures.data(), pictures.size() * sizeof(std::uint64_t));
    writer.finish();
  }
};

QTEST_MAIN(TestLeaks)
#include "tst_leaks.moc"
