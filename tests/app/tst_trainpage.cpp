// The Train page on a made-up engine: settings in three faces, presets, cost.
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QTest>
#include <map>
#include <set>
#include <string>

#include "app/pages/selectionpage.h"
#include "app/pages/train/costpanel.h"
#include "app/pages/train/costwarnings.h"
#include "app/pages/train/preflight.h"
#include "app/project/trainvalues.h"
#include "core/tuning/presets.h"
#include "core/tuning/runfolder.h"
#include "trainfixture.h"
#include "widgets/button.h"
#include "widgets/keyvaluelist.h"
#include "widgets/kslider.h"
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

  // Beside the field, in its tool tip and for screen readers; the tool tip says where a number has none.
  void everyAmountTellsItsUnit() {
    const QHash<QString, QString> units{{u"k"_s, u"inputs"_s},       {u"epochs"_s, u"epochs"_s},  {u"warmup_epochs"_s, u"epochs"_s},
                                        {u"batch"_s, u"pictures"_s}, {u"limit"_s, u"pictures"_s}, {u"validation_limit"_s, u"pictures"_s},
                                        {u"threads"_s, u"threads"_s}};
    for (const bool isOfClasses : {false, true}) {
      cleanup();
      beginOnTrainPage();
      if (isOfClasses)
        openClasses();
      else
        open();
      int amounts = 0;
      for (const QString& key : page().form()->keys()) {
        const QWidget* editor = page().form()->editor(key);
        const QString unit = units.value(key);
        const bool isNumber = editor->toolTip().contains(u"unit: "_s);
        QVERIFY2(isNumber || !qobject_cast<const QSpinBox*>(editor), qPrintable(key));
        if (!isNumber) continue;
        ++amounts;
        QVERIFY2(editor->toolTip().contains(u"unit: "_s + (unit.isEmpty() ? u"none"_s : unit)), qPrintable(editor->toolTip()));
        QVERIFY2(unit.isEmpty() || editor->accessibleName().endsWith(u" (%1)"_s.arg(unit)), qPrintable(editor->accessibleName()));
      }
      QCOMPARE(amounts, isOfClasses ? 18 : 15);
    }
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

  // Nothing that the text takes is lost: not by a save, not by opening again, not by an undo.
  void everySettingOutlivesSaveAndUndo() {
    open();
    const std::map<std::string, std::string> others{
        {"data.limit", "11"},
        {"data.validation_limit", "3"},
        {"data.train_on_val", "true"},
        {"device.device", "'cpu'"},
        {"device.precision", "'bf16'"},
        {"device.threads", "2"},
        {"device.field_memory", "'host'"},
        {"selection.file", "'/s/a.safetensors'"},
        {"selection.level", "'layer'"},
        {"selection.criterion", "'magnitude'"},
        {"selection.loss", "'ce'"},
        {"selection.k", "5"},
        {"selection.share", "0.01"},
        {"selection.layer_budget", "'rows'"},
        {"selection.exclude_blocks", "['0.0']"},
        {"selection.exclude_kinds", "['fc1']"},
        {"selection.keep_excluded_biases", "true"},
        {"selection.batch", "2"},
        {"selection.limit", "4"},
        {"selection.seed", "9"},
        {"selection.micro_batch", "1"},
        {"selection.early_stop", "0.9"},
        {"selection.trace", "true"},
        {"training.decoder", "'sparse'"},
        {"training.rule", "'dense'"},
        {"training.backward", "'union'"},
        {"training.recompute", "true"},
        {"training.eager", "true"},
        {"training.epochs", "7"},
        {"training.batch", "3"},
        {"training.learning_rate", "3e-4"},
        {"training.min_learning_rate", "1e-6"},
        {"training.weight_decay", "0.1"},
        {"training.clip_norm", "1.5"},
        {"training.layer_decay", "0.9"},
        {"training.schedule", "'constant'"},
        {"training.optimizer", "'sgd'"},
        {"training.warmup_epochs", "2"},
        {"training.warmup_learning_rate", "1e-3"},
        {"training.augment", "'none'"},
        {"training.drop_path", "0.1"},
        {"training.mixup", "0.2"},
        {"training.cutmix", "0.3"},
        {"training.label_smoothing", "0.1"},
        {"training.ema_decay", "0.99"},
        {"training.seed", "8"},
        {"training.fast", "true"},
    };
    // Decided by other pages, or following the training's; the method below, as one without a selection names no file.
    const std::set<std::string> notHere{
        ".schema",          "model.id",      "model.weights", "model.image_size",    "model.prompt",
        "model.preprocess", "model.classes", "data.folder",   "selection.drop_path", "selection.random_interpolation",
        "training.method"};
    const auto now = [this] { return settingsByKey(page().draft().spec()); };
    const auto before = now();
    QString text, section;
    for (const QString& line : page().draft().toml().split(u'\n')) {
      if (line.startsWith(u'[')) section = line.mid(1, line.size() - 2);
      const QString key = line.section(u" = "_s, 0, 0);
      const auto other = others.find((section + u'.' + key).toStdString());
      text += (other == others.end() ? line : key + u" = "_s + QString::fromStdString(other->second)) + u'\n';
    }
    const auto problem = page().draft().apply(text);
    QVERIFY2(!problem, problem ? qPrintable(problem->text) : "");
    const auto after = now();
    for (const auto& [key, value] : after)
      QVERIFY2(notHere.contains(key) == (before.at(key) == value), ("neither here nor elsewhere: " + key).c_str());
    session().document().history().undo();
    QCOMPARE(now(), before);
    session().document().history().redo();
    QCOMPARE(now(), after);
    QVERIFY(session().document().save());
    const QString folder = session().project().folder;
    cleanup();
    m_engine = std::make_unique<FakeEngine>();
    showTrainPage();
    session().openProjectFolder(folder);
    m_engine->say(m_engine->last() - 2, sampleData());
    m_engine->say(m_engine->last() - 1, sampleModel());
    m_engine->end();
    QCOMPARE(now(), after);
    choose(u"method"_s, u"bias"_s);
    session().document().history().undo();
    QCOMPARE(now(), after);
  }

  void aShareDecidesK() {
    open();
    type(u"share"_s, u"0.02"_s);
    QCOMPARE(session().project().selection.share, 0.02);
    auto* k = page().form()->editor(u"k"_s);
    QVERIFY(!k->isEnabled() && k->toolTip().contains(page().draft().whyNot(u"k"_s)));
    const auto* slider = m_window->selectionPage()->findChild<ui::KSlider*>();
    QVERIFY(!slider->findChild<QSlider*>()->isEnabled());
    QVERIFY(!slider->findChild<QSpinBox*>()->isEnabled());
    const QString run = freshRunFolder(session().project(), session().resolvedTrainSpec());
    QVERIFY2(run.endsWith(u"-gps-share0.02"_s), qPrintable(run));
    type(u"share"_s, u"0"_s);
    QVERIFY(k->isEnabled());
    QVERIFY(slider->findChild<QSlider*>()->isEnabled());
  }

  // One choice takes with it what would contradict it and could not be set right any more.
  void theFormLeadsIntoNoDeadEnd() {
    open();
    TrainDraft& draft = page().draft();
    const auto canStart = [this] { return session().whyNoTraining().isEmpty() && page().queue().whyNotAdd().isEmpty(); };
    for (const char* method : {"gps", "bias", "full", "decoder", "linear"})
      for (const char* decoder : {"train", "freeze", "sparse"})
        for (const bool decoderFirst : {true, false}) {
          choose(u"method"_s, u"gps"_s);
          choose(u"decoder"_s, u"train"_s);
          spin(u"warmup_epochs"_s, 14);
          if (decoderFirst) choose(u"decoder"_s, QString::fromLatin1(decoder));
          choose(u"method"_s, QString::fromLatin1(method));
          if (!decoderFirst && page().form()->editor(u"decoder"_s)->isEnabled()) choose(u"decoder"_s, QString::fromLatin1(decoder));
          QVERIFY2(canStart(), qPrintable(session().whyNoTraining()));
        }
    choose(u"method"_s, u"full"_s);
    QVERIFY(!draft.whyNot(u"decoder"_s).isEmpty());
    // Of an older file, say: the reason is on the buttons.
    TrainSpec wrong = session().project().train;
    wrong.method = Method::Gps;
    wrong.selection.decoder = DecoderMode::Freeze;
    wrong.warmupEpochs = 14;
    session().setTrainDraft(wrong);
    QVERIFY(session().whyNoTraining().contains(u"decoder"_s));
    int told = 0;
    for (const auto* button : page().findChildren<ui::Button*>())
      if (button->text() == "Start training"_L1 || button->text() == "Add to queue"_L1)
        told += !button->isEnabled() && button->toolTip().contains(u"decoder"_s);
    QVERIFY(told >= 2);
    session().startTraining();
    QVERIFY(m_engine->trained.isEmpty());
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

  // Whatever was chosen before, elsewhere too; and the note says no more than what holds.
  void aPresetTakesBackWhatTheAuthorsDidNotDo() {
    for (const bool isOnCpu : {false, true}) {
      cleanup();
      beginOnTrainPage();
      auto model = sampleClassifier();
      if (isOnCpu) model.device.clear(), model.cpuThreads = 2;
      openWith(sampleClasses(), model, false);
      TrainDraft& draft = page().draft();
      TrainSpec spec = draft.spec();
      spec.selection.level = Level::Net;
      spec.selection.criterion = Criterion::Magnitude;
      spec.selection.excludedBlocks = {"0"};
      spec.selection.excludedKinds = {"fc1"};
      spec.selection.loss = LossKind::CrossEntropy;
      spec.selection.share = 0.1;
      spec.selectionPath = "/s/a.safetensors";
      spec.limit = 3;
      spec.validationLimit = 2;
      spec.device.precision = Precision::Bf16;
      draft.setSpec(spec);
      draft.choosePreset(u"vtab-pets"_s);
      const TrainSpec now = session().resolvedTrainSpec();
      QCOMPARE(now.selection.level, Level::Neuron);
      QCOMPARE(now.selection.criterion, Criterion::Gradient);
      QVERIFY(now.selection.excludedBlocks.empty() && now.selection.excludedKinds.empty());
      QCOMPARE(now.selection.loss, LossKind::Contrastive);
      QCOMPARE(now.selection.share, 0.0);
      QVERIFY(now.selectionPath.empty());
      QCOMPARE(now.limit, 0);
      QCOMPARE(now.validationLimit, 0);
      QCOMPARE(now.device.precision, isOnCpu ? Precision::Fp32 : Precision::Fp16);
      QCOMPARE(draft.changedSincePreset(), 0);
      QCOMPARE(draft.presetNote().contains(u"fp32"_s), isOnCpu);
      const QString held = draft.presetNote();
      session().setExcluded({u"3"_s}, {});
      QCOMPARE(draft.changedSincePreset(), 1);
      QVERIFY(draft.presetNote() != held);
      session().setExcluded({}, {});
      SelectionSpec other = session().project().selection;
      other.level = Level::Layer;
      session().setSelection(other);
      QCOMPARE(draft.changedSincePreset(), 1);
    }
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

  // ---- what trains

  void whatTrainsIsCountedFromTheSettings() {
    open();
    const auto valueOf = [&](const QString& key) {
      for (const auto* list : page().findChildren<ui::KeyValueList*>())
        for (const auto& row : list->rows())
          if (row.key == key) return QString(row.value).remove(u',').toLongLong();
      return -1LL;
    };
    const auto trainable = session().counts(1)->trainable;
    QCOMPARE(valueOf(u"All, with decoder"_s), trainable + 4058340);
    choose(u"decoder"_s, u"freeze"_s);
    QCOMPARE(valueOf(u"All, decoder frozen"_s), trainable);
    choose(u"decoder"_s, u"sparse"_s);
    QCOMPARE(valueOf(u"All, with decoder picks"_s), trainable + 9000 + 3000);
    choose(u"method"_s, u"bias"_s);
    QCOMPARE(valueOf(u"Encoder"_s), 24000);
    QCOMPARE(valueOf(u"Decoder"_s), 9000);
    choose(u"method"_s, u"linear"_s);
    QCOMPARE(valueOf(u"Encoder"_s), 0);
    QCOMPARE(valueOf(u"Decoder"_s), 20000);
    choose(u"method"_s, u"full"_s);
    QCOMPARE(valueOf(u"Encoder"_s), 5720000);
    QCOMPARE(valueOf(u"Decoder"_s), 4058340);
  }

  // Number and difference are of one measurement.
  void theBestIsComparedAsItWasMeasured() {
    open();
    session().startTraining();
    EpochRecord before = sampleEpoch(0), best = sampleEpoch(1);
    before.precision = best.precision = Precision::Bf16;
    before.diceMean = 0.10;
    best.diceMean = 0.50;
    EpochFigures again = best;
    again.diceMean = 0.56;
    best.again = again;
    m_engine->say(EpochDone{before});
    m_engine->say(EpochDone{best});
    QStringList texts;
    for (const auto* label : page().findChildren<QLabel*>()) texts << label->text();
    QVERIFY(texts.contains(u"0.560"_s));
    QVERIFY2(texts.filter(u"+0.460 against"_s).size() == 1, qPrintable(texts.filter(u"against"_s).join(u'\n')));
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
    DiskNeed disk{double(cost->diskBytes()), cost->freeDiskBytes, 1, false};
    QVERIFY(runWarnings(cost.get(), disk, {}).isEmpty());
    disk.freeBytes = disk.bytes;
    QCOMPARE(runWarnings(cost.get(), disk, {}).size(), 1);
    const QString key = runWarnings(cost.get(), disk, {}).constFirst().key;
    disk.freeBytes *= 0.9;  // less is free, the trouble is the same
    QCOMPARE(runWarnings(cost.get(), disk, {}).constFirst().key, key);
    disk.bytes *= 2;
    QVERIFY(runWarnings(cost.get(), disk, {}).constFirst().key != key);
    cost->freeMemoryBytes = 1.1 * cost->peakMib * 1024 * 1024;
    QCOMPARE(runWarnings(cost.get(), disk, {}).size(), 2);
    LeakEvidence evidence;
    evidence.seen << u"Kvasir-SEG"_s;
    QCOMPARE(runWarnings(nullptr, {}, evidence).size(), 1);
    evidence.pairs = 1;
    QCOMPARE(runWarnings(nullptr, {}, evidence).size(), 2);
    evidence.heldOut.insert(u"val"_s, 3);
    QCOMPARE(runWarnings(nullptr, {}, evidence).size(), 3);
  }

  void aWarnedRunIsAskedForOnceAndMayStart() {
    open();
    m_engine->say(ContaminationTold{{{u"Kvasir-SEG"_s, u"it did"_s}}});
    page().startOrResume();
    QVERIFY(question());
    QVERIFY(!session().isTraining());
    question()->findChild<QPushButton*>(u"startAllTheSame"_s)->click();
    QVERIFY(session().isTraining());
    m_engine->end(JobOutcome::Failed);
    QTRY_VERIFY(!question());
    page().startOrResume();
    QVERIFY(session().isTraining());
  }

 private:
  QMessageBox* question() { return page().preflight().question(); }
};

QTEST_MAIN(TestTrainPage)
#include "tst_trainpage.moc"
