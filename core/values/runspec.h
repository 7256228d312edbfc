#pragma once
// What a run is asked to do: plain values, snapshotted when the run is queued. Defaults are those of the command line.
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/names.h"

namespace gps {

struct DeviceSpec {
  DeviceKind device = DeviceKind::Auto;
  Precision precision = Precision::Fp32;
  int threads = 0;  // 0: all cores
};

struct ModelSpec {
  std::string id;  // empty: recognised from the file
  std::string weightsPath;
  int imageSize = 0;  // pixels; 0: the model's own
  PromptMode prompt = PromptMode::None;
  PreprocessKind preprocess = PreprocessKind::Auto;
  int classes = 0;  // of a classification head; 0: as in the file
};

struct SelectionSpec {
  Level level = Level::Neuron;
  Criterion criterion = Criterion::Gradient;
  LossKind loss = LossKind::Segmentation;
  int keptPerRow = 1;                       // K, 1 … row length
  std::vector<std::string> excludedBlocks;  // "0", "1.2", "patch_embed"
  std::vector<std::string> excludedKinds;
  bool keepExcludedBiases = false;
  DecoderMode decoder = DecoderMode::Train;  // Sparse: the decoder's weights are selected like the encoder's
  int batch = 8;
  int limit = 0;  // images used for the gradient; 0: all of the training split
  std::uint64_t seed = 42;
  std::string dataHash, baseHash;  // filled by the gradient pass
};

struct TrainSpec {
  ModelSpec model;
  DeviceSpec device;
  std::string dataFolder;
  Method method = Method::Gps;
  SelectionSpec selection;
  std::string selectionPath;  // a selection file; empty: select first
  std::string runFolder;
  int epochs = 20;
  int batch = 0;  // 0: 8, or 1 at 1024 px
  double learningRate = 2e-4;
  double minLearningRate = 1e-7;
  double weightDecay = 0;  // on trained values only
  ScheduleKind schedule = ScheduleKind::Cosine;
  OptimizerKind optimizer = OptimizerKind::Adam;
  AugmentKind augment = AugmentKind::Flip;
  Rule rule = Rule::Sparse;
  std::uint64_t seed = 42;
  int limit = 0;            // training images used; 0: all
  int validationLimit = 0;  // 0: all
  int warmupEpochs = 0;     // decoder warm-up on embeddings of the untuned encoder, before epoch 1
  double warmupLearningRate = 1e-4;
  bool resume = false;
  bool fast = false;  // gives up determinism
};

}  // namespace gps
