// The Train page on a made-up engine: settings in three faces, presets, cost.
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include "app/pages/train/costpanel.h"
#include "app/pages/train/costwarnings.h"
#include "app/project/trainvalues.h"
#include "core/tuning/presets.h"
#include "core/tuning/runfolder.h"
#include "trainfixture.h"
#include "widgets/button.h"
#include "widgets/keyvaluelist.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestTrainPage : public QObject, protected TrainFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { beginOnTrainPage(); }
  void cleanup() { end(); }

  // ---- three faces

  void everySettingHasAFieldOrIsNamed() {
    open();
    const auto form = page().form()->keys();
    const QStringList classesOnly{u"drop_path"_s, u"mixup"_s, u"cutmix"_s, u"label_smoothing"_s, u"ema_decay"_s};
    const auto values = trainValues(TrainSpec{});
    for (auto it = values.cbegin(); it != values.cend(); ++it)
      QVERIFY2(form.contains(it.key()) || classesOnly.contains(it.key()), qPrintable(it.key()));
    QVERIFY(!page().form()->editor(u"seed"_s)->isHidden());
  }

  void formTextAndCommandAreOne() {
    open();
    FormPanel& panel = *page().formPanel();
    type(u"learning_rate"_s, u"3e-4"_s);
    QCOMPARE(session().project().train.learningRate, 3e-4);
    panel.showFace(u"command"_s);
    QVERIFY2(panel.command()->toPlainText().contains(u"--lr 3e-04 "_s), qPrintable(panel.command()->toPlainText()));
    QVERIFY(panel.command()->isReadOnly());
    panel.showFace(u"text"_s);
    QString text = panel.text()->text();
    QVERIFY2(text.contains(u"learning_rate = 3e-04"_s), qPrintable(text));
    text.replace(u"epochs = 20"_s, u"epochs = 7"_s).replace(u"k = 1\n"_s, u"k = 5\n"_s).replace(u"clip_norm = 0.0"_s, u"clip_norm = 1.5"_s);
    write(text);
    QCOMPARE(panel.text()->problem(), QString());
    QCOMPARE(session().project().train.epochs, 7);
    QCOMPARE(session().project().train.clipNorm, 1.5);
    QCOMPARE(session().project().selection.keptPerRow, 5);
    QCOMPARE(panel.text()->text(), text);  // as it was written
    panel.showFace(u"form"_s);
    QCOMPARE(page().form()->value(u"epochs"_s).toInt(), 7);
    QCOMPARE(page().form()->value(u"k"_s).toInt(), 5);
    session().startTraining();
    QCOMPARE(m_engine->trainSpec.clipNorm, 1.5);
    QCOMPARE(m_engine->trainSpec.selection.keptPerRow, 5);
  }

  void aWrongTextIsKeptAndItsLineNamed_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown key") << u"epochs = 20"_s << u"epoch = 20"_s << u"no setting training.epoch"_s;
    QTest::newRow("unknown word") << u"schedule = 'cosine'"_s << u"schedule = 'cosin'"_s << u"cosine|paper|constant"_s;
    QTest::newRow("wrong type") << u"epochs = 20"_s << u"epochs = 'many'"_s << u"whole number"_s;
    QTest::newRow("not TOML") << u"epochs = 20"_s << u"epochs = = 20"_s << u"TOML"_s;
    QTest::newRow("other page") << u"image_size = 128"_s << u"image_size = 256"_s << u"Model page"_s;
  }

  void aWrongTextIsKeptAndItsLineNamed() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, says);
    open();
    FormPanel& panel = *page().formPanel();
    panel.showFace(u"text"_s);
    QString text = panel.text()->text();
    QVERIFY2(text.contains(before), qPrintable(text));
    text.replace(before, after);
    const TrainSpec was = session().project().train;
    write(text);
    QVERIFY2(panel.text()->problem().contains(says), qPrintable(panel.text()->problem()));
    QCOMPARE(panel.text()->problemLine(), int(text.left(text.indexOf(after)).count(u'\n')) + 1);
    QCOMPARE(toToml(session().project().train), toToml(was));
    QCOMPARE(panel.text()->text(), text);
    // Another change elsewhere does not take the text away.
    session().setKeptPerRow(9);
    QCOMPARE(panel.text()->text(), text);
  }

  // A K slider moves on another page: the form is filled when somebody sees it.
  void theFormWaitsUntilItIsSeen() {
    open();
    m_window->showPage(u"selection"_s);
    const int was = page().form()->value(u"k"_s).toInt();
    session().setKeptPerRow(17);
    QCOMPARE(page().form()->value(u"k"_s).toInt(), was);
    QCOMPARE(session().resolvedTrainSpec().selection.keptPerRow, 17);
    m_window->showPage(u"train"_s);
    QCOMPARE(page().form()->value(u"k"_s).toInt(), 17);
    session().setKeptPerRow(18);
    QCOMPARE(page().form()->value(u"k"_s).toInt(), 18);
  }

  void aRangeIsRefused() {
    open();
    const QString text = page().draft().toml().replace(u"layer_decay = 1.0"_s, u"layer_decay = 3.0"_s);
    const auto problem = page().draft().check(text);
    QVERIFY(problem && problem->text.contains(u"layer decay"_s));
  }

  void fieldsThatDoNotApplySayWhy() {
    open();
    TrainDraft& draft = page().draft();
    QVERIFY(!draft.whyNot(u"warmup_learning_rate"_s).isEmpty());
    choose(u"schedule"_s, u"constant"_s);
    QVERIFY(!draft.whyNot(u"min_learning_rate"_s).isEmpty());
    auto* editor = page().form()->editor(u"min_learning_rate"_s);
    QVERIFY(!editor->isEnabled() && editor->toolTip().contains(draft.whyNot(u"min_learning_rate"_s)));
    choose(u"schedule"_s, u"cosine"_s);
    QVERIFY(editor->isEnabled());
    choose(u"method"_s, u"bias"_s);
    QVERIFY(!page().form()->editor(u"k"_s)->isEnabled());
    choose(u"rule"_s, u"dense"_s);
    QVERIFY(!page().form()->editor(u"backward"_s)->isEnabled());
    QVERIFY(!page().form()->editor(u"train_on_val"_s)->isEnabled());  // no test split
  }

  // ---- presets

  void aPresetFillsInAndSaysSo() {
    openClasses();
    FormPanel& panel = *page().formPanel();
    const int at = panel.presets()->findData(u"fgvc-flowers"_s);
    QVERIFY(at > 0);
    panel.presets()->setCurrentIndex(at);
    Q_EMIT panel.presets()->activated(at);
    const TrainSpec& t = session().project().train;
    QCOMPARE(t.emaDecay, 0.99);
    QCOMPARE(t.mixup, 0.8);
    QCOMPARE(t.dropPath, 0.1);
    QCOMPARE(t.learningRate, 1e-3);
    QVERIFY(t.trainOnVal);
    QCOMPARE(session().project().preset, u"fgvc-flowers"_s);
    TrainDraft& draft = page().draft();
    QVERIFY(draft.source(u"mixup"_s) == TrainDraft::Source::Preset);
    QVERIFY(draft.sourceText(u"mixup"_s).contains(u"Oxford Flowers"_s));
    QVERIFY(page().form()->editor(u"mixup"_s)->toolTip().contains(u"Oxford Flowers"_s));
    QVERIFY(draft.source(u"device"_s) == TrainDraft::Source::Default);
    QCOMPARE(draft.changedSincePreset(), 0);
    type(u"learning_rate"_s, u"0.5"_s);
    QVERIFY(draft.source(u"learning_rate"_s) == TrainDraft::Source::Own);
    QCOMPARE(draft.changedSincePreset(), 1);
    panel.presets()->setCurrentIndex(0);
    Q_EMIT panel.presets()->activated(0);
    QVERIFY(draft.source(u"learning_rate"_s) == TrainDraft::Source::Default);
    QCOMPARE(session().project().train.mixup, 0.0);
  }

  void presetsAreThoseOfTheirTask() {
    open();
    QVERIFY(page().formPanel()->presets()->findData(u"fgvc-cub"_s) < 0);
    QVERIFY(page().formPanel()->presets()->findData(u"kvasir"_s) > 0);
    page().draft().choosePreset(u"kvasir"_s);
    QCOMPARE(session().project().train.batch, 1);
    QCOMPARE(session().project().train.epochs, 20);
    for (const Preset& preset : presets()) QCOMPARE(presetOf(preset.id)->title, preset.title);
  }

  // ---- cost

  void costIsAskedForShownAndGoesStale() {
    open();
    CostPanel& panel = *page().costPanel();
    auto* measure = panel.findChild<ui::Button*>(u"measureCost"_s);
    QVERIFY(measure->isEnabled());
    measure->click();
    QVERIFY(!measure->isEnabled());
    QCOMPARE(m_engine->costSpec.epochs, session().project().train.epochs);
    m_engine->say(CostMeasured{sampleCost()});
    m_engine->end();
    QVERIFY(panel.cost() && panel.isFresh());
    QVERIFY(panel.warnings().isEmpty());
    QStringList told;
    for (const auto& row : panel.findChild<ui::KeyValueList*>()->rows()) told << row.key + u": "_s + row.value;
    QVERIFY2(told.contains(u"loading them: 50.0 ms"_s) && told.contains(u"again, from memory: 10.0 ms"_s), qPrintable(told.join(u'\n')));
    QVERIFY2(told.contains(u"The first epoch: ≈ 3.5 s"_s), qPrintable(told.join(u'\n')));
    type(u"learning_rate"_s, u"0.001"_s);  // costs the same
    QVERIFY(panel.isFresh());
    spin(u"batch"_s, 4);
    QVERIFY(!panel.isFresh());
  }

  void whatSpeaksAgainstARun() {
    auto cost = std::make_shared<TrainCost>(*sampleCost());
    QVERIFY(runWarnings(cost.get(), nullptr, {}).isEmpty());
    cost->freeDiskBytes = double(cost->diskBytes());
    QCOMPARE(runWarnings(cost.get(), nullptr, {}).size(), 1);
    cost->freeMemoryBytes = 1.1 * cost->peakMib * 1024 * 1024;
    QCOMPARE(runWarnings(cost.get(), nullptr, {}).size(), 2);
    QCOMPARE(runWarnings(nullptr, nullptr, {{u"Kvasir-SEG"_s, u"it did"_s}}).size(), 1);
    DataSummary leaking;
    leaking.leaks.push_back({"a", "train", "b", "val", "same bytes"});
    QCOMPARE(runWarnings(nullptr, &leaking, {}).size(), 1);
  }

  void aWarnedRunIsAskedForOnceAndMayStart() {
    open();
    m_engine->say(ContaminationTold{{{u"Kvasir-SEG"_s, u"it did"_s}}});
    page().startOrResume();
    QVERIFY(page().startQuestion());
    QVERIFY(!session().isTraining());
    page().startQuestion()->findChild<QPushButton*>(u"startAllTheSame"_s)->click();
    QVERIFY(session().isTraining());
    m_engine->end(JobOutcome::Failed);
    QTRY_VERIFY(!page().startQuestion());
    page().startOrResume();
    QVERIFY(session().isTraining());
  }
};

QTEST_MAIN(TestTrainPage)
#include "tst_trainpage.moc"
