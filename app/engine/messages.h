#pragma once
// What the engine thread tells the window: immutable values on the CPU, each with the number of the run it belongs to.
// Large values are shared pointers to const.
#include <QMetaType>
#include <QString>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "app/engine/explorermessages.h"
#include "app/engine/newpicturesmessages.h"
#include "app/engine/promptmessages.h"
#include "app/engine/videomessages.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/trainer.h"
#include "core/values/dataset.h"
#include "core/values/error.h"
#include "core/values/metrics.h"
#include "core/values/modelinfo.h"
#include "core/values/selectioncounts.h"
#include "core/values/selectiontrace.h"
#include "core/values/traincost.h"
#include "core/values/trainedcounts.h"

namespace gps::app {

using RunId = quint64;  // 0: none

enum class JobKind {
  MakeDemo,
  OpenData,
  OpenModel,
  GradientPass,
  KeepPass,
  OpenPass,
  RebuildTable,
  Train,
  Score,
  Predict,
  ListRuns,
  Explore,
  LookAtLayer,
  MeasureCost,
  ListSelections,
  CompareSelections,
  SaveSelection,
  Segment,
  LookAtPictures,
  LookAtVideo,
  CopyProject  // of the session's own, beside the engine
};
enum class JobOutcome { Finished, Cancelled, Failed };

// Too short or too small for a word in the status strip; they do not count as being busy.
inline bool isQuiet(JobKind kind) {
  return kind == JobKind::Predict || kind == JobKind::ListRuns || kind == JobKind::RebuildTable || kind == JobKind::Explore ||
         kind == JobKind::LookAtLayer || kind == JobKind::SaveSelection || kind == JobKind::ListSelections ||
         kind == JobKind::CompareSelections || kind == JobKind::Segment || kind == JobKind::KeepPass || kind == JobKind::OpenPass;
}

// One failed job. The window turns it into sentences (failuretext.h); details is technical English to copy.
struct Failure {
  JobKind job = JobKind::OpenData;
  ErrorCode code = ErrorCode::Internal;
  QString subject, cause, remedy, details;
};

struct JobStarted {
  JobKind job = JobKind::OpenData;
};
struct JobEnded {
  JobKind job = JobKind::OpenData;
  JobOutcome outcome = JobOutcome::Finished;
  Failure failure;  // only when failed
};
struct GateEntered {};
struct DataOpened {
  std::shared_ptr<const DataSummary> summary;
  std::shared_ptr<const ImageSource> images;  // safe from any thread
  bool isChecked = false;                     // pictures decoded, leaks looked for, hash taken
  // As findLeaks tells them, one an item; null until it is checked.
  std::shared_ptr<const std::vector<std::uint64_t>> heldOut{};
};
struct ModelOpened {
  std::shared_ptr<const ModelInfo> info;
  int imageSize = 0;
  QString device;       // a GPU by its name; empty on the CPU
  int cpuThreads = 0;   // 0 on a GPU
  int fileClasses = 0;  // of the head that the file brings; 0: none
  TrainedSizes sizes{};
};
// What the K slider reads: counts for K = 1 … 64 from one gradient pass.
struct SelectionTable {
  std::vector<SelectionCounts> counts;  // index K - 1
  std::optional<SelectionCounts> own;   // of the spec's own budget where that is no K of the table: a larger one, or a share
  SelectionSpec spec;
  SelectionSpec pass;    // what the last pass was asked; with hasPass
  bool hasPass = false;  // false: no pass over the pictures has been run
  int passNumber = 0;    // tables of one pass have one number
  int images = 0, batches = 0;
  double meanLoss = 0, seconds = 0;
  std::vector<SnapshotAgreement> snapshots;  // of the choice that the pass was asked for; empty without a pass
  bool stoppedEarly = false;
};
struct TableReady {
  std::shared_ptr<const SelectionTable> table;
};
struct StepsAdded {
  std::vector<StepPoint> steps;
};
struct EpochDone {
  EpochRecord record;
};
struct SelectionMade {
  SelectionCounts counts;
};
struct TrainDone {
  TrainOutcome outcome;
};
struct CaseResult {
  CaseScore score;
  std::shared_ptr<const ProbabilityMap> map;
};
struct CasesScored {
  QString runFolder;  // empty: the untuned model
  int epoch = 0;
  std::vector<CaseResult> cases;
};
struct ScoringDone {
  QString runFolder;
  int epoch = 0;
  std::shared_ptr<const SegmentationScore> score;
};
// Classification: all pictures of the split at once.
struct ClassesScored {
  QString runFolder;  // empty: the untuned model
  int epoch = 0;
  std::shared_ptr<const ClassificationScore> score;
};
struct Predicted {
  QString caseId, runFolder;
  int epoch = 0;  // -1: the values of this moment
  std::shared_ptr<const ProbabilityMap> map;
};
struct RunsListed {
  std::vector<RunRecord> runs;  // newest first
};

struct CostMeasured {
  std::shared_ptr<const TrainCost> cost;
};

// Data sets among the open pictures that the open weights are known to have seen, or may have; none: nothing is known.
struct KnownContamination {
  QString dataSet, sentence;  // English
};
struct ContaminationTold {
  std::vector<KnownContamination> known;
};

using MessageBody = std::variant<JobStarted, JobEnded, GateEntered, Progress, DataOpened, ModelOpened, TableReady, StepsAdded, EpochDone,
                                 SelectionMade, TrainDone, CasesScored, ScoringDone, ClassesScored, Predicted, RunsListed, SchemeReady,
                                 LayerLooked, SelectionSaved, CostMeasured, ContaminationTold, PictureBeingRead, SegmentingWaits, Segmented,
                                 NewPicturesFound, NewPictureSeen, VideoOpened, VideoFrameSeen>;

struct EngineMessage {
  RunId run = 0;
  MessageBody body;
};

}  // namespace gps::app

Q_DECLARE_METATYPE(gps::app::EngineMessage)
