// The Train page on a made-up engine: settings in three faces, presets, cost, queue, grid, stopping.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <memory>

#include "app/mainwindow.h"
#include "app/pages/train/costpanel.h"
#include "app/pages/train/costwarnings.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/train/formpanel.h"
#include "app/pages/train/queuepanel.h"
#include "app/pages/train/sweeppanel.h"
#include "app/pages/trainpage.h"
#include "app/project/trainvalues.h"
#include "core/tuning/presets.h"
#include "core/tuning/runfolder.h"
#include "fakeengine.h"
#include "widgets/button.h"
#include "widgets/configtext.h"
#include "widgets/curveplot.h"
#include "widgets/propertyform.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestTrainPage : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_dir->path().toUtf8());
    m_settings = std::make_unique<AppSettings>(m_dir->path() + "/settings.ini"_L1);
    m_languages = std::make_unique<Languages>();
    m_engine = std::make_unique<FakeEngine>();
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, *m_languages);
  }

  void cleanup() {
    m_window.reset();
    m_engine.reset();
  }

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

  // ---- queue

  void queueModelKeepsItsPromises() {
    open();
    const QAbstractItemModelTester tester(page().queuePanel()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    for (int k : {1, 2, 3}) {
      session().setKeptPerRow(k);
      page().addToQueue();
    }
    QCOMPARE(page().queuePanel()->model()->rowCount(), 3);
    const QString last = queue.runs()[2].id;
    queue.move(last, -1);
    queue.remove(queue.runs()[0].id);
    QCOMPARE(queue.runs()[0].id, last);
    m_languages->use(u"zh_CN"_s);
    m_languages->use(u"en"_s);
  }

  void aQueuedRunIsASnapshot() {
    open();
    session().startTraining();
    spin(u"epochs"_s, 11);
    session().setKeptPerRow(4);
    SelectionSpec scheme = session().project().selection;
    scheme.level = Level::Net;
    session().setSelection(scheme);
    page().addToQueue();
    spin(u"epochs"_s, 2);
    session().setKeptPerRow(1);
    scheme.level = Level::Neuron;
    scheme.keptPerRow = 1;
    session().setSelection(scheme);
    QCOMPARE(m_engine->trained.size(), 1);
    m_engine->end();
    QCOMPARE(m_engine->currentJob(), JobKind::Score);  // first what was asked for by hand
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(m_engine->trained.size(), 2);
    QCOMPARE(m_engine->trainSpec.epochs, 11);
    QCOMPARE(m_engine->trainSpec.selection.keptPerRow, 4);
    QCOMPARE(m_engine->trainSpec.selection.level, Level::Net);
  }

  void oneFailureDoesNotStopTheRest() {
    open();
    RunQueue& queue = page().queue();
    queue.setPaused(true);
    for (int epochs : {1, 2, 3}) {
      spin(u"epochs"_s, epochs);
      page().addToQueue();
    }
    queue.setPaused(false);
    QTRY_COMPARE(m_engine->trained.size(), 1);
    m_engine->end();
    QTRY_COMPARE(m_engine->trained.size(), 2);
    Failure failure{JobKind::Train, ErrorCode::OutOfMemory, {}, {}, {}, u"no memory"_s};
    m_engine->end(JobOutcome::Failed, failure);
    QTRY_COMPARE(m_engine->trained.size(), 3);
    QCOMPARE(m_engine->trainSpec.epochs, 3);
    m_engine->end();
    QTRY_COMPARE(queue.runs()[2].state, QueueState::Done);
    QCOMPARE(queue.runs()[0].state, QueueState::Done);
    QCOMPARE(queue.runs()[1].state, QueueState::Failed);
    QCOMPARE(queue.runs()[1].problem, u"no memory"_s);
    QTRY_COMPARE(m_engine->currentJob(), JobKind::Score);  // of the last one
    m_engine->end(JobOutcome::Cancelled);
    queue.retry(queue.runs()[1].id);
    QTRY_COMPARE(m_engine->trained.size(), 4);
    QCOMPARE(m_engine->trainSpec.epochs, 2);
  }

  void stoppingARunHoldsTheQueue() {
    open();
    RunQueue& queue = page().queue();
    page().addToQueue();
    page().addToQueue();
    QTRY_COMPARE(m_engine->trained.size(), 1);
    session().stopJob();
    m_engine->end(JobOutcome::Cancelled);
    QTest::qWait(20);
    QCOMPARE(m_engine->trained.size(), 1);
    QVERIFY(queue.isPaused());
    QCOMPARE(queue.runs()[0].state, QueueState::Cancelled);
    queue.setPaused(false);
    QTRY_COMPARE(m_engine->trained.size(), 2);
  }

  void theQueueSurvivesARestart() {
    open();
    page().queue().setPaused(true);
    spin(u"epochs"_s, 5);
    page().addToQueue();
    spin(u"epochs"_s, 6);
    page().addToQueue();
    const QString folder = session().project().folder;
    const std::string first = toToml(page().queue().runs()[0].spec);
    QVERIFY(QFile::exists(RunQueue::fileOf(folder)));
    cleanup();
    m_engine = std::make_unique<FakeEngine>();
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, *m_languages);
    session().openProjectFolder(folder);
    m_engine->say(m_engine->last() - 2, sampleData());
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
    RunQueue& queue = page().queue();
    QCOMPARE(queue.runs().size(), 2);
    QCOMPARE(toToml(queue.runs()[0].spec), first);
    QVERIFY(queue.isPaused());
    QTest::qWait(20);
    QVERIFY(m_engine->trained.isEmpty());
    queue.setPaused(false);
    QTRY_COMPARE(m_engine->trained.size(), 1);
    QCOMPARE(m_engine->trainSpec.epochs, 5);
  }

  void aGridGoesToTheQueue() {
    open();
    SweepPanel& sweep = *page().sweepPanel();
    page().queue().setPaused(true);
    QCOMPARE(sweep.runs(), 0);
    set(*sweep.form(), u"k"_s, u"1, 3"_s);
    set(*sweep.form(), u"scheme"_s, u"neuron, net random, full"_s);
    set(*sweep.form(), u"learning_rate"_s, u"1e-3, 2e-3"_s);
    QVERIFY2(sweep.problem().isEmpty(), qPrintable(sweep.problem()));
    QCOMPARE(sweep.runs(), (2 + 2 + 1) * 2);  // full has no K
    QCOMPARE(sweep.passes(), 1);              // random and full need none
    set(*sweep.form(), u"seed"_s, u"1, 2"_s);
    QCOMPARE(sweep.runs(), 20);
    QCOMPARE(sweep.passes(), 2);
    sweep.add();
    QCOMPARE(page().queue().runs().size(), 20);
    const QString group = page().queue().runs()[0].group;
    QFile plan(session().project().folder + "/sweeps/"_L1 + group + "/plan.toml"_L1);
    QVERIFY(plan.open(QIODevice::ReadOnly));
    QVERIFY(plan.readAll().contains("scheme = [\"neuron\", \"net random\", \"full\"]"));
    set(*sweep.form(), u"k"_s, u"1, many"_s);
    QVERIFY(!sweep.problem().isEmpty());
  }

  // ---- stopping

  void stopAsksAndDiscards() {
    open();
    session().startTraining();
    const QString folder = session().run().folder;
    QVERIFY(QDir().mkpath(folder));
    page().stop();
    QVERIFY(page().stopQuestion().isOpen());
    QVERIFY(page().stopQuestion().box()->text().contains(QFileInfo(folder).fileName()));
    page().stopQuestion().box()->findChild<QPushButton*>(u"goOn"_s)->click();
    QTRY_VERIFY(!page().stopQuestion().isOpen());
    QVERIFY(session().isTraining());
    page().stop();
    QSignalSpy discarded(&page().stopQuestion(), &StopQuestion::discarded);
    page().stopQuestion().box()->findChild<QPushButton*>(u"discard"_s)->click();
    QCOMPARE(m_engine->state(), RunState::Stopping);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(discarded.count(), 1);
    QVERIFY(!QFile::exists(folder));
    QVERIFY(QFile::exists(discarded.first()[1].toString()));
    QCOMPARE(session().run().phase, RunView::Phase::None);
  }

  void aFailedRunCanGoOn() {
    open();
    session().startTraining();
    const QString folder = session().run().folder;
    m_engine->end(JobOutcome::Failed);
    QVERIFY(!session().canResumeRun());  // it wrote nothing
    session().startTraining();
    QVERIFY(QDir().mkpath(session().run().folder));
    QFile toml(session().run().folder + "/run.toml"_L1);
    QVERIFY(toml.open(QIODevice::WriteOnly));
    toml.close();
    m_engine->say(StepsAdded{{{1, 0.5, 1.0, 1e-3}, {2, 1.0, 0.9, 1e-3}, {3, 1.5, 0.8, 1e-3}}});
    m_engine->end(JobOutcome::Failed);
    QVERIFY(session().canResumeRun());
    session().resumeRun();
    QVERIFY(m_engine->trainSpec.resume);
    // From the end of epoch 1: step 3 is told again.
    m_engine->say(StepsAdded{{{3, 1.5, 0.7, 1e-3}}});
    QCOMPARE(session().run().steps.size(), std::size_t(3));
    QCOMPARE(session().run().steps.back().loss, 0.7);
    QCOMPARE(page().curves()->pointCount(0), 3);
  }

  void anyOrderOfButtonsAtAnySpeed() {
    open();
    QRandomGenerator draw(11);
    page().queue().setPaused(true);
    for (int i = 0; i < 1000; ++i) {
      switch (draw.bounded(9)) {
        case 0:
          page().startOrResume();
          break;
        case 1:
        case 2:
          page().pauseOrContinue();
          break;
        case 3:
          page().stop();
          break;
        case 4:
          if (auto* box = page().stopQuestion().box())
            box->findChild<QPushButton*>(QStringList{u"keep"_s, u"discard"_s, u"goOn"_s}[draw.bounded(3)])->click();
          break;
        case 5:
          if (m_engine->state() == RunState::Pausing) m_engine->reachGate();
          break;
        case 6:
          if (m_engine->state() == RunState::Stopping) m_engine->end(JobOutcome::Cancelled);
          break;
        case 7:
          if (m_engine->state() != RunState::Idle && draw.bounded(8) == 0)
            m_engine->end(draw.bounded(2) == 0 ? JobOutcome::Finished : JobOutcome::Failed);
          break;
        default:
          QTest::qWait(1);
      }
      const bool canPause = m_engine->state() == RunState::Running || m_engine->state() == RunState::Paused;
      if (session().isTraining() && canPause) {
        const RunState before = m_engine->state();
        page().pauseOrContinue();
        QVERIFY(m_engine->state() != before);  // answers at once
        page().pauseOrContinue();
      }
    }
    if (m_engine->state() != RunState::Idle) {
      session().stopJob();
      m_engine->end(JobOutcome::Cancelled);
    }
    QVERIFY(!session().isBusy());
  }

  // ---- curves

  void curvesByStepAndTime() {
    open();
    session().startTraining();
    m_engine->say(EpochDone{sampleEpoch(0)});
    for (int step = 1; step <= 8; ++step) {
      Progress progress{"train", "steps", step, 40, 2.0 * step, 10, 0.5, 1, 20};
      m_engine->say(progress);
      m_engine->say(StepsAdded{{{step, step / 4.0, 1.0 / step, 1e-3 / step}}});
      if (step % 4 == 0) m_engine->say(EpochDone{sampleEpoch(step / 4)});
    }
    CurvesPanel& curves = *page().curvesPanel();
    QCOMPARE(curves.curves()->pointCount(0), 8);
    QCOMPARE(curves.curves()->lastPoint(0).first, 2.0);
    QCOMPARE(curves.rates()->pointCount(0), 8);
    QVERIFY(curves.rates()->pointCount(1) >= 6);
    QCOMPARE(curves.rates()->lastPoint(1).second, 0.5);
    curves.setAxis(u"step"_s);
    QCOMPARE(curves.curves()->lastPoint(0).first, 8.0);
    QCOMPARE(curves.curves()->lastPoint(1).first, 8.0);  // validation of epoch 2
    curves.setAxis(u"time"_s);
    QCOMPARE(curves.curves()->lastPoint(0).first, 16.0);
  }

 private:
  TrainPage& page() { return *m_window->trainPage(); }
  Session& session() { return m_window->session(); }

  void open() { openWith(sampleData(), sampleModel(), true); }
  void openClasses() { openWith(sampleClasses(), sampleClassifier(), false); }

  void openWith(const DataOpened& data, const ModelOpened& model, bool hasTable) {
    session().openPictures(m_dir->path());
    m_engine->say(m_engine->last() - 1, data);
    m_engine->end();
    session().openWeights(u"/weights/model.pth"_s);
    m_engine->say(model);
    m_engine->end();
    if (!hasTable) return;
    session().runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
  }

  static std::shared_ptr<const TrainCost> sampleCost() {
    auto cost = std::make_shared<TrainCost>();
    cost->stepMs = {110, 90, 100};
    cost->batch = 8;
    cost->stepsPerEpoch = 10;
    cost->epochs = 20;
    cost->validationMeasured = 2;
    cost->validationSeconds = 1;
    cost->validationPictures = 4;
    cost->peakMib = 300;
    cost->trainableTotal = 4000000;
    cost->parameters = 9000000;
    cost->deltaEpochBytes = 16000000;
    cost->trainingStateBytes = 64000000;
    cost->denseStateBytes = 144000000;
    cost->freeDiskBytes = 1e12;
    cost->freeMemoryBytes = 8e9;
    return cost;
  }

  void write(const QString& text) {
    auto* editor = page().formPanel()->text()->editor();
    editor->setPlainText(text);  // as a paste over everything
  }
  void set(ui::PropertyForm& form, const QString& key, const QString& text) {
    auto* edit = qobject_cast<QLineEdit*>(form.editor(key));
    edit->clear();
    QTest::keyClicks(edit, text);
  }
  void type(const QString& key, const QString& text) {
    set(*page().form(), key, text);
    QTest::keyClick(page().form()->editor(key), Qt::Key_Return);
  }
  void spin(const QString& key, int value) { qobject_cast<QSpinBox*>(page().form()->editor(key))->setValue(value); }
  void choose(const QString& key, const QString& value) {
    auto* box = qobject_cast<QComboBox*>(page().form()->editor(key));
    box->setCurrentIndex(box->findData(value));
  }

  std::unique_ptr<QTemporaryDir> m_dir;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<Languages> m_languages;
  std::unique_ptr<FakeEngine> m_engine;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestTrainPage)
#include "tst_trainpage.moc"
