#include "app/engine/failuretext.h"

namespace gps::app {

QString FailureTexts::jobName(JobKind job) {
  switch (job) {
    case JobKind::MakeDemo:
      return tr("Sample pictures");
    case JobKind::OpenData:
      return tr("Data check");
    case JobKind::OpenModel:
      return tr("Model");
    case JobKind::GradientPass:
      return tr("Gradient pass");
    case JobKind::RebuildTable:
      return tr("Selection");
    case JobKind::Train:
      return tr("Training");
    case JobKind::Score:
      return tr("Scores");
    case JobKind::Predict:
      return tr("Prediction");
    case JobKind::ListRuns:
      return tr("Runs");
    case JobKind::Explore:
      return tr("Schemes");
    case JobKind::LookAtLayer:
      return tr("Layer");
    case JobKind::ListSelections:
      return tr("Selections");
    case JobKind::CompareSelections:
      return tr("Comparison");
    case JobKind::SaveSelection:
      return tr("Saving the selection");
    case JobKind::MeasureCost:
      return tr("Dry run");
    case JobKind::Segment:
      return tr("Outlining by pointing");
    case JobKind::LookAtPictures:
      return tr("New pictures");
    case JobKind::LookAtVideo:
      return tr("Video");
  }
  return {};
}

static QString whatHappened(JobKind job) {
  switch (job) {
    case JobKind::MakeDemo:
      return FailureTexts::tr("The sample pictures could not be made.");
    case JobKind::OpenData:
      return FailureTexts::tr("The pictures could not be opened.");
    case JobKind::OpenModel:
      return FailureTexts::tr("The weights could not be opened.");
    case JobKind::GradientPass:
      return FailureTexts::tr("The gradient pass ended early.");
    case JobKind::RebuildTable:
      return FailureTexts::tr("The selection could not be made.");
    case JobKind::Train:
      return FailureTexts::tr("The training ended early.");
    case JobKind::Score:
      return FailureTexts::tr("The pictures could not be scored.");
    case JobKind::Predict:
      return FailureTexts::tr("This picture could not be predicted.");
    case JobKind::ListRuns:
      return FailureTexts::tr("The runs of this project could not be read.");
    case JobKind::Explore:
      return FailureTexts::tr("The scheme could not be counted.");
    case JobKind::LookAtLayer:
      return FailureTexts::tr("The layer could not be read.");
    case JobKind::ListSelections:
      return FailureTexts::tr("The selection file could not be moved.");
    case JobKind::CompareSelections:
      return FailureTexts::tr("The selections could not be compared.");
    case JobKind::SaveSelection:
      return FailureTexts::tr("The selection could not be saved.");
    case JobKind::MeasureCost:
      return FailureTexts::tr("The cost could not be measured.");
    case JobKind::Segment:
      return FailureTexts::tr("This picture could not be outlined.");
    case JobKind::LookAtPictures:
      return FailureTexts::tr("The new pictures could not be looked at.");
    case JobKind::LookAtVideo:
      return FailureTexts::tr("The video could not be looked at.");
  }
  return {};
}

FailureText FailureTexts::of(const Failure& failure) {
  FailureText text{whatHappened(failure.job), {}, {}, failure.details};
  const QString subject = failure.subject;
  switch (failure.code) {
    case ErrorCode::BadArgument:
      text.why = tr("A value cannot be used: %1").arg(subject);
      text.remedy = tr("Change the value and try again.");
      break;
    case ErrorCode::BadFile:
      text.why = tr("A file is damaged or of another kind: %1").arg(subject);
      text.remedy = failure.job == JobKind::OpenData ? tr("Choose a folder of pictures with masks, or with one folder for each class.")
                                                     : tr("Choose another file, or get this one again from its source.");
      break;
    case ErrorCode::NotFound:
      text.why = tr("Something is missing: %1").arg(subject);
      text.remedy = tr("Check whether it was moved or renamed.");
      break;
    case ErrorCode::Mismatch:
      text.why = tr("Two files do not belong together: %1").arg(subject);
      text.remedy = failure.job == JobKind::CompareSelections || failure.job == JobKind::SaveSelection
                        ? tr("Tick selections that were made on the same model with the same weights.")
                        : tr("Use the weights that this file was made from.");
      break;
    case ErrorCode::Io:
      text.why = tr("Reading or writing failed: %1").arg(subject);
      text.remedy = tr("Check the free space and the permissions of the folder.");
      break;
    case ErrorCode::OutOfMemory:
      text.why = tr("There was not enough memory.");
      text.remedy = tr("Use a smaller batch or a smaller input size. The run up to the last epoch is kept.");
      break;
    case ErrorCode::DeviceLost:
      text.why = tr("The graphics card stopped answering.");
      text.remedy = tr("Restart the program. The run up to the last epoch is kept.");
      break;
    case ErrorCode::Unavailable:
      text.why = tr("This computer or this build lacks what is needed: %1").arg(subject);
      text.remedy = tr("Choose the CPU as device, or install what is missing.");
      break;
    case ErrorCode::Diverged:
      text.why = tr("The loss became infinite.");
      text.remedy = tr("Use a smaller learning rate, for example a third of the present one.");
      break;
    case ErrorCode::Internal:
      text.why = tr("This is a fault of the program.");
      text.remedy = tr("Copy the details and report them.");
      break;
  }
  return text;
}

}  // namespace gps::app
