#pragma once
// The engine of the product: core's jobs on the engine thread.
#include <memory>

#include "app/engine/engineapi.h"
#include "app/engine/engineworker.h"

namespace gps::app {

class CoreJobs;
class PromptJobs;
class SelectionSetJobs;

class CoreEngine : public EngineApi {
  Q_OBJECT
 public:
  explicit CoreEngine(QObject* parent = nullptr);
  ~CoreEngine() override;

  RunId makeDemo(const DemoRequest& request) override;
  RunId openData(const QString& folder) override;
  RunId openModel(const ModelSpec& model, const DeviceSpec& device) override;
  RunId runGradientPass(const GradientRequest& request) override;
  RunId keepPass(const QString& path) override;
  RunId openPass(const OpenPassRequest& request) override;
  RunId rebuildTable(const SelectionSpec& selection) override;
  RunId exploreSchemes(const SchemesRequest& request) override;
  RunId lookAtLayer(const LayerRequest& request) override;
  RunId saveSelection(const SaveSelectionRequest& request) override;
  RunId train(const TrainSpec& spec) override;
  RunId measureCost(const TrainSpec& spec) override;
  RunId score(const ScoreRequest& request) override;
  RunId predict(const PredictRequest& request) override;
  RunId segment(const SegmentRequest& request) override;
  RunId lookAtNewPictures(const NewPicturesRequest& request) override;
  RunId lookAtVideo(const VideoRequest& request) override;
  RunId listRuns(const QString& projectFolder) override;
  SelectionSetApi& selectionSets() override;
  void pause() override { m_thread->pause(); }
  void resume() override { m_thread->resume(); }
  void stop() override { m_thread->stop(); }
  RunState state() const override { return m_thread->state(); }
  JobKind currentJob() const override { return m_thread->currentKind(); }

 private:
  std::shared_ptr<CoreJobs> m_jobs;
  std::shared_ptr<PromptJobs> m_prompts;
  std::unique_ptr<EngineThread> m_thread;
  std::unique_ptr<SelectionSetJobs> m_sets;
};

}  // namespace gps::app
