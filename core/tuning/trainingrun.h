#pragma once
// The inside of train(): one run, read top to bottom as prepare, resume (trainingstart.cpp), epochs, finish (trainingrun.cpp).
#include <chrono>
#include <memory>
#include <optional>
#include <set>

#include "core/backbones/device.h"
#include "core/backbones/modelparts.h"
#include "core/data/loader.h"
#include "core/tuning/epochpictures.h"
#include "core/tuning/rundeltas.h"
#include "core/tuning/runevents.h"
#include "core/tuning/statefiles.h"
#include "core/tuning/step/controlreadback.h"
#include "core/tuning/step/flatstate.h"
#include "core/tuning/step/objective.h"
#include "core/tuning/step/stepfeed.h"
#include "core/tuning/step/trainingstep.h"
#include "core/tuning/trainer.h"
#include "core/tuning/trainsharing.h"

namespace gps {

class TrainingRun : public RequestContext {
 public:
  TrainingRun(Model& model, const DataSummary& data, std::shared_ptr<const ImageSource> images, TrainSpec spec, RunControl& control,
              const TrainListeners& listeners, std::unique_ptr<Objective> objective, const TrainSharing& sharing);
  ~TrainingRun() override;  // leaves the model with its base values, nothing training

  TrainOutcome run(const Selection* selection);

  // RequestContext, between two steps.
  ProbabilityMap predict(const RgbImage& image, std::optional<int> epoch) override;
  void withModel(std::optional<int> epoch, const std::function<void(const Model&)>& look) override;

 private:
  void work(const Selection* selection);
  void prepare(const Selection* selection);
  void goOn();
  void readSaved();
  void chooseItems();
  void describeRun();
  Selection ownSelection();
  Selection selectionOfRun() const;
  void requireSameBase() const;
  std::string passPart() const;
  Delta deltaFrame(const Selection* selection) const;
  void writePictures();
  void validateBase();
  void warmUp();
  void runEpoch();
  void trainStep(const FedStep& fed);
  void finishEpoch();
  void measureBest();
  EpochRecord validate(int epoch);
  void save();
  void writeTotals();
  void reportAsked();
  void settleSteps();
  void report(const std::optional<ControlReading>& reading);
  void measureMemory();
  void log(LogLevel level, const std::string& text);

  TrainSharing m_sharing;
  Model& m_model;
  ModelParts& m_parts;
  const DataSummary& m_data;
  std::shared_ptr<const ImageSource> m_images;
  TrainSpec m_spec;
  RunControl& m_control;
  const TrainListeners& m_listeners;
  RunWriter m_writer;
  RunEvents m_events;
  std::optional<EpochPictures> m_epochPictures;
  StateFiles m_states;
  std::vector<DataItem> m_trainItems, m_validationItems;
  std::unique_ptr<Objective> m_objective;
  std::optional<TrainableSet> m_set;
  std::optional<FlatState> m_state;
  std::optional<TrainingStep> m_step;
  std::optional<ControlReadback> m_readback;
  std::int64_t m_toldStep = 0;         // the last one that was reported
  at::Tensor m_base;                   // flat base values
  std::vector<std::string> m_devices;  // of the ranks
  std::unique_ptr<Loader> m_loader;
  std::optional<StepFeed> m_feed;
  std::optional<ProgressMeter> m_meter;
  std::chrono::steady_clock::time_point m_memoryMeasured;  // when; the clock's beginning: not yet
  std::optional<RunDeltas> m_deltas;
  std::set<std::uint64_t> m_pictures;  // fingerprints of what was trained on
  std::size_t m_picturesWritten = 0;
  RunPosition m_position;
  bool m_cacheIsReported = false;
  bool m_continues = false;   // resumed, and training had begun
  bool m_isPrepared = false;  // m_state and m_position belong together
  TrainOutcome m_outcome;
};

}  // namespace gps
