#include "app/engine/corejobs.h"

#include <filesystem>
#include <utility>

#include "app/engine/newpicturejobs.h"
#include "app/engine/promptjobs.h"
#include "app/engine/videojobs.h"
#include "core/backbones/device.h"
#include "core/checkpoints/loading.h"
#include "core/data/checks/leakcheck.h"
#include "core/data/dataset.h"
#include "core/data/phantom/phantom.h"
#include "core/evaluation/classification.h"
#include "core/evaluation/prediction.h"
#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"
#include "core/selection/trainedvectors.h"
#include "core/tuning/runfolder.h"

namespace gps::app {

void CoreJobs::makeDemo(JobContext& job, const DemoRequest& request) {
  namespace fs = std::filesystem;
  const fs::path folder(request.folder.toStdString());
  if (!fs::exists(folder / "val.txt")) {  // written last
    const PictureWriters writers{[](const std::string& path, const RgbImage& image) { writeRgb(path, image); },
                                 [](const std::string& path, const MaskImage& mask) { writeMask(path, mask); }};
    writePhantomDataset(folder.string(), request.train, request.validation, request.size, request.seed, writers, &job.control());
  }
  openData(job, folder.string());
}

void CoreJobs::openData(JobContext& job, const std::string& folder) {
  const auto files = std::make_shared<const OpenCvImageSource>();
  DataSummary summary = openDataset(folder, files.get(), {}, &job.control());
  m_images = imageSourceOf(summary, files);
  m_data = std::make_shared<const DataSummary>(summary);
  m_explorers.clear();
  m_runPass.reset();
  job.send(DataOpened{m_data, m_images, false});
  checkPictures(summary, *m_images, &job.control());
  tellContamination(job);
  auto heldOut = std::make_shared<std::vector<std::uint64_t>>();
  summary.leaks = findLeaks(summary, *m_images, {}, &job.control(), heldOut.get());
  summary.dataHash = dataHash(summary, &job.control());
  m_data = std::make_shared<const DataSummary>(std::move(summary));
  job.send(DataOpened{m_data, m_images, true, std::move(heldOut)});
}

void CoreJobs::load(const ModelSpec& spec) {
  m_model.reset();  // before the next one is there: two do not have to fit
  m_applied.reset();
  m_appliedName.clear();
  LoadedModel loaded = loadModel(spec);
  m_model = std::move(loaded.model);
  m_info = std::move(loaded.info);
  m_spec = spec;
  m_spec.id = m_info.description.id;
  m_spec.imageSize = m_model->imageSize();
  m_isDirty = false;
  useDevice(*m_model, m_device);
}

void CoreJobs::openModel(JobContext& job, const ModelSpec& spec, const DeviceSpec& device) {
  ModelSpec wanted = spec;
  // The head that the pictures need; they may have been opened after the window asked for the model.
  if (m_data && m_data->task == TaskKind::Classification) wanted.classes = int(m_data->classes.size());
  inspectCheckpoint(spec.weightsPath, spec.id, spec.imageSize);  // most files that are no model are refused before anything is given up
  m_explorers.makeRoom();
  const auto formerDevice = std::exchange(m_device, device);
  const std::optional<ModelSpec> former = m_model ? std::optional(m_spec) : std::nullopt;
  try {
    load(wanted);
  } catch (...) {
    m_device = formerDevice;
    if (former) load(*former);
    throw;
  }
  m_explorers.clear();
  m_runPass.reset();
  const int fileClasses = inspectCheckpoint(spec.weightsPath, m_info.description.id, m_model->imageSize()).info.classes;
  const DeviceInfo info = describeDevice(device);
  const QString gpu = info.isCuda ? QString::fromStdString(info.name) : QString();
  job.send(ModelOpened{std::make_shared<const ModelInfo>(m_info), m_model->imageSize(), gpu, info.threads, fileClasses,
                       trainedSizesOf(m_model->map())});
  tellContamination(job);
}

Model& CoreJobs::modelAt(const ModelSpec& spec, const std::string& runFolder, int epoch) {
  const bool isOther = !m_model || spec.weightsPath != m_spec.weightsPath || (!spec.id.empty() && spec.id != m_spec.id) ||
                       (spec.imageSize > 0 && spec.imageSize != m_spec.imageSize) || spec.classes != m_spec.classes;
  if (isOther || m_isDirty) load(spec);
  const std::string name = epoch > 0 && !runFolder.empty() ? runFolder + "@" + std::to_string(epoch) : std::string();
  if (name == m_appliedName) return *m_model;
  if (m_applied) {
    m_isDirty = true;  // until the base is back
    removeDelta(*m_applied, *m_model);
    m_applied.reset();
    m_appliedName.clear();
    m_isDirty = false;
  }
  if (!name.empty()) {
    Delta delta = readDelta(name);
    m_isDirty = true;
    applyDelta(delta, *m_model);
    m_isDirty = delta.base.size() != delta.offsets.size();
    m_applied = std::move(delta);
    m_appliedName = name;
  }
  return *m_model;
}

const DataSummary& CoreJobs::data() const {
  if (!m_data) throw Error(ErrorCode::NotFound, "data set", "no data set is open", "Open a folder of pictures first");
  return *m_data;
}

void CoreJobs::gradientPass(JobContext& job, const GradientRequest& request) {
  job.control().setServesWithinSteps(!describeDevice(m_device).isCuda);
  Model& model = modelAt(request.model, {}, 0);
  const SelectionSpec recipe = recipeOf(model, data(), request.model, request.selection);
  if (needsPass(recipe.criterion)) {
    m_explorers.makeRoom();
    auto field = runGradientPass(model, data(), m_images, request.model, recipe, job.control());
    m_explorers.setPass(std::move(field), recipe);
  } else if (m_explorers.isEmpty()) {
    m_explorers.setPass({}, recipe);
  }
  job.send(TableReady{tableOf(recipe)});
}

std::shared_ptr<const SelectionFile> CoreJobs::currentSelection(const SelectionSpec& scheme) {
  if (!m_model || !m_data) return nullptr;
  const SelectionSpec wanted = wishOf(scheme);
  if (!m_explorers.answers(wanted)) return nullptr;
  auto file = std::make_shared<SelectionFile>();
  file->selection = *selectionInHand(wanted);
  file->map = m_explorers.explorerFor(wanted, *m_model, untuned()).map();
  return file;
}

void CoreJobs::score(JobContext& job, const ScoreRequest& request) {
  Model& model = modelAt(request.model, request.runFolder.toStdString(), request.epoch);
  const auto items = itemsOfSplit(data(), request.split.toStdString());
  if (data().task == TaskKind::Classification) {
    const auto outputs = headOutputs(data(), m_applied ? m_applied->info.classes : std::vector<std::string>{}, m_info.classes);
    ClassificationResult result = evaluateClasses(model, data(), items, m_images, request.model, outputs, request.batch, job.control());
    job.send(ClassesScored{request.runFolder, request.epoch, std::make_shared<const ClassificationScore>(std::move(result.score))});
    return;
  }
  const auto onCase = [&](const CaseScore& score, const ProbabilityMap& map) {
    job.send(CasesScored{request.runFolder, request.epoch, {{score, std::make_shared<const ProbabilityMap>(map)}}});
  };
  const bool isUsual = request.threshold == ScoreRequest{}.threshold;
  EvaluationResult result = evaluate(model, items, m_images, request.model, request.batch, job.control(),
                                     isUsual ? onCase : std::function<void(const CaseScore&, const ProbabilityMap&)>(), nullptr, true,
                                     double(float(request.threshold)));  // as curves and viewer compare
  job.send(ScoringDone{request.runFolder, request.epoch, std::make_shared<const SegmentationScore>(std::move(result.score))});
}

// A run alone has values of this moment.
static void refuseNow(int epoch) {
  if (epoch < 0)
    throw Error(ErrorCode::Unavailable, "epoch", "no run is training, so there are no values of this moment", "Choose an epoch of the run");
}

void CoreJobs::predictAlone(JobContext& job, const PredictRequest& request) {
  refuseNow(request.epoch);
  Model& model = modelAt(request.model, request.runFolder.toStdString(), request.epoch);
  ProbabilityMap map = gps::predict(model, *request.image, request.model);
  job.send(Predicted{request.caseId, request.runFolder, request.epoch, std::make_shared<const ProbabilityMap>(std::move(map))});
}

void CoreJobs::segmentAlone(JobContext& job, PromptJobs& prompts, const SegmentRequest& request, quint64 number) {
  if (!prompts.isNewest(number)) return;
  const struct Leaving {
    PromptJobs& prompts;
    ~Leaving() { prompts.leaveJob(); }
  } leaving{prompts};
  if (prompts.answerFromMemory(job, request, number)) return;
  refuseNow(request.epoch);
  const Model& model = modelAt(request.model, request.runFolder.toStdString(), request.epoch);
  prompts.runAlone(job, model, request, number);
}

void CoreJobs::lookAtNewPictures(JobContext& job, const NewPicturesRequest& request) {
  app::lookAtNewPictures(job, modelAt(request.model, request.runFolder.toStdString(), request.epoch), request);
}

void CoreJobs::lookAtVideo(JobContext& job, const VideoRequest& request) {
  app::lookAtVideo(job, modelAt(request.model, request.runFolder.toStdString(), request.epoch), request);
}

void CoreJobs::listRuns(JobContext& job, const std::string& projectFolder) {
  job.send(RunsListed{gps::listRuns((std::filesystem::path(projectFolder) / "runs").string())});
}

void CoreJobs::clear() {
  m_explorers.clear();
  m_runPass.reset();
  m_applied.reset();
  m_model.reset();
  m_images.reset();
  m_data.reset();
}

}  // namespace gps::app
