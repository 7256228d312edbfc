#include "app/engine/failuretext.h"

#include <QFileInfo>

namespace gps::app {

QString FailureTexts::jobName(JobKind job) {
  switch (job) {
    case JobKind::MakeDemo:
      return tr("Sample pictures");
    case JobKind::OpenData:
      return tr("Data check");
    case JobKind::OpenModel:
      return tr("Loading the model");
    case JobKind::GradientPass:
      return tr("Gradient pass");
    case JobKind::KeepPass:
      return tr("Keeping the gradient pass");
    case JobKind::OpenPass:
      return tr("Gradient pass of a file");
    case JobKind::RebuildTable:
      return tr("Selection");
    case JobKind::Train:
      return tr("Training");
    case JobKind::Score:
      return tr("Scoring");
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
    case JobKind::CopyProject:
      return tr("Copy of the project");
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
    case JobKind::KeepPass:
      return FailureTexts::tr("The gradient pass could not be kept. It has to be run again once the project is closed.");
    case JobKind::OpenPass:
      return FailureTexts::tr("The gradient pass of the file could not be opened.");
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
    case JobKind::CopyProject:
      return FailureTexts::tr("The project could not be copied.");
  }
  return {};
}

// Read by people who look at pictures.
static bool isOfCases(JobKind job) {
  return job == JobKind::Score || job == JobKind::Predict || job == JobKind::Segment || job == JobKind::LookAtPictures ||
         job == JobKind::LookAtVideo;
}

// Of what the error is about only the name of a file is told there; all else is in the details.
static FailureText inPlainWords(FailureText text, const Failure& failure) {
  const QString file = failure.subject.contains(u'/') ? QFileInfo(failure.subject).fileName() : QString();
  const auto withFile = [&file](const QString& sentence, const QString& named) { return file.isEmpty() ? sentence : named.arg(file); };
  switch (failure.code) {
    case ErrorCode::BadArgument:
      text.why = FailureTexts::tr("Something in the settings does not fit.");
      text.remedy = FailureTexts::tr("The details tell which; change it and try again.");
      break;
    case ErrorCode::BadFile:
      text.why =
          withFile(FailureTexts::tr("A file is damaged or of another kind."), FailureTexts::tr("A file is damaged or of another kind: %1"));
      text.remedy = FailureTexts::tr("Choose another file, or get this one again from its source.");
      break;
    case ErrorCode::NotFound:
      text.why = withFile(FailureTexts::tr("A file is missing."), FailureTexts::tr("A file is missing: %1"));
      text.remedy = FailureTexts::tr("Check whether it was moved or renamed.");
      break;
    case ErrorCode::Mismatch:
      text.why = FailureTexts::tr("What was trained does not belong to the model that is open.");
      text.remedy = FailureTexts::tr("On the Model page, open the model that it was trained with.");
      break;
    case ErrorCode::Io:
      text.why =
          withFile(FailureTexts::tr("A file could not be read or written."), FailureTexts::tr("A file could not be read or written: %1"));
      text.remedy = FailureTexts::tr("Check the free space and the permissions of the folder.");
      break;
    case ErrorCode::OutOfMemory:
      text.why = FailureTexts::tr("There was not enough memory.");
      text.remedy = FailureTexts::tr("Close other programs, or choose a smaller input size on the Model page.");
      break;
    case ErrorCode::DeviceLost:
      text.why = FailureTexts::tr("The graphics card stopped answering.");
      text.remedy = FailureTexts::tr("Restart the program. What has been saved is kept.");
      break;
    case ErrorCode::Unavailable:
      text.why = FailureTexts::tr("This computer lacks what is needed.");
      text.remedy = FailureTexts::tr("Choose the CPU as device, or install what the details name.");
      break;
    case ErrorCode::Diverged:
      text.why = FailureTexts::tr("The model gives no usable answer.");
      text.remedy = FailureTexts::tr("Choose another version of it.");
      break;
    case ErrorCode::Internal:
      text.why = FailureTexts::tr("This is a fault of the program.");
      text.remedy = FailureTexts::tr("Copy the details and report them.");
      break;
  }
  return text;
}

QString FailureTexts::whyNotWritten(const QString& cause) {
  const auto says = [&cause](const char* words) { return cause.contains(QLatin1StringView(words), Qt::CaseInsensitive); };
  if (says("No space left") || says("File too large") || says("quota")) return tr("The disk is full.");
  return tr("The folder cannot be written to.");
}

FailureText FailureTexts::of(const Failure& failure) {
  FailureText text{whatHappened(failure.job), {}, {}, failure.details};
  if (isOfCases(failure.job)) return inPlainWords(text, failure);
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
      text.remedy = tr("Use a smaller batch or a smaller input size. What a run has saved is kept.");
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
