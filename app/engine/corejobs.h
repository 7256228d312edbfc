#pragma once
// The bodies of the engine's jobs. Everything here lives on the engine thread, the model and its tensors included.
#include <memory>
#include <optional>
#include <string>

#include "app/engine/engineapi.h"
#include "app/engine/engineworker.h"
#include "core/backbones/model.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/selection/gradientfield.h"
#include "core/selection/levels/selectionexplorer.h"

namespace gps::app {

class CoreJobs {
 public:
  void makeDemo(JobContext& job, const DemoRequest& request);
  // Sends DataOpened twice: names first, then the checked summary.
  void openData(JobContext& job, const std::string& folder);
  void openModel(JobContext& job, const ModelSpec& spec, const DeviceSpec& device);
  void gradientPass(JobContext& job, const GradientRequest& request);
  void rebuildTable(JobContext& job, const SelectionSpec& spec);
  // trainjobs.cpp
  void train(JobContext& job, const TrainSpec& spec);
  void measureCost(JobContext& job, const TrainSpec& spec);
  // Whether the weights are known to have seen the pictures; of a model and pictures that are open.
  void tellContamination(JobContext& job) const;
  void score(JobContext& job, const ScoreRequest& request);
  void predictAlone(JobContext& job, const PredictRequest& request);
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
  // What a run trains: from its file, from the last gradient, or from a pass of its own. Nothing: it takes no selection, or needs a pass
  // and may not run one.
  std::optional<Selection> selectionOf(JobContext& job, Model& model, const TrainSpec& spec, bool mayRunPass);
  // Scores of spec's criterion, from the last gradient where it needs one; and the table of its level.
  void explore(JobContext& job, const SelectionSpec& spec);

  std::shared_ptr<const DataSummary> m_data;
  std::shared_ptr<const ImageSource> m_images;
  std::unique_ptr<Model> m_model;
  ModelInfo m_info;
  ModelSpec m_spec;
  DeviceSpec m_device;
  std::optional<Delta> m_applied;
  std::string m_appliedName;  // "run@epoch" of m_applied
  bool m_isDirty = false;     // the model holds values that no file can take back
  std::optional<GradientField> m_field;
  std::optional<SelectionExplorer> m_explorer;  // of the scores of m_scheme
  // The pass of a run that the explorer's does not answer; kept for the next run of a queue that asks the same.
  struct RunPass {
    SelectionSpec recipe;
    GradientField field;
  };
  std::optional<RunPass> m_runPass;
  SelectionSpec m_recipe, m_scheme;  // how the last pass ran; level, criterion and exclusions asked of it since
};

}  // namespace gps::app
