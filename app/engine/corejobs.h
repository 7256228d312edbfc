#pragma once
// The bodies of the engine's jobs. Everything here lives on the engine thread, the model and its tensors included.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/engine/engineapi.h"
#include "app/engine/engineworker.h"
#include "app/engine/explorers.h"
#include "core/backbones/model.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/selection/gradientfield.h"

namespace gps::app {

class PromptJobs;

class CoreJobs {
 public:
  void makeDemo(JobContext& job, const DemoRequest& request);
  // Sends DataOpened twice: names first, then the checked summary.
  void openData(JobContext& job, const std::string& folder);
  // Where it cannot be opened, the model that was open is again, with its pass and tables.
  void openModel(JobContext& job, const ModelSpec& spec, const DeviceSpec& device);
  void gradientPass(JobContext& job, const GradientRequest& request);
  // passfilejobs.cpp
  void keepPass(const std::string& path);
  void openPass(JobContext& job, const OpenPassRequest& request);
  // Questions to the selection explorer: explorejobs.cpp.
  void rebuildTable(JobContext& job, const SelectionSpec& spec);
  void exploreSchemes(JobContext& job, const SchemesRequest& request);
  void lookAtLayer(const JobContext& job, const LayerRequest& request);
  void saveSelection(JobContext& job, const SaveSelectionRequest& request);
  // trainjobs.cpp
  void train(JobContext& job, const TrainSpec& spec);
  void measureCost(JobContext& job, const TrainSpec& spec);
  // Whether the weights are known to have seen the pictures; of a model and pictures that are open.
  void tellContamination(JobContext& job) const;
  void score(JobContext& job, const ScoreRequest& request);
  void predictAlone(JobContext& job, const PredictRequest& request);
  void segmentAlone(JobContext& job, PromptJobs& prompts, const SegmentRequest& request, quint64 number);
  void lookAtNewPictures(JobContext& job, const NewPicturesRequest& request);
  void lookAtVideo(JobContext& job, const VideoRequest& request);
  // What the last pass chooses under a scheme; null before one.
  std::shared_ptr<const SelectionFile> currentSelection(const SelectionSpec& scheme);
  void listRuns(JobContext& job, const std::string& projectFolder);
  // Drops model and tables; the last thing done on the engine thread.
  void clear();

 private:
  // The model of `spec` with the values after `epoch` of a run; epoch 0: the base.
  Model& modelAt(const ModelSpec& spec, const std::string& runFolder, int epoch);
  void load(const ModelSpec& spec);
  const DataSummary& data() const;
  // Of the pass in hand; where a criterion needs none, the first question makes one without.
  SelectionSpec wishOf(const SelectionSpec& asked) const;
  std::shared_ptr<const SelectionTable> tableOf(const SelectionSpec& spec);
  std::shared_ptr<const Selection> selectionInHand(const SelectionSpec& spec);
  std::function<const Model&()> untuned();  // throws Error(NotFound) while a run trains
  // What a run trains: from its file, from the last gradient, or from a pass of its own. Nothing: it takes no selection, or needs a pass
  // and may not run one.
  std::optional<Selection> selectionOf(JobContext& job, Model& model, const TrainSpec& spec, bool mayRunPass);

  std::shared_ptr<const DataSummary> m_data;
  std::shared_ptr<const ImageSource> m_images;
  std::unique_ptr<Model> m_model;
  ModelInfo m_info;
  ModelSpec m_spec;
  DeviceSpec m_device;
  std::optional<Delta> m_applied;
  std::string m_appliedName;  // "run@epoch" of m_applied
  bool m_isTraining = false;  // the weights change and are not to be read again
  bool m_isDirty = false;     // the model holds values that no file can take back
  Explorers m_explorers;
  struct {
    std::shared_ptr<const Selection> selection;
    std::shared_ptr<const SelectionStructure> structure;
  } m_looked;  // at last
  // The pass of a run that the explorer's does not answer; kept for the next run of a queue that asks the same.
  struct RunPass {
    SelectionSpec recipe;
    GradientField field;
  };
  std::optional<RunPass> m_runPass;
};

}  // namespace gps::app
