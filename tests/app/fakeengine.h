#pragma once
// An engine without torch: notes what it is asked for and says what the test tells it to say.
#include <QStringList>
#include <cmath>
#include <optional>
#include <utility>

#include "app/engine/engineapi.h"
#include "fakeselectionsets.h"

namespace gps::app {

class DiscImages : public ImageSource {
 public:
  static constexpr int kSide = 64;
  RgbImage loadImage(const std::string&) const override { return {kSide, kSide, std::vector<std::uint8_t>(kSide * kSide * 3, 120)}; }
  MaskImage loadMask(const std::string&) const override {
    MaskImage mask{kSide, kSide, std::vector<std::uint8_t>(kSide * kSide, 0)};
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x)
        if (std::hypot(x - 32, y - 32) < 16) mask.pixels[std::size_t(y) * kSide + std::size_t(x)] = 255;
    return mask;
  }
  Size sizeOf(const std::string&) const override { return {kSide, kSide}; }
};

// A soft disc a little beside that of the masks.
inline ProbabilityMap discMap(double radius) {
  ProbabilityMap map{DiscImages::kSide, DiscImages::kSide, {}};
  for (int y = 0; y < DiscImages::kSide; ++y)
    for (int x = 0; x < DiscImages::kSide; ++x) map.values.push_back(float(1 / (1 + std::exp(std::hypot(x - 30, y - 33) - radius))));
  return map;
}

class FakeEngine : public EngineApi {
  Q_OBJECT
 public:
  RunId makeDemo(const DemoRequest&) override { return begin(JobKind::MakeDemo); }
  RunId openData(const QString&) override { return begin(JobKind::OpenData); }
  RunId openModel(const ModelSpec& spec, const DeviceSpec&) override {
    modelSpec = spec;
    return begin(JobKind::OpenModel);
  }
  RunId runGradientPass(const GradientRequest& request) override {
    gradientRequest = request;
    return begin(JobKind::GradientPass);
  }
  RunId keepPass(const QString& path) override {
    keptPasses << path;
    return ++m_lastSmall;
  }
  RunId openPass(const OpenPassRequest& request) override {
    openedPasses << request;
    return ++m_lastSmall;
  }
  // Small jobs leave the state and the numbers of the others alone; their answers are said by these numbers.
  RunId rebuildTable(const SelectionSpec& spec) override {
    rebuilds << spec;
    return rebuildRun = ++m_lastSmall;
  }
  RunId exploreSchemes(const SchemesRequest& request) override {
    schemesRequest = request;
    return schemesRun = ++m_lastSmall;
  }
  RunId lookAtLayer(const LayerRequest& request) override {
    layerRequest = request;
    return layerRun = ++m_lastSmall;
  }
  RunId saveSelection(const SaveSelectionRequest& request) override {
    saveRequest = request;
    return saveRun = ++m_lastSmall;
  }
  RunId train(const TrainSpec& spec) override {
    trainSpec = spec;
    trained << spec;
    return begin(JobKind::Train);
  }
  RunId measureCost(const TrainSpec& spec) override {
    costSpec = spec;
    return begin(JobKind::MeasureCost);
  }
  RunId score(const ScoreRequest& request) override {
    scoreRequest = request;
    scoredEpochs << request.epoch;
    return begin(JobKind::Score);
  }
  RunId predict(const PredictRequest& request) override {
    ++predictions;
    predicted = request;
    requests.append({++m_last, request});
    return m_last;
  }
  RunId segment(const SegmentRequest& request) override {
    segments << request;
    return ++m_lastSmall;
  }
  RunId lookAtNewPictures(const NewPicturesRequest& request) override {
    newPicturesRequest = request;
    return begin(JobKind::LookAtPictures);
  }
  RunId lookAtVideo(const VideoRequest& request) override {
    videoRequest = request;
    return begin(JobKind::LookAtVideo);
  }
  RunId listRuns(const QString&) override { return ++m_last; }
  SelectionSetApi& selectionSets() override { return sets; }
  void pause() override { move(RunEvent::Pause); }
  void resume() override { move(RunEvent::Resume); }
  void stop() override {
    ++stops;
    m_behind.reset();
    move(RunEvent::Stop);
  }
  RunState state() const override { return m_table.state(); }
  JobKind currentJob() const override { return m_kind; }

  // ---- for the test
  void say(RunId run, MessageBody body) { Q_EMIT message({run, std::move(body)}); }
  void say(MessageBody body) { say(m_last, std::move(body)); }
  // A small job is on; what is asked for now waits until it has ended.
  void beginQuiet(JobKind kind = JobKind::LookAtLayer) {
    begin(kind);
    m_isQuietOn = true;
  }
  void endQuiet() {
    m_isQuietOn = false;
    end();
    if (const auto next = std::exchange(m_behind, std::nullopt)) start(next->first, next->second);
  }
  void reachGate() { move(RunEvent::GateEntered); }
  void end(JobOutcome outcome = JobOutcome::Finished, Failure failure = {}) {
    failure.job = m_kind;
    const RunId run = m_current;
    move(RunEvent::End);
    say(run, JobEnded{m_kind, outcome, failure});
  }
  RunId last() const { return m_last; }
  RunId lastSmall() const { return m_lastSmall; }

  FakeSelectionSets sets;
  ModelSpec modelSpec;
  GradientRequest gradientRequest;
  ScoreRequest scoreRequest;
  TrainSpec trainSpec, costSpec;
  QList<TrainSpec> trained;  // in order
  PredictRequest predicted;
  QList<std::pair<RunId, PredictRequest>> requests;  // all predictions asked for
  QList<int> scoredEpochs;
  int predictions = 0, stops = 0;
  QList<SelectionSpec> rebuilds;
  QStringList keptPasses;
  QList<OpenPassRequest> openedPasses;
  SchemesRequest schemesRequest;
  LayerRequest layerRequest;
  SaveSelectionRequest saveRequest;
  QList<SegmentRequest> segments;  // in order; the number of the last one is lastSmall()
  NewPicturesRequest newPicturesRequest;
  VideoRequest videoRequest;
  RunId rebuildRun = 0, schemesRun = 0, layerRun = 0, saveRun = 0;

 private:
  // Jobs asked for while one is on just replace it: the tests end them one by one.
  RunId begin(JobKind kind) {
    if (m_isQuietOn) {
      m_behind = {kind, ++m_last};
      return m_last;
    }
    if (m_table.isBusy()) move(RunEvent::End);
    start(kind, ++m_last);
    return m_current;
  }
  void start(JobKind kind, RunId run) {
    m_kind = kind;
    m_current = run;
    move(RunEvent::Start);
    move(RunEvent::Begin);
  }
  void move(RunEvent event) {
    if (m_table.apply(event)) Q_EMIT stateChanged(m_table.state());
  }
  RunStateTable m_table;
  JobKind m_kind = JobKind::OpenData;
  bool m_isQuietOn = false;
  std::optional<std::pair<JobKind, RunId>> m_behind;
  RunId m_current = 0, m_last = 0, m_lastSmall = 1000000;
};

inline DataOpened sampleData(int train = 6, int val = 4) {
  auto data = std::make_shared<DataSummary>();
  data->folder = "/data/sample";
  data->layout = "kvasir";
  data->splitRule = "train.txt, val.txt";
  data->isPack = true;  // thumbnails come from the image source, not from files
  for (int i = 0; i < train + val; ++i) {
    const std::string id = "case_" + std::to_string(i);
    data->items.push_back({id, i < train ? "train" : "val", id, id, {}});
  }
  data->splits = {{"train", train}, {"val", val}};
  data->problems.push_back({ProblemKind::MissingMask, "case_99", "case_99.png: no mask"});
  data->dataHash = std::string(64, 'a');
  return {data, std::make_shared<DiscImages>(), true};
}

inline ModelOpened sampleModel() {
  auto info = std::make_shared<ModelInfo>();
  info->description = {"lite_medsam", "LiteMedSAM (TinyViT encoder, SAM mask decoder)", 9791300, 256, {}};
  info->parameters = 9791300;
  info->encoderParameters = 5726740;
  info->selectableRows = 23000;
  info->selectableWeights = 5600000;
  info->trainedVectors = 24000;
  info->decoderParameters = 4058340;
  info->baseHash = std::string(64, 'b');
  info->keys.matched = 400;
  for (const char* block : {"patch_embed", "0.0", "1.0", "2.0"})
    for (const char* kind : {"qkv", "proj", "fc1", "fc2"}) info->blocks.push_back({block, kind, 512, 512 * 128});
  info->blocks.push_back({"decoder", "decoder", 3000, 4000000});
  return {info, 128, QStringLiteral("CPU, 1 thread"), 0, 0, {5720000, 24000, 4058340, 9000, 20000, {{1000, 64}, {2000, 2}}}};
}

inline TableReady sampleTable() {
  auto table = std::make_shared<SelectionTable>();
  const auto model = sampleModel();
  for (int k = 1; k <= 64; ++k) {
    SelectionCounts c;
    c.keptPerRow = k;
    for (const BlockRow& row : model.info->blocks) {
      if (row.block == "decoder") continue;
      c.perBlock.push_back({row.block, row.kind, row.rows * k, row.available});
      c.selected += row.rows * k;
      c.rows += row.rows;
    }
    c.trainable = c.selected + 24000;
    c.trainableShare = double(c.trainable) / 5726740;
    c.trainableTotal = c.trainable + 4058340;
    c.totalShare = double(c.trainableTotal) / 9791300;
    c.capturedShare = std::sqrt(k / 64.0) * 0.8;
    table->counts.push_back(c);
  }
  table->pass.dataHash = sampleData().summary->dataHash;
  table->pass.baseHash = model.info->baseHash;
  table->pass.modelId = model.info->description.id;
  table->pass.imageSize = model.imageSize;
  table->pass.preprocess = PreprocessKind::Squash;
  table->hasPass = true;
  table->images = 6;
  table->batches = 1;
  table->meanLoss = 1.4;
  table->seconds = 3;
  return {table};
}

// Three classes; a class has two pictures in each split for training and for validation, one for testing.
inline DataOpened sampleClasses() {
  auto data = std::make_shared<DataSummary>();
  data->task = TaskKind::Classification;
  data->folder = "/data/pets";
  data->layout = "class folders";
  data->splitRule = "folders";
  data->isPack = true;
  data->classes = {"abyssinian", "bengal", "ragdoll"};
  data->classTitles = {"Abyssinian", "Bengal", "Ragdoll"};
  for (const auto& [split, each] : {std::pair{"train", 4}, {"val", 4}, {"test", 2}})
    for (const std::string& name : data->classes)
      for (int i = 0; i < each; ++i) {
        const std::string id = std::string(split) + "/" + name + "/" + std::to_string(i);
        data->items.push_back({id, split, id, {}, name});
        ++data->splits[split];
      }
  data->dataHash = std::string(64, 'c');
  return {data, std::make_shared<DiscImages>(), true};
}

// A ViT with the head of ImageNet in its file; `classes` outputs in the model.
inline ModelOpened sampleClassifier(int classes = 3) {
  auto info = std::make_shared<ModelInfo>();
  info->description = {"vit_base_patch16_224", "ViT-B/16, 224 px", 85798656, 224, {}, TaskKind::Classification};
  info->classes = classes;
  info->decoderParameters = 769 * classes;
  info->encoderParameters = 85798656;
  info->parameters = info->encoderParameters + info->decoderParameters;
  info->selectableRows = 83712;
  info->selectableWeights = 85000000;
  info->trainedVectors = 103000;
  info->imageSize = 224;
  info->baseHash = std::string(64, 'd');
  info->keys.matched = 150;
  info->keys.ignored = {"head.weight", "head.bias"};
  for (int block = 0; block < 12; ++block)
    for (const auto& [kind, rows] : {std::pair{"qkv", 2304}, {"proj", 768}, {"fc1", 3072}, {"fc2", 768}})
      info->blocks.push_back({std::to_string(block), kind, rows, std::int64_t(rows) * 768});
  const std::int64_t head = info->decoderParameters;
  return {info, 224, QStringLiteral("NVIDIA L4"), 0, 1000, {info->encoderParameters, info->trainedVectors, head, head, head, {}}};
}

// Of the twelve validation pictures `wrong` are taken for the next class, the first ones of each class in turn.
inline std::shared_ptr<const ClassificationScore> sampleScore(int wrong) {
  auto score = std::make_shared<ClassificationScore>();
  const auto data = sampleClasses();
  score->classes = data.summary->classes;
  score->confusion.assign(9, 0);
  for (int i = 0; i < 12; ++i) {
    const int truth = i % 3, predicted = i < wrong ? (truth + 1) % 3 : truth;
    const double probability = 0.55 + 0.03 * i;
    ++score->confusion[std::size_t(truth * 3 + predicted)];
    score->perImage.push_back({"val/" + score->classes[std::size_t(truth)] + "/" + std::to_string(i / 3), truth, predicted, probability,
                               truth == predicted ? probability : 0.9 * (1 - probability), true});
  }
  score->n = 12;
  score->top1 = double(12 - wrong) / 12;
  score->top5 = 1;
  return score;
}

inline EpochRecord sampleClassEpoch(int epoch) {
  EpochRecord e;
  e.task = TaskKind::Classification;
  e.epoch = epoch;
  e.trainLoss = 1.1 / (epoch + 1);
  e.valLoss = 1.2 / (epoch + 1);
  e.top1 = 0.3 + 0.3 * epoch;
  e.top5 = 1;
  if (epoch > 0) e.emaTop1 = 0.25 + 0.3 * epoch;
  e.seconds = epoch > 0 ? 7 : 0;
  return e;
}

inline EpochRecord sampleEpoch(int epoch) {
  EpochRecord e;
  e.epoch = epoch;
  e.trainLoss = 1.5 / (epoch + 1);
  e.valLoss = 1.6 / (epoch + 1);
  e.diceMean = 0.3 * epoch;
  e.iouMean = 0.2 * epoch;
  e.seconds = epoch > 0 ? 5 : 0;
  return e;
}

}  // namespace gps::app
