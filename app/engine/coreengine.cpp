#include "app/engine/coreengine.h"

#include "app/engine/corejobs.h"
#include "app/engine/newpicturejobs.h"
#include "app/engine/promptjobs.h"
#include "app/engine/selectionsetjobs.h"
#include "core/checkpoints/selectionfile.h"

namespace gps::app {

CoreEngine::CoreEngine(QObject* parent)
    : EngineApi(parent),
      m_jobs(std::make_shared<CoreJobs>()),
      m_prompts(std::make_shared<PromptJobs>()),
      m_thread(std::make_unique<EngineThread>()) {
  connect(m_thread.get(), &EngineThread::stateChanged, this, &EngineApi::stateChanged);
  connect(m_thread.get(), &EngineThread::message, this, &EngineApi::message);
  connect(m_thread.get(), &EngineThread::dropped, this, &EngineApi::dropped);
  m_thread->setCleanUp([jobs = m_jobs, prompts = m_prompts] {
    prompts->clear();
    jobs->clear();
  });
  m_sets = std::make_unique<SelectionSetJobs>([this](const SelectionSpec& scheme, auto taken) {
    m_thread->post(JobKind::CompareSelections, [jobs = m_jobs, scheme, taken](JobContext&) { taken(jobs->currentSelection(scheme)); });
  });
}

CoreEngine::~CoreEngine() {
  m_thread.reset();  // first: its jobs hand selections to m_sets
  m_sets.reset();
}

SelectionSetApi& CoreEngine::selectionSets() { return *m_sets; }

RunId CoreEngine::makeDemo(const DemoRequest& request) {
  return m_thread->post(JobKind::MakeDemo, [jobs = m_jobs, request](JobContext& job) { jobs->makeDemo(job, request); });
}

RunId CoreEngine::openData(const QString& folder) {
  return m_thread->post(JobKind::OpenData, [jobs = m_jobs, path = folder.toStdString()](JobContext& job) { jobs->openData(job, path); });
}

RunId CoreEngine::openModel(const ModelSpec& model, const DeviceSpec& device) {
  return m_thread->post(JobKind::OpenModel, [jobs = m_jobs, prompts = m_prompts, model, device](JobContext& job) {
    prompts->clear();
    jobs->openModel(job, model, device);
  });
}

RunId CoreEngine::runGradientPass(const GradientRequest& request) {
  return m_thread->post(JobKind::GradientPass, [jobs = m_jobs, request](JobContext& job) { jobs->gradientPass(job, request); });
}

RunId CoreEngine::keepPass(const QString& path) {
  return m_thread->postNewest(JobKind::KeepPass, [jobs = m_jobs, file = path.toStdString()](JobContext&) { jobs->keepPass(file); });
}

RunId CoreEngine::openPass(const OpenPassRequest& request) {
  return m_thread->postNewest(JobKind::OpenPass, [jobs = m_jobs, request](JobContext& job) { jobs->openPass(job, request); });
}

RunId CoreEngine::rebuildTable(const SelectionSpec& selection) {
  return m_thread->postNewest(JobKind::RebuildTable, [jobs = m_jobs, selection](JobContext& job) { jobs->rebuildTable(job, selection); });
}

RunId CoreEngine::exploreSchemes(const SchemesRequest& request) {
  return m_thread->postNewest(JobKind::Explore, [jobs = m_jobs, request](JobContext& job) { jobs->exploreSchemes(job, request); });
}

RunId CoreEngine::lookAtLayer(const LayerRequest& request) {
  const auto serve = [jobs = m_jobs, request](const JobContext& context, RequestContext&) {
    try {
      jobs->lookAtLayer(context, request);
    } catch (const Cancelled&) {
      throw;
    } catch (const std::exception&) {
      context.send(LayerLooked{});  // a look must not end the training
    }
  };
  if (m_thread->request(JobKind::Train, serve)) return m_thread->currentRun();
  return m_thread->postNewest(JobKind::LookAtLayer, [jobs = m_jobs, request](JobContext& job) { jobs->lookAtLayer(job, request); });
}

RunId CoreEngine::saveSelection(const SaveSelectionRequest& request) {
  return m_thread->post(JobKind::SaveSelection, [jobs = m_jobs, request](JobContext& job) { jobs->saveSelection(job, request); });
}

RunId CoreEngine::train(const TrainSpec& spec) {
  return m_thread->post(JobKind::Train, [jobs = m_jobs, spec](JobContext& job) { jobs->train(job, spec); });
}

RunId CoreEngine::measureCost(const TrainSpec& spec) {
  return m_thread->post(JobKind::MeasureCost, [jobs = m_jobs, spec](JobContext& job) { jobs->measureCost(job, spec); });
}

RunId CoreEngine::score(const ScoreRequest& request) {
  return m_thread->post(JobKind::Score, [jobs = m_jobs, request](JobContext& job) { jobs->score(job, request); });
}

RunId CoreEngine::predict(const PredictRequest& request) {
  const auto serve = [request](const JobContext& context, RequestContext& engine) {
    try {
      const std::optional<int> epoch = request.epoch < 0 ? std::nullopt : std::optional<int>(request.epoch);
      auto map = std::make_shared<const ProbabilityMap>(engine.predict(*request.image, epoch));
      context.send(Predicted{request.caseId, request.runFolder, request.epoch, std::move(map)});
    } catch (const Cancelled&) {
      throw;
    } catch (const std::exception&) {
      // A look must not end the training; the answer without a map says that there is none.
      context.send(Predicted{request.caseId, request.runFolder, request.epoch, nullptr});
    }
  };
  if (m_thread->request(JobKind::Train, serve)) return m_thread->currentRun();
  return m_thread->post(JobKind::Predict, [jobs = m_jobs, request](JobContext& job) { jobs->predictAlone(job, request); });
}

RunId CoreEngine::segment(const SegmentRequest& request) {
  const RunId number = m_thread->nextId();
  m_prompts->ask(request, number);
  if (m_prompts->joins(request)) return number;
  const auto serve = [prompts = m_prompts, request, number](const JobContext& context) {
    if (!prompts->isNewest(number) || prompts->answerFromMemory(context, request, number)) return;
    if (context.kind() != JobKind::Train) return context.send(SegmentingWaits{number});
    // The picture needs the model, so it waits for the end of the step.
    context.control().post([prompts, request, number, context](RequestContext& engine) {
      if (!prompts->isNewest(number)) return;
      try {
        engine.withModel(request.epoch < 0 ? std::nullopt : std::optional<int>(request.epoch),
                         [&](const Model& model) { prompts->readAndAnswer(context, model, request, number, nullptr); });
      } catch (const Cancelled&) {
        throw;
      } catch (const std::exception& error) {  // it must not end the training
        Segmented none;
        none.request = number;
        none.problem = QString::fromUtf8(error.what());
        context.send(std::move(none));
      }
    });
  };
  const bool isOwnJob = m_thread->state() != RunState::Idle && m_thread->currentKind() == JobKind::Segment;
  if (!isOwnJob && m_thread->requestUrgent(serve)) return number;
  m_thread->postNewest(JobKind::Segment, [jobs = m_jobs, prompts = m_prompts, request, number](JobContext& job) {
    jobs->segmentAlone(job, *prompts, request, number);
  });
  return number;
}

RunId CoreEngine::lookAtNewPictures(const NewPicturesRequest& request) {
  return m_thread->post(JobKind::LookAtPictures, [jobs = m_jobs, request](JobContext& job) { jobs->lookAtNewPictures(job, request); });
}

RunId CoreEngine::lookAtVideo(const VideoRequest& request) {
  return m_thread->post(JobKind::LookAtVideo, [jobs = m_jobs, request](JobContext& job) { jobs->lookAtVideo(job, request); });
}

RunId CoreEngine::listRuns(const QString& projectFolder) {
  return m_thread->post(JobKind::ListRuns,
                        [jobs = m_jobs, path = projectFolder.toStdString()](JobContext& job) { jobs->listRuns(job, path); });
}

}  // namespace gps::app
