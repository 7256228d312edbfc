// Values of the session: late results, follow-up jobs, project and settings files.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/engine/failuretext.h"
#include "app/project/session.h"
#include "fakeengine.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestSession : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() {
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_dir->path().toUtf8());
    qunsetenv("GPS_WEIGHTS");
    m_settings = std::make_unique<AppSettings>(m_dir->path() + "/settings.ini"_L1);
    m_engine = std::make_unique<FakeEngine>();
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
  }
  void cleanup() { m_session.reset(); }

  void lateResultsAreDropped() {
    m_session->openPictures(m_dir->path());
    m_session->openWeights(u"/a.pth"_s);
    const RunId old = m_engine->last();
    m_session->openWeights(u"/b.pth"_s);
    m_engine->say(old, sampleModel());
    QVERIFY(!m_session->model());
    m_engine->say(sampleModel());
    QVERIFY(m_session->model());
    // Another project: nothing of the former one arrives.
    const RunId former = m_engine->last();
    m_session->openPictures(m_dir->path() + "/other"_L1);
    m_engine->say(former, sampleModel());
    QVERIFY(!m_session->model());
  }

  void trainingIsScoredBeforeAndAfter() {
    prepare();
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    m_session->setKeptPerRow(3);
    QVERIFY2(m_session->whyNoTraining().isEmpty(), qPrintable(m_session->whyNoTraining()));
    m_session->startTraining();
    QCOMPARE(m_engine->trainSpec.selection.keptPerRow, 3);
    QVERIFY(m_engine->trainSpec.runFolder.find("/runs/") != std::string::npos);
    QCOMPARE(m_engine->trainSpec.device.threads, std::max(1, QThread::idealThreadCount() - 1));
    m_engine->say(StepsAdded{{{1, 0.1, 1.5, 1e-3}, {2, 0.2, 1.4, 1e-3}}});
    m_engine->say(EpochDone{sampleEpoch(0)});
    m_engine->say(EpochDone{sampleEpoch(1)});
    QCOMPARE(int(m_session->run().steps.size()), 2);
    QCOMPARE(m_session->run().bestEpoch(), 1);
    m_engine->end();
    QCOMPARE(m_session->run().phase, RunView::Phase::Finished);
    auto score = std::make_shared<SegmentationScore>();
    m_engine->say(ScoringDone{{}, 0, score});
    m_engine->end();
    m_engine->say(ScoringDone{m_engine->scoreRequest.runFolder, 1, score});
    m_engine->end();
    QCOMPARE(m_engine->scoredEpochs, (QList<int>{0, 1}));
    QCOMPARE(m_engine->state(), RunState::Idle);
  }

  // A run is put on screen while another one is being scored: nothing of that one becomes its own, in memory or on the disk.
  void scoresStayWithTheirRun() {
    prepare();
    RunRecord record;
    record.epochs = {sampleEpoch(0), sampleEpoch(1)};
    record.bestEpoch = 1;
    record.finished = true;
    record.folder = "/runs/a";
    m_session->showRun(record);
    m_session->scoreCases();
    m_engine->end();  // the untuned model
    QCOMPARE(m_engine->scoreRequest.runFolder, u"/runs/a"_s);
    record.folder = "/runs/b";
    m_session->showRun(record);
    const auto map = std::make_shared<ProbabilityMap>(ProbabilityMap{2, 2, {0, 0, 1, 1}});
    const auto score = std::make_shared<SegmentationScore>();
    m_engine->say(CasesScored{u"/runs/a"_s, 1, {{{"case_6", {1, 2, 3, 4}}, map}}});
    m_engine->say(ScoringDone{u"/runs/a"_s, 1, score});
    m_engine->say(ClassesScored{u"/runs/a"_s, 1, sampleScore(2)});
    QVERIFY(!m_session->scores(1));
    QVERIFY(!m_session->prediction(u"case_6"_s, 1));
    m_engine->end();
    m_session->scoreCases();
    m_engine->say(CasesScored{{}, 0, {{{"case_6", {1, 2, 3, 4}}, map}}});  // the untuned model is that of both
    QVERIFY(m_session->prediction(u"case_6"_s, 0));
    m_engine->end();
    m_engine->say(CasesScored{u"/runs/b"_s, 1, {{{"case_6", {1, 2, 3, 4}}, map}}});
    m_engine->say(ScoringDone{u"/runs/b"_s, 1, score});
    QVERIFY(m_session->scores(1)->isComplete());
  }

  void predictionsStayWithTheirRun() {
    prepare();
    RunRecord record;
    record.epochs = {sampleEpoch(0), sampleEpoch(1)};
    record.bestEpoch = 1;
    record.finished = true;
    record.folder = "/runs/a";
    m_session->showRun(record);
    const auto image = std::make_shared<const RgbImage>(DiscImages().loadImage({}));
    const auto map = std::make_shared<ProbabilityMap>(ProbabilityMap{2, 2, {0, 0, 1, 1}});
    m_session->requestPrediction(u"case_6"_s, 1, image);
    const RunId asked = m_engine->last();
    record.folder = "/runs/b";
    m_session->showRun(record);
    m_engine->say(asked, Predicted{u"case_6"_s, u"/runs/a"_s, 1, map});
    QVERIFY(!m_session->prediction(u"case_6"_s, 1));
    m_session->requestPrediction(u"case_6"_s, 1, image);
    QCOMPARE(m_engine->predicted.runFolder, u"/runs/b"_s);
    m_engine->say(Predicted{u"case_6"_s, u"/runs/b"_s, 1, map});
    QVERIFY(m_session->prediction(u"case_6"_s, 1));
  }

  // Nobody has values of this moment but a run that trains.
  void nowIsAskedForOnlyWhileTraining() {
    prepare();
    const auto image = std::make_shared<const RgbImage>(DiscImages().loadImage({}));
    m_session->requestPrediction(u"case_6"_s, Session::kNow, image);
    QCOMPARE(m_engine->predictions, 0);
    TrainSpec draft = m_session->project().train;
    draft.method = Method::Full;
    m_session->setTrainDraft(draft);
    m_session->startTraining();
    m_session->requestPrediction(u"case_6"_s, Session::kNow, image);
    QCOMPARE(m_engine->predictions, 1);
    m_session->stopJob();
    m_session->requestPrediction(u"case_7"_s, Session::kNow, image);
    QCOMPARE(m_engine->predictions, 1);
  }

  void stoppedRunCanBeResumed() {
    prepare();
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    m_session->startTraining();
    const std::string folder = m_engine->trainSpec.runFolder;
    m_engine->say(EpochDone{sampleEpoch(0)});
    m_engine->say(EpochDone{sampleEpoch(1)});
    m_session->stopJob();
    m_engine->end(JobOutcome::Cancelled);
    QVERIFY(m_engine->scoredEpochs.isEmpty());
    QVERIFY(m_session->canResumeRun());
    m_session->resumeRun();
    QVERIFY(m_engine->trainSpec.resume);
    QCOMPARE(m_engine->trainSpec.runFolder, folder);
    QCOMPARE(int(m_session->run().epochs.size()), 2);
    m_engine->say(EpochDone{sampleEpoch(1)});  // told again
    QCOMPARE(int(m_session->run().epochs.size()), 2);
  }

  // The table stays on screen, but is not what a run would train.
  void anotherBatchOfThePassNeedsAnotherPass() {
    prepare();
    m_session->runGradientPass();
    QCOMPARE(m_engine->gradientRequest.selection.baseHash, sampleModel().info->baseHash);
    m_engine->say(sampleTable());
    m_engine->end();
    QVERIFY(m_session->isTableOfScheme());
    SelectionSpec spec = m_session->project().selection;
    spec.level = Level::Net;
    QVERIFY(m_session->isAnswerable(spec));
    spec = m_session->project().selection;
    spec.batch = 2;
    m_session->setSelection(spec);
    QVERIFY(!m_session->isAnswerable(spec));
    QVERIFY(m_session->table());
    QVERIFY(!m_session->isTableOfScheme());
    QVERIFY(m_engine->rebuilds.isEmpty());
  }

  // VTAB's pictures are squashed for the run, so for its pass and its scores too.
  void thePassSeesPicturesAsTheRunDoes() {
    openClasses();
    QCOMPARE(m_session->project().train.augment, AugmentKind::Vtab);
    m_session->runGradientPass();
    QCOMPARE(m_engine->gradientRequest.model.preprocess, PreprocessKind::Squash);
    QCOMPARE(m_engine->gradientRequest.selection.preprocess, PreprocessKind::Squash);
    m_engine->end();
    TrainSpec draft = m_session->project().train;
    draft.augment = AugmentKind::Fgvc;
    m_session->setTrainDraft(draft);
    m_session->runGradientPass();
    QCOMPARE(m_engine->gradientRequest.selection.preprocess, PreprocessKind::Crop);
  }

  void failuresBecomeSentences() {
    prepare();
    m_session->runGradientPass();
    m_engine->end(JobOutcome::Failed, {JobKind::GradientPass, ErrorCode::OutOfMemory, {}, {}, {}, u"bad alloc"_s});
    const auto failure = m_session->failure(JobKind::GradientPass);
    QVERIFY(failure);
    const FailureText text = FailureTexts::of(*failure);
    QVERIFY(!text.what.isEmpty() && !text.why.isEmpty() && !text.remedy.isEmpty());
    QCOMPARE(text.details, u"bad alloc"_s);
    m_session->runGradientPass();  // trying again takes the message away
    QVERIFY(!m_session->failure(JobKind::GradientPass));
  }

  void classesGetTheirOwnDefaultsAndHead() {
    openClasses();
    const Project& project = m_session->project();
    QCOMPARE(project.task, TaskKind::Classification);
    QCOMPARE(project.train.epochs, defaultTrainSpec(TaskKind::Classification).epochs);
    QCOMPARE(project.selection.loss, LossKind::Contrastive);
    QCOMPARE(project.selection.batch, 0);
    QCOMPARE(readProject(project.folder).task, TaskKind::Classification);
    QCOMPARE(m_engine->modelSpec.classes, 3);
    QCOMPARE(m_session->fileClasses(), 1000);
    TrainSpec draft = project.train;
    draft.dropPath = 0.2;
    draft.augment = AugmentKind::Fgvc;
    m_session->setTrainDraft(draft);
    m_session->runGradientPass();
    QCOMPARE(m_engine->gradientRequest.model.classes, 3);
    QCOMPARE(m_engine->gradientRequest.selection.loss, LossKind::Contrastive);
    QCOMPARE(m_engine->gradientRequest.selection.dropPath, 0.2);
    QVERIFY(m_engine->gradientRequest.selection.randomInterpolation);
    m_engine->say(sampleTable());
    m_engine->end();
    m_session->startTraining();
    QCOMPARE(m_engine->trainSpec.model.classes, 3);
    QCOMPARE(m_engine->trainSpec.dropPath, 0.2);
    // The project is opened again: what was set stays.
    const QString folder = project.folder;
    m_engine->end(JobOutcome::Cancelled);
    m_session->openPictures(m_dir->path() + "/other"_L1);
    m_session->openProjectFolder(folder);
    m_engine->say(m_engine->last() - 2, sampleClasses());
    QCOMPARE(m_session->project().train.dropPath, 0.2);
  }

  void classesAreScoredOncePerEpoch() {
    openClasses();
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    m_session->startTraining();
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleClassEpoch(e)});
    QCOMPARE(m_session->run().bestEpoch(), 2);  // by top-1
    m_engine->end();
    m_engine->say(ClassesScored{{}, 0, sampleScore(8)});
    m_engine->end();
    m_engine->say(ClassesScored{m_engine->scoreRequest.runFolder, 2, sampleScore(2)});
    m_engine->end();
    QCOMPARE(m_engine->scoredEpochs, (QList<int>{0, 2}));
    QCOMPARE(m_engine->scoreRequest.split, u"val"_s);
    QVERIFY(m_session->scores(2)->isComplete());
    QCOMPARE(m_session->scores(2)->classes->top1, 10.0 / 12);
    m_session->scoreCases();  // known already
    QCOMPARE(m_engine->scoredEpochs.size(), 2);
    m_session->requestPrediction(u"val/bengal/0"_s, 2, std::make_shared<const RgbImage>());
    QCOMPARE(m_engine->predictions, 0);
  }

  void validationThatTrainedIsNotScored() {
    openClasses();
    QCOMPARE(m_session->scoredSplit(), u"val"_s);
    TrainSpec draft = m_session->project().train;
    draft.trainOnVal = true;
    draft.method = Method::Full;
    m_session->setTrainDraft(draft);
    m_session->startTraining();
    QCOMPARE(m_session->scoredSplit(), u"test"_s);
  }

  void modelOfTheOtherTaskIsRefused() {
    openClasses();
    QVERIFY(m_session->whyNoGradientPass().isEmpty());
    m_session->openWeights(u"/sam.pth"_s);
    m_engine->say(sampleModel());
    m_engine->end();
    QVERIFY(!m_session->whyModelDoesNotFit().isEmpty());
    for (const QString& why : {m_session->whyNoGradientPass(), m_session->whyNoTraining(), m_session->whyNoScores()})
      QCOMPARE(why, m_session->whyModelDoesNotFit());
  }

  void weightsThatFailGiveBackTheFormer() {
    prepare();
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    const auto model = m_session->model();
    const auto table = m_session->table();
    const ModelSpec spec = m_session->project().model;
    m_session->openWeights(u"/bad.pth"_s);
    QCOMPARE(m_engine->modelSpec.weightsPath, "/bad.pth");
    QVERIFY(m_session->model() == model && m_session->table() == table);
    m_engine->end(JobOutcome::Failed, {JobKind::OpenModel, ErrorCode::BadFile, u"/bad.pth"_s, u"is a letter"_s, {}, {}});
    QVERIFY(m_session->failure(JobKind::OpenModel));
    QVERIFY(m_session->model() == model && m_session->table() == table);
    QCOMPARE(m_session->project().model.weightsPath, spec.weightsPath);
    QCOMPARE(m_session->project().model.id, spec.id);
    QCOMPARE(readProject(m_session->project().folder).model.weightsPath, spec.weightsPath);
    // Two at once: the former of both comes back.
    m_session->openWeights(u"/bad.pth"_s);
    m_session->openWeights(u"/worse.pth"_s);
    m_engine->end(JobOutcome::Cancelled);
    QCOMPARE(m_session->project().model.weightsPath, spec.weightsPath);
    QVERIFY(m_session->model() == model);
  }

  void weightsOfARunStay() {
    prepare();
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    QVERIFY(m_session->whyNoWeights().isEmpty());
    m_session->startTraining();
    QVERIFY(!m_session->whyNoWeights().isEmpty());
    const ModelSpec spec = m_session->project().model;
    m_session->openWeights(u"/other.pth"_s);
    m_session->setImageSize(256);
    QCOMPARE(m_session->project().model.weightsPath, spec.weightsPath);
    QCOMPARE(m_session->project().model.imageSize, spec.imageSize);
    QCOMPARE(m_engine->modelSpec.weightsPath, spec.weightsPath);
    QVERIFY(m_session->model() && m_session->table());
    m_engine->end();
    QVERIFY(m_session->whyNoWeights().isEmpty() || m_session->isTraining());
  }

  // The size of the pictures that is taken back within a run is used after it.
  void undoneSizeWaitsForTheRun() {
    prepare();
    m_session->setImageSize(64);
    m_engine->say(sampleModel());
    m_engine->end();
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    m_session->startTraining();
    const RunId training = m_engine->last();
    m_session->document().history().undo();
    QCOMPARE(m_engine->last(), training);
    QVERIFY(m_session->model() && m_session->isTraining());
    m_engine->end();
    QVERIFY(m_engine->last() != training);
    QVERIFY(m_engine->modelSpec.imageSize != 64);
  }

  void passIsKeptAndOffered() {
    prepare();
    QCOMPARE(m_engine->openedPasses.size(), 1);
    QVERIFY(m_engine->openedPasses[0].isOffered);
    const QString file = m_session->project().folder + "/pass.safetensors"_L1;
    QCOMPARE(m_engine->openedPasses[0].path, file);
    m_engine->say(m_engine->lastSmall(), sampleTable());
    QVERIFY(m_session->table());
    QVERIFY(m_engine->keptPasses.isEmpty());  // it lies there already
    m_session->runGradientPass();
    m_engine->say(sampleTable());
    m_engine->end();
    QCOMPARE(m_engine->keptPasses, QStringList{file});
    // One that was given up is not kept in its place.
    m_session->runGradientPass();
    m_engine->end(JobOutcome::Cancelled);
    QCOMPARE(m_engine->keptPasses.size(), 1);
  }

  void projectSurvivesTheDisk() {
    Project project;
    project.folder = m_dir->path() + "/p"_L1;
    project.name = u"带空格 project"_s;
    project.dataFolder = project.folder + "/data"_L1;
    project.model.weightsPath = "/weights/x.pth";
    project.model.imageSize = 128;
    project.selection.keptPerRow = 7;
    project.selection.excludedBlocks = {"0", "neck"};
    project.train.epochs = 9;
    project.train.learningRate = 3e-4;
    project.train.method = Method::Bias;
    project.task = TaskKind::Classification;
    project.selection.loss = LossKind::CrossEntropy;
    project.train.mixup = 0.8;
    project.train.cutmix = 1;
    project.train.labelSmoothing = 0.1;
    project.train.emaDecay = 0.9998;
    project.train.trainOnVal = true;
    project.train.augment = AugmentKind::Vtab;
    writeProject(project);
    QVERIFY(isProjectFolder(project.folder));
    QVERIFY(QDir().rename(project.folder, m_dir->path() + "/moved"_L1));
    const Project again = readProject(m_dir->path() + "/moved"_L1);
    QCOMPARE(again.name, project.name);
    QCOMPARE(again.dataFolder, m_dir->path() + "/moved/data"_L1);
    QCOMPARE(again.model.weightsPath, project.model.weightsPath);
    QCOMPARE(again.model.imageSize, 128);
    QCOMPARE(again.selection.keptPerRow, 7);
    QCOMPARE(again.selection.excludedBlocks, project.selection.excludedBlocks);
    QCOMPARE(again.train.epochs, 9);
    QCOMPARE(again.train.learningRate, 3e-4);
    QCOMPARE(again.train.method, Method::Bias);
    QCOMPARE(again.task, TaskKind::Classification);
    QCOMPARE(again.selection.loss, LossKind::CrossEntropy);
    QCOMPARE(again.train.mixup, 0.8);
    QCOMPARE(again.train.cutmix, 1.0);
    QCOMPARE(again.train.labelSmoothing, 0.1);
    QCOMPARE(again.train.emaDecay, 0.9998);
    QVERIFY(again.train.trainOnVal);
    QCOMPARE(again.train.augment, AugmentKind::Vtab);
  }

  void damagedProjectIsRefused() {
    QDir().mkpath(m_dir->path() + "/bad"_L1);
    QFile file(m_dir->path() + "/bad/project.json"_L1);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ not json");
    file.close();
    QVERIFY_EXCEPTION_THROWN(readProject(m_dir->path() + "/bad"_L1), Error);
    m_session->openProjectFolder(m_dir->path() + "/bad"_L1);
    QVERIFY(m_session->failure(JobKind::OpenData));
    QVERIFY(!m_session->project().isOpen());
  }

  void settingsAreKept() {
    QSignalSpy spy(m_settings.get(), &AppSettings::recentProjectsChanged);
    m_settings->setTheme(u"dark"_s);
    m_settings->setLanguage(u"zh_CN"_s);
    for (int i = 0; i < 12; ++i) m_settings->addRecentProject(u"/p/%1"_s.arg(i));
    m_settings->addRecentProject(u"/p/5"_s);
    QCOMPARE(spy.count(), 13);
    m_session.reset();
    const QString path = m_dir->path() + "/settings.ini"_L1;
    m_settings.reset();
    const AppSettings again(path);
    QCOMPARE(again.theme(), u"dark"_s);
    QCOMPARE(again.language(), u"zh_CN"_s);
    QCOMPARE(again.recentProjects().size(), 8);
    QCOMPARE(again.recentProjects().first(), u"/p/5"_s);
  }

 private:
  void openClasses() {
    m_session->openPictures(m_dir->path());
    m_engine->say(m_engine->last() - 1, sampleClasses());
    m_engine->end();
    m_session->openWeights(u"/vit.safetensors"_s);
    m_engine->say(sampleClassifier());
    m_engine->end();
  }
  void prepare() {
    m_session->openPictures(m_dir->path());
    const RunId data = m_engine->last() - 1;  // list of runs came after it
    m_engine->say(data, sampleData());
    m_engine->end();
    m_session->openWeights(u"/a.pth"_s);
    m_engine->say(sampleModel());
    m_engine->end();
  }
  std::unique_ptr<QTemporaryDir> m_dir;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<FakeEngine> m_engine;
  std::unique_ptr<Session> m_session;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
