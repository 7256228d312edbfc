#include "core/tuning/presets.h"

#include <algorithm>
#include <utility>

namespace gps {

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    std::vector<Preset> list;
    const auto fgvc = [&](const char* id, const char* title, int classes, int k, double rate, int batch, double dropPath, double ema) {
      list.push_back({std::string("fgvc-") + id, "FGVC", title, classes, k, rate, batch, dropPath, ema});
    };
    fgvc("cub", "CUB-200-2011", 200, 2, 3e-3, 32, 0, 0.9998);
    fgvc("nabirds", "NABirds", 555, 20, 1e-4, 32, 0.1, 0.9998);
    fgvc("flowers", "Oxford Flowers", 102, 1, 1e-3, 32, 0.1, 0.99);
    fgvc("cars", "Stanford Cars", 196, 15, 5e-4, 32, 0, 0.9998);
    fgvc("dogs", "Stanford Dogs", 120, 1, 1e-4, 64, 0, 0.9998);
    const auto vtab = [&](const char* id, const char* title, int classes, int k, double rate, int batch, double dropPath) {
      list.push_back({std::string("vtab-") + id, "VTAB-1k", title, classes, k, rate, batch, dropPath, 0});
    };
    vtab("cifar100", "CIFAR-100", 100, 1, 1e-2, 32, 0);
    vtab("caltech101", "Caltech101", 102, 1, 2e-3, 16, 0);
    vtab("dtd", "DTD", 47, 1, 2e-3, 16, 0);
    vtab("flowers102", "Flowers102", 102, 1, 2e-3, 16, 0);
    vtab("pets", "Pets", 37, 1, 3e-3, 32, 0);
    vtab("svhn", "SVHN", 10, 1, 5e-3, 32, 0);
    vtab("sun397", "Sun397", 397, 1, 2.5e-3, 16, 0);
    vtab("camelyon", "Camelyon", 2, 2, 4e-3, 32, 0);
    vtab("eurosat", "EuroSAT", 10, 1, 2e-3, 16, 0);
    vtab("resisc45", "Resisc45", 45, 1, 1.5e-3, 16, 0.1);
    vtab("retinopathy", "Retinopathy", 5, 1, 2e-3, 32, 0.2);
    vtab("clevr-count", "Clevr-count", 8, 1, 3e-4, 16, 0.1);
    vtab("clevr-dist", "Clevr-dist", 6, 1, 2e-3, 16, 0.1);
    vtab("dmlab", "DMLab", 6, 1, 1.5e-3, 16, 0.1);
    vtab("kitti", "KITTI", 4, 1, 1e-3, 16, 0);
    vtab("dsprites-loc", "dSprites-loc", 16, 1, 7e-3, 32, 0);
    vtab("dsprites-ori", "dSprites-ori", 16, 1, 5e-4, 16, 0.2);
    vtab("smallnorb-azi", "SmallNORB-azi", 18, 1, 3e-3, 32, 0.1);
    vtab("smallnorb-ele", "SmallNORB-ele", 9, 1, 3e-4, 32, 0.2);
    list.push_back({"kvasir", "Segmentation", "Kvasir-SEG", 0, 1, 2e-4, 1, 0, 0, TaskKind::Segmentation});
    return list;
  }();
  return all;
}

const Preset* presetOf(const std::string& id) {
  const auto& all = presets();
  const auto at = std::find_if(all.begin(), all.end(), [&](const Preset& p) { return p.id == id; });
  return at == all.end() ? nullptr : &*at;
}

// K per neuron by the gradient over all training pictures, nothing left out.
static SelectionSpec authorsSelection(SelectionSpec s, const Preset& preset) {
  const SelectionSpec plain;
  s.level = plain.level;
  s.layerBudget = plain.layerBudget;
  s.criterion = plain.criterion;
  s.loss = preset.task == TaskKind::Segmentation ? LossKind::Segmentation : LossKind::Contrastive;
  s.keptPerRow = preset.k;
  s.share = 0;
  s.excludedBlocks.clear();
  s.excludedKinds.clear();
  s.keepExcludedBiases = false;
  s.batch = 0;  // as in training
  s.limit = 0;
  s.earlyStop = 0;
  s.seed = 42;
  return s;
}

TrainSpec withPreset(TrainSpec spec, const Preset& preset, bool isOnGpu) {
  const TrainSpec plain;
  spec.method = Method::Gps;
  spec.selection = authorsSelection(std::move(spec.selection), preset);
  spec.selectionPath.clear();
  spec.limit = spec.validationLimit = 0;
  spec.device.precision = isOnGpu && preset.task == TaskKind::Classification ? Precision::Fp16 : Precision::Fp32;
  spec.batch = preset.batch;
  spec.learningRate = preset.learningRate;
  spec.optimizer = OptimizerKind::Adam;
  spec.weightDecay = 0;
  spec.clipNorm = 0;
  spec.layerDecay = 1;
  spec.seed = 42;
  if (preset.task == TaskKind::Segmentation) {
    spec.selection.decoder = DecoderMode::Train;
    spec.epochs = 20;
    spec.schedule = ScheduleKind::Cosine;
    spec.minLearningRate = plain.minLearningRate;
    spec.augment = AugmentKind::Flip;
    spec.warmupEpochs = 0;
    return spec;
  }
  const bool isFgvc = preset.group == "FGVC";
  spec.epochs = 100;
  spec.schedule = ScheduleKind::Paper;
  spec.dropPath = preset.dropPath;
  spec.mixup = isFgvc ? 0.8 : 0;
  spec.cutmix = isFgvc ? 1 : 0;
  spec.labelSmoothing = isFgvc ? 0.1 : 0;
  spec.emaDecay = preset.emaDecay;
  spec.augment = isFgvc ? AugmentKind::Fgvc : AugmentKind::Vtab;
  spec.trainOnVal = true;
  return spec;
}

const std::vector<std::string>& presetKeys(TaskKind task) {
  static const auto keysOf = [](std::vector<std::string> own) {
    for (const char* key : {"method",
                            "k",
                            "share",
                            "file",
                            "epochs",
                            "batch",
                            "learning_rate",
                            "schedule",
                            "optimizer",
                            "augment",
                            "weight_decay",
                            "clip_norm",
                            "layer_decay",
                            "seed",
                            "limit",
                            "validation_limit",
                            "precision",
                            "selection.level",
                            "selection.layer_budget",
                            "selection.criterion",
                            "selection.loss",
                            "selection.exclude_blocks",
                            "selection.exclude_kinds",
                            "selection.keep_excluded_biases",
                            "selection.batch",
                            "selection.limit",
                            "selection.early_stop",
                            "selection.seed"})
      own.emplace_back(key);
    return own;
  };
  static const std::vector<std::string> masks = keysOf({"decoder", "warmup_epochs", "min_learning_rate"});
  static const std::vector<std::string> classes = keysOf({"drop_path", "mixup", "cutmix", "ema_decay", "label_smoothing", "train_on_val"});
  return task == TaskKind::Segmentation ? masks : classes;
}

}  // namespace gps
