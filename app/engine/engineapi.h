#pragma once
// What the window asks of the engine. GUI thread only; answers come as messages that carry the RunId returned here.
// The product uses CoreEngine; tests put their own in.
#include <QList>
#include <QObject>
#include <QString>

#include "app/engine/messages.h"
#include "app/engine/runstate.h"
#include "app/engine/selectionsetapi.h"
#include "core/values/runspec.h"

namespace gps::app {

struct DemoRequest {
  QString folder;  // receives the pictures, Kvasir-SEG layout
  int train = 24, validation = 8, size = 256;
  quint64 seed = 7;
};

struct GradientRequest {
  ModelSpec model;
  SelectionSpec selection;
};

struct OpenPassRequest {
  QString path;
  SelectionSpec wanted;  // what the table is asked for, where the pass answers it
  // The one that the project kept: where there is none, or it is of another model or other pictures, nothing is answered.
  bool isOffered = false;
};

struct ScoreRequest {
  ModelSpec model;
  QString runFolder;  // empty or epoch 0: the untuned model
  int epoch = 0;
  QString split;
  int batch = 4;
  double threshold = 0.5;  // at another one ScoringDone alone answers, with the outlines there
};

struct PredictRequest {
  ModelSpec model;
  QString caseId, runFolder;
  int epoch = 0;  // -1: the values of this moment, while a run is training
  std::shared_ptr<const RgbImage> image;
};

class EngineApi : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  virtual RunId makeDemo(const DemoRequest& request) = 0;
  virtual RunId openData(const QString& folder) = 0;
  virtual RunId openModel(const ModelSpec& model, const DeviceSpec& device) = 0;
  virtual RunId runGradientPass(const GradientRequest& request) = 0;
  // The pass in hand goes to a file, or comes from one and answers TableReady like one that was run.
  virtual RunId keepPass(const QString& path) = 0;
  virtual RunId openPass(const OpenPassRequest& request) = 0;
  // The table of another scheme from the pass in hand; a newer request takes the place of one that waits.
  virtual RunId rebuildTable(const SelectionSpec& selection) = 0;
  // Answers SchemeReady, one a scheme; a newer request ends an older one.
  virtual RunId exploreSchemes(const SchemesRequest& request) = 0;
  // Answers LayerLooked; a short request while a run trains. A newer one takes the place of one that waits.
  virtual RunId lookAtLayer(const LayerRequest& request) = 0;
  // Answers SelectionSaved.
  virtual RunId saveSelection(const SaveSelectionRequest& request) = 0;
  // A selection that the last gradient does not answer is made anew, by a pass of its own where it needs one.
  virtual RunId train(const TrainSpec& spec) = 0;
  // A few steps of such a run on noise, the model unchanged; answers CostMeasured.
  virtual RunId measureCost(const TrainSpec& spec) = 0;
  virtual RunId score(const ScoreRequest& request) = 0;
  // A job of its own when idle, a short request while a run trains.
  virtual RunId predict(const PredictRequest& request) = 0;
  // Answered by Segmented with this number, at once where the picture has been read before, also within the steps of a run. A newer one
  // takes the place of all that wait.
  virtual RunId segment(const SegmentRequest& request) = 0;
  virtual RunId lookAtNewPictures(const NewPicturesRequest& request) = 0;
  virtual RunId lookAtVideo(const VideoRequest& request) = 0;
  virtual RunId listRuns(const QString& projectFolder) = 0;
  virtual SelectionSetApi& selectionSets() = 0;  // lives as long as the engine

  virtual void pause() = 0;
  virtual void resume() = 0;
  virtual void stop() = 0;  // what waits is dropped: dropped() alone tells of it
  virtual RunState state() const = 0;
  virtual JobKind currentJob() const = 0;

 Q_SIGNALS:
  void stateChanged(gps::app::RunState state);
  void message(const gps::app::EngineMessage& message);
  void dropped(const QList<gps::app::RunId>& runs);  // that waited when all was stopped; nothing else is told of them
};

}  // namespace gps::app
