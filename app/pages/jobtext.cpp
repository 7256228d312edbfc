#include "app/pages/jobtext.h"

#include <QCoreApplication>
#include <optional>

#include "app/engine/failuretext.h"
#include "widgets/format.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class JobTexts {
  Q_DECLARE_TR_FUNCTIONS(JobTexts)
 public:
  static QString unit(const std::string& unit) {
    if (unit == "images") return tr("images");
    if (unit == "frames") return tr("frames");
    if (unit == "steps") return tr("steps");
    if (unit == "batches") return tr("batches");
    return QString::fromStdString(unit);
  }

  static QString stage(const JobStatus& job) {
    const QString name = FailureTexts::jobName(job.kind);
    if (!job.progress) return name;
    const Progress& p = *job.progress;
    if (job.kind == JobKind::Train && p.stage == "validate") return tr("Training: validating");
    if (job.kind == JobKind::Train && p.epochs > 0) return tr("Training, epoch %1 of %2").arg(p.epoch).arg(p.epochs);
    if (job.kind == JobKind::Train && p.stage == "gradient") return tr("Gradient pass");
    if (p.stage == "embed" || p.stage == "warm-up") return tr("Warming the decoder up");
    if (p.stage == "leak check") return tr("Leak check");
    if (p.stage == "phantom") return tr("Drawing the sample pictures");
    return name;
  }

  // The one that a run that pauses computes still. Nothing: it computes none.
  static std::optional<std::int64_t> lastStep(const JobStatus& job) {
    if (job.kind != JobKind::Train || !job.progress || job.progress->stage != "train") return std::nullopt;
    return job.progress->done + 1;
  }

  static QString pausing(const JobStatus& job) {
    const auto step = lastStep(job);
    return step ? tr("pausing after step %1").arg(ui::groupedCount(*step)) : tr("pausing after this step");
  }

  static QString sentence(const JobStatus& job) {
    const QString name = FailureTexts::jobName(job.kind);
    switch (job.state) {
      case RunState::Preparing:
        return tr("%1: preparing…").arg(name);
      case RunState::Running:
        return stage(job);
      case RunState::Pausing:
        if (const auto step = lastStep(job)) return tr("%1: pausing after step %2…").arg(name, ui::groupedCount(*step));
        return tr("%1: pausing after this step…").arg(name);
      case RunState::Paused:
        return tr("%1 paused").arg(name);
      case RunState::Stopping:
        return tr("%1: stopping…").arg(name);
      case RunState::Idle:
        break;
    }
    if (!job.lastOutcome) return tr("Ready");
    if (*job.lastOutcome == JobOutcome::Cancelled) return tr("%1 stopped").arg(name);
    if (*job.lastOutcome == JobOutcome::Failed) return tr("%1 failed").arg(name);
    if (job.progress && job.progress->total > 0 && job.kind != JobKind::Train)
      return tr("%1 done: %2 %3, %4")
          .arg(name, ui::groupedCount(job.progress->done), unit(job.progress->unit), ui::durationText(job.progress->elapsedSeconds));
    if (job.kind == JobKind::OpenModel) return tr("Model loaded");
    return tr("%1 done").arg(name);
  }
};

}  // namespace

QString jobSentence(const JobStatus& job) { return JobTexts::sentence(job); }

QString pausingText(const JobStatus& job) { return JobTexts::pausing(job); }

ui::ProgressValue progressValue(const JobStatus& job) {
  ui::ProgressValue value;
  value.text = JobTexts::sentence(job);
  if (!job.progress) return value;
  const Progress& p = *job.progress;
  value.done = p.done;
  value.total = p.total;
  value.unit = JobTexts::unit(p.unit);
  value.perSecond = p.rate;
  value.elapsedS = p.elapsedSeconds;
  value.remainingS = p.remainingSeconds;
  return value;
}

ui::JobState stripState(const JobStatus& job) {
  switch (job.state) {
    case RunState::Preparing:
    case RunState::Running:
      return ui::JobState::Running;
    case RunState::Pausing:
      return ui::JobState::Pausing;
    case RunState::Paused:
      return ui::JobState::Paused;
    case RunState::Stopping:
      return ui::JobState::Stopping;
    case RunState::Idle:
      break;
  }
  if (!job.lastOutcome) return ui::JobState::Idle;
  switch (*job.lastOutcome) {
    case JobOutcome::Finished:
      return ui::JobState::Finished;
    case JobOutcome::Cancelled:
      return ui::JobState::Cancelled;
    case JobOutcome::Failed:
      return ui::JobState::Failed;
  }
  return ui::JobState::Idle;
}

}  // namespace gps::app
