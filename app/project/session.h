#pragma once
// What is open and what is known about it: the project, its pictures, the model, the selection, the run and the scores. Pages read
// values here and ask for work; answers of runs that are no longer current are dropped. GUI thread.
#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <atomic>
#include <memory>
#include <optional>

#include "app/engine/engineapi.h"
#include "app/project/appsettings.h"
#include "app/project/blockfocus.h"
#include "app/project/document.h"
#include "app/project/epochfocus.h"
#include "app/project/foldercopy.h"
#include "app/project/project.h"
#include "app/project/runremedies.h"

namespace gps::app {

// What the status strip tells. Looking at pictures and reading the list of runs are jobs too, but not worth a word.
struct JobStatus {
  RunState state = RunState::Idle;
  JobKind kind = JobKind::OpenData;
  std::optional<Progress> progress;
  std::optional<JobOutcome> lastOutcome;  // of the job that ended last
};

// The run on screen: the one that trains, or the newest one on disk.
struct RunView {
  enum class Phase { None, Active, Finished, Stopped, Failed };
  Phase phase = Phase::None;
  QString folder;
  TrainSpec spec;
  std::vector<StepPoint> steps;     // of a run read from disk once RunSteps has read them
  std::vector<EpochRecord> epochs;  // epoch 0 first
  std::optional<SelectionCounts> counts;
  TrainOutcome outcome;  // once it has ended
  int bestEpoch() const;
  int lastEpoch() const { return epochs.empty() ? 0 : epochs.back().epoch; }
  const EpochRecord* record(int epoch) const;
};

struct EpochScores {
  QHash<QString, PixelCounts> cases;
  QHash<QString, CaseScore> measured;                  // the same with outlines, where they were compared
  std::shared_ptr<const SegmentationScore> summary;    // null while scoring
  std::shared_ptr<const ClassificationScore> classes;  // the same of a classification, which has no `cases`
  bool isComplete() const { return summary || classes; }
};

class Session : public QObject {
  Q_OBJECT
 public:
  static constexpr int kNow = -1;  // an epoch: the values of this moment

  Session(EngineApi& engine, AppSettings& settings, QObject* parent = nullptr);
  ~Session() override;

  // ---- what is open
  const Project& project() const { return m_project; }
  std::shared_ptr<const DataSummary> data() const { return m_data; }
  std::shared_ptr<const ImageSource> images() const { return m_images; }
  bool isDataChecked() const { return m_isDataChecked; }
  // Fingerprints of the pictures outside the training split, one an item of data(), 0 elsewhere; null until they are checked.
  std::shared_ptr<const std::vector<std::uint64_t>> heldOut() const { return m_heldOut; }
  TaskKind task() const { return m_data ? m_data->task : m_project.task; }
  std::shared_ptr<const ModelInfo> model() const { return m_model; }
  const TrainedSizes& trainedSizes() const { return m_sizes; }  // of the model
  int imageSize() const { return m_imageSize; }
  int fileClasses() const { return m_fileClasses; }  // of the head in the file of weights; 0: none
  // Data sets among the pictures that the weights are known to have seen, or may have.
  const std::vector<KnownContamination>& contamination() const { return m_contamination; }
  QString whyModelDoesNotFit() const;  // empty: it does the task of the pictures, or one of them is not open
  bool isOnCpu() const { return m_cpuThreads > 0; }
  QString device() const;  // "CPU, 2 threads" in the language of the moment; empty while no model is open
  std::shared_ptr<const SelectionTable> table() const { return m_table; }
  const SelectionCounts* counts(int keptPerRow) const;  // null without a table, and for a K beyond it
  // Of the project's K or share, also beyond the table; null: not known yet.
  const SelectionCounts* presentCounts() const;
  bool isBudgetInTable() const;  // the project's K is one of the table's
  bool isTableOfScheme() const;  // table() is of the project's selection, whatever its K
  bool isTableOnItsWay() const { return m_askedTable.has_value(); }
  bool isAnswerable(const SelectionSpec& spec) const;  // by the pass in hand, or without one
  SelectionSpec selectionSpec() const;                 // the project's, as a pass is asked for it
  const RunView& run() const { return m_run; }
  bool areRunsListed() const { return m_areRunsListed; }  // false: run() may yet become one of the disk by itself
  EpochFocus& epochFocus() { return m_epochFocus; }
  BlockFocus& blockFocus() { return m_blockFocus; }
  // "val", or "test" when there is no "val" or the run on screen was trained on it; empty: neither.
  QString scoredSplit() const;
  const EpochScores* scores(int epoch) const;
  std::shared_ptr<const ProbabilityMap> prediction(const QString& caseId, int epoch) const;  // null: not there yet
  const JobStatus& job() const { return m_job; }
  bool isBusy() const { return m_job.state != RunState::Idle; }
  bool isTraining() const { return isBusy() && m_job.kind == JobKind::Train; }
  bool isNowThere() const;  // values of this moment: a run trains and answers
  std::optional<Failure> failure(JobKind kind) const;
  void dismissFailure(JobKind kind);
  AppSettings& settings() { return m_settings; }
  Document& document() { return m_document; }  // saving, undo, recovery

  // ---- project
  // Each puts another project in place of this one. The one that is open already stays as it is, with all that is not saved; while a run
  // trains, replacementAsked() comes first and nothing else happens until stopAndReplace().
  void openDemo();
  void openProjectFolder(const QString& folder);
  void openPictures(const QString& folder);       // a project of its own
  void stopAndReplace();                          // the run is kept and stops; then the other project opens
  void keepProject();                             // the run goes on; the other project is not opened
  bool isLeaving() const { return m_isLeaving; }  // another project opens as soon as the run has stopped
  // All that lies in the project's folder is copied to a new or empty one on another thread, as a job; then that is the project, and the
  // former one stays on the disk as it was saved last. Nothing changes unless copyEnded() says that it is done.
  QString whyNoSaveAs() const;  // empty: saveProjectAs can go
  void saveProjectAs(const QString& folder);
  bool isCopying() const { return m_copyStop != nullptr; }
  // What is open stays until the next weights are there, and where they cannot be opened.
  void openWeights(const QString& path, int imageSize = 0);
  QString whyNoWeights() const;  // empty: openWeights and setImageSize can go
  void setImageSize(int imageSize);

  // ---- selection
  void setKeptPerRow(int keptPerRow);
  // The table follows at once where the pass in hand answers.
  void setSelection(const SelectionSpec& spec);
  void setExcluded(const QStringList& blocks, const QStringList& kinds);
  void setSchemes(const QList<Scheme>& schemes);  // side by side on the Selection page
  void runGradientPass();
  QString whyNoGradientPass() const;  // empty: it can start
  // One that a file holds, of these weights and pictures; failure(JobKind::OpenPass) tells why it was not taken.
  void openPass(const QString& path);
  QString whyNoPassOfFile() const;  // empty: openPass can go

  // ---- training
  void setTrainDraft(const TrainSpec& draft);
  // The saved selection that the next run trains, with the method that trains one; empty: what the selection page shows.
  void setSelectionFile(const QString& path);
  QString selectionFile() const { return QString::fromStdString(m_project.train.selectionPath); }
  // All that a run is made of, as one step of the history. preset: whose settings these were begun with; empty: none.
  void setRunDraft(const TrainSpec& draft, const SelectionSpec& selection, const QString& preset);
  TrainSpec resolvedTrainSpec() const;
  void startTraining();
  // A run as it was noted down earlier, whatever the form says now; its folder is given. Only while nothing runs.
  void startRun(const TrainSpec& spec);
  void resumeRun();  // goes on with the run on screen that was stopped or failed
  // Of the run on screen where it ended without memory or diverged and can go on; its batch is the one it had.
  QList<RunRemedy> remedies() const;
  TrainSpec remediedRun(RunRemedy remedy) const;
  void resumeRun(RunRemedy remedy);
  QString whyNoTraining() const;
  QString whyDraftIsWrong() const;  // the first thing that a run of these settings would be refused for; empty: none
  // A few steps of the run that the form describes; costMeasured() answers.
  void measureCost();
  // The run on screen is on it no longer, as its folder goes.
  void forgetRun(const QString& folder);
  QString whyNoRun() const;  // the same for a run that makes its selection itself, whether or not something else runs
  bool canResumeRun() const;
  // Makes a run of the disk the run on screen; told again it takes over what has been added. isWritten: another program writes it.
  void showRun(const RunRecord& record, bool isWritten = false);
  // Steps of the run on screen as its folder tells them, ascending; before those that were told by the engine. Of another run: dropped.
  void adoptSteps(const QString& folder, std::vector<StepPoint> steps);
  QString whyNotShown(const QString& folder) const;  // empty: it can be

  // ---- cases
  void scoreCases();
  void scoreAgain();  // what is scored already, too
  // Scores of an earlier time, of the very same question; nothing where there are newer ones.
  void adoptScores(int epoch, std::vector<CaseScore> cases);
  QString whyNoScores() const;
  ModelSpec scoredModel() const { return modelSpecOf(shownRun()); }  // that the pictures are scored with
  void requestPrediction(const QString& caseId, int epoch, std::shared_ptr<const RgbImage> image);

  // A job that somebody else asked for: its progress and its failure are told like those of the session's own.
  void follow(JobKind kind, RunId run) { expect(kind, run); }

  // Asked for while the job still waits behind a small one, a pause begins with the job.
  void pauseJob();
  void continueJob();
  void stopJob();
  void stopEngine();  // small jobs that somebody else asked for, too; what waits goes with them

 Q_SIGNALS:
  void projectChanged();
  void projectMoved(const QString& from, const QString& to);  // before projectChanged(): the same one in another folder
  void copyEnded(const gps::app::FolderCopyResult& result, const QString& folder);
  void openedAgain();  // the project that is open, which stays as it is
  void replacementAsked(const QString& name);
  void dataChanged();
  void modelChanged();
  void tableChanged();
  void keptPerRowChanged(int keptPerRow);
  void selectionChanged();     // project().selection, but for the live K of a moving slider
  void trainDraftChanged();    // what the next run would be: the draft, its preset or the scheme of the selection
  void runChanged();           // another run is on screen, or its phase changed
  void stepsAdded(int first);  // run().steps[first …] are new
  void epochAdded();
  void scoresChanged();
  void predictionReady(const QString& caseId, int epoch);
  void jobChanged();
  void jobStateChanged();  // another state or kind; jobChanged() follows, and comes with every progress, too
  void jobEnded(gps::app::JobKind kind, gps::app::JobOutcome outcome);
  void failuresChanged();
  void contaminationChanged();
  void costMeasured(std::shared_ptr<const gps::TrainCost> cost);

 private:
  void receive(const EngineMessage& message);
  void handle(const JobStarted& m);
  void handle(const JobEnded& m);
  void handle(const GateEntered&) {}
  void handle(const Progress& m);
  void handle(const DataOpened& m);
  void handle(const ModelOpened& m);
  void handle(const TableReady& m);
  void handle(const StepsAdded& m);
  void handle(const EpochDone& m);
  void handle(const SelectionMade& m);
  void handle(const TrainDone& m);
  void handle(const CasesScored& m);
  void handle(const ScoringDone& m);
  void handle(const ClassesScored& m);
  void handle(const Predicted& m);
  void handle(const RunsListed& m);
  void handle(const CostMeasured& m) { Q_EMIT costMeasured(m.cost); }
  void handle(const ContaminationTold& m);
  template <typename Other>
  void handle(const Other&) {}  // for others
  void expect(JobKind kind, RunId run);
  void open(Project project);
  void replace(Project project);
  void openAgain();
  void stopCopying();
  void tellCopying(qint64 done, qint64 total);
  void endCopying(const FolderCopyResult& result, const QString& folder, const QByteArray& text);
  void openPicturesOfProject();
  void save() { m_document.save(); }
  void draftApplied(const QStringList& fields);
  void reopenModel();
  void keepFormerModel();
  void takeBackModel();
  void offerPass();
  QString passFile() const;
  void fail(Failure failure);
  void clearScores();
  bool isOfShownRun(const QString& runFolder, int epoch) const;
  void forgetPresentMaps();
  void scoreNext();
  void beginRun(const TrainSpec& spec);
  void adoptTask(TaskKind task);
  ModelSpec modelSpec() const;
  ModelSpec modelSpecOf(const TrainSpec& run) const;
  TrainSpec resolvedRun() const;  // that is on screen, with the batch that it takes
  const TrainSpec& shownRun() const { return m_run.phase == RunView::Phase::None ? m_project.train : m_run.spec; }
  SelectionSpec trainedSelection(SelectionSpec spec) const;
  SelectionSpec askedOf(SelectionSpec spec) const;  // with all that recipeOf would fill in
  void requestTable();
  bool isEngineOn() const;  // with a job that people see
  bool isWaiting() const;   // the job that people see is behind a small one
  void setWaitingState(RunState state);
  static int engineThreads();
  static QString mapKey(const QString& caseId, int epoch);  // of m_maps and m_asked

  EngineApi& m_engine;
  AppSettings& m_settings;
  Project m_project;
  Document m_document{m_project};
  std::optional<Project> m_next;  // was asked for while a run trained
  bool m_isLeaving = false;
  std::shared_ptr<const DataSummary> m_data;
  std::shared_ptr<const ImageSource> m_images;
  std::shared_ptr<const std::vector<std::uint64_t>> m_heldOut;
  bool m_isDataChecked = false, m_areRunsListed = false;
  std::optional<ModelSpec> m_formerModel;  // that is open while another one is being opened
  bool m_savesModel = false;               // once it is open: the user chose it
  bool m_isModelLate = false;              // it is to be opened anew once the run has ended
  std::shared_ptr<const ModelInfo> m_model;
  TrainedSizes m_sizes;
  int m_imageSize = 0, m_fileClasses = 0;
  QString m_gpu;
  int m_cpuThreads = 0;
  std::shared_ptr<const SelectionTable> m_table;
  std::optional<SelectionSpec> m_askedTable;
  std::vector<KnownContamination> m_contamination;
  RunView m_run;
  EpochFocus m_epochFocus;
  BlockFocus m_blockFocus;
  QHash<int, EpochScores> m_scores;
  QCache<QString, std::shared_ptr<const ProbabilityMap>> m_maps;  // cost in KiB
  QSet<QString> m_asked;                                          // predictions on their way, by the key of m_maps
  QList<int> m_toScore;
  JobStatus m_job;
  bool m_pausesFirst = false;  // a pause was asked for before the job began
  QHash<RunId, JobKind> m_expected;
  QHash<int, Failure> m_failures;
  QString m_failedRun;                            // that the failure of training is of
  bool m_failedWarm = false;                      // it ended in the warm-up of its decoder
  std::shared_ptr<std::atomic<bool>> m_copyStop;  // of the copy under way
  QElapsedTimer m_copyClock;
  QThreadPool m_copyPool;
};

}  // namespace gps::app

Q_DECLARE_METATYPE(gps::app::JobKind)
Q_DECLARE_METATYPE(gps::app::JobOutcome)
