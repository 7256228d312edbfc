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
  FieldMemory fieldMemory = FieldMemory::Device;
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
  int keptPerRow = 1;  // K, 1 … row length; the budget of every level: K entries for each selectable row
  double share = 0;    // above 0: the budget is this share (0…1) of the selectable weights, and K follows from it
  LayerBudget layerBudget = LayerBudget::Share;
  std::vector<std::string> excludedBlocks;  // "0", "1.2", "patch_embed"
  std::vector<std::string> excludedKinds;
  bool keepExcludedBiases = false;
  DecoderMode decoder = DecoderMode::Train;  // Sparse: the decoder's weights are selected like the encoder's
  int batch = 8;
  int limit = 0;                     // images used for the gradient; 0: all of the training split
  double dropPath = 0;               // classification: rate of the last block during the pass, as in training
  bool randomInterpolation = false;  // contrastive views: bilinear or bicubic at random (FGVC); else bicubic
  std::uint64_t seed = 42;
  // How the pass runs.
  int microBatch = 0;    // pictures held in memory at once; 0: the whole batch
  double earlyStop = 0;  // Jaccard above which a pass ends, 0…1; 0: one full pass
  bool trace = false;    // keep the snapshots' agreement with the final selection
  std::string origin;    // how it was combined from other selections, "union of a, b"; empty: chosen by the above
  // What it was made from; filled by recipeOf (core/selection/pass/passrecipe.h).
  std::string dataHash, baseHash, modelId;
  int imageSize = 0;
  Precision precision = Precision::Fp32;
  PromptMode prompt = PromptMode::None;
  PreprocessKind preprocess = PreprocessKind::Auto;
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
  double clipNorm = 0;     // largest norm of the gradient of all trained values; 0: not clipped
  double layerDecay = 1;   // factor of the learning rate from each block to the one before it, 0 … 1
  // Classification only.
  double dropPath = 0;        // rate of the last block
  double mixup = 0;           // alpha of its Beta distribution; 0: off
  double cutmix = 0;          // the same; with both on, each batch takes one of them at random
  double labelSmoothing = 0;  // 0 … 1
  double emaDecay = 0;        // of the averaged values that are scored beside the plain ones; 0: none
  bool trainOnVal = false;    // train on the splits train and val together, score on test (the paper's protocol)
  ScheduleKind schedule = ScheduleKind::Cosine;
  OptimizerKind optimizer = OptimizerKind::Adam;
  AugmentKind augment = AugmentKind::Flip;
  Rule rule = Rule::Sparse;
  BackwardPath backward = BackwardPath::Auto;  // with Rule::Sparse
  bool recompute = false;  // keep only what enters each block and compute the rest again in the backward: slower, less memory
  bool eager = false;      // on a GPU, step by step instead of a recorded graph
  std::uint64_t seed = 42;
  int limit = 0;            // training images used; 0: all
  int validationLimit = 0;  // 0: all
  int warmupEpochs = 0;     // decoder warm-up on embeddings of the untuned encoder, before epoch 1
  double warmupLearningRate = 1e-4;
  bool resume = false;
  bool fast = false;  // gives up determinism
};

// The defaults of a task: segmentation as above; classification after gps-method 2.3, no augmentation.
inline TrainSpec defaultTrainSpec(TaskKind task) {
  TrainSpec spec;
  spec.selection.batch = 0;  // follows the model
  if (task == TaskKind::Segmentation) return spec;
  spec.selection.loss = LossKind::Contrastive;
  spec.epochs = 100;
  spec.learningRate = 1e-3;
  spec.schedule = ScheduleKind::Paper;
  spec.augment = AugmentKind::Vtab;
  return spec;
}

// VTAB's augmentation is none, on the picture squashed to the square (gps-method 2.4).
inline PreprocessKind wishedPreprocess(const TrainSpec& spec) {
  const bool isOpen = spec.model.preprocess == PreprocessKind::Auto;
  return isOpen && spec.augment == AugmentKind::Vtab ? PreprocessKind::Squash : spec.model.preprocess;
}

}  // namespace gps
