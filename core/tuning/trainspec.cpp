#include <sstream>

#include "core/tuning/trainer.h"

namespace gps {

std::vector<std::string> validate(const TrainSpec& s) {
  std::vector<std::string> problems;
  const auto range = [&](const char* name, double value, double low, double high) {
    if (value >= low && value <= high) return;
    std::ostringstream text;
    text << name << " is " << value << "; it must lie between " << low << " and " << high;
    problems.push_back(text.str());
  };
  range("epochs", double(s.epochs), 1, 100000);
  range("batch", double(s.batch), 0, 4096);
  range("selection batch", double(s.selection.batch), 0, 4096);
  range("K", double(s.selection.keptPerRow), 1, 1000000);
  range("limit", double(s.limit), 0, 2000000000);
  range("validation limit", double(s.validationLimit), 0, 2000000000);
  range("selection limit", double(s.selection.limit), 0, 2000000000);
  range("threads", double(s.device.threads), 0, 1024);
  range("image size", double(s.model.imageSize), 0, 4096);
  range("learning rate", s.learningRate, 1e-12, 1e3);
  range("smallest learning rate", s.minLearningRate, 0, 1e3);
  range("weight decay", s.weightDecay, 0, 1e3);
  range("clip norm", s.clipNorm, 0, 1e9);
  range("layer decay", s.layerDecay, 0.01, 1);
  range("drop-path", s.dropPath, 0, 0.99);
  range("mixup", s.mixup, 0, 10);
  range("cutmix", s.cutmix, 0, 10);
  range("label smoothing", s.labelSmoothing, 0, 0.999);
  range("EMA decay", s.emaDecay, 0, 1);
  range("pictures at once (micro-batch)", double(s.selection.microBatch), 0, 4096);
  range("early stop", s.selection.earlyStop, 0, 1);
  if (s.schedule == ScheduleKind::Cosine && s.minLearningRate > s.learningRate)
    range("smallest learning rate", s.minLearningRate, 0, s.learningRate);
  range("warm-up epochs", double(s.warmupEpochs), 0, 100000);
  range("warm-up learning rate", s.warmupLearningRate, 1e-12, 1e3);
  if (s.warmupEpochs > 0 && s.selection.decoder == DecoderMode::Freeze) {
    std::ostringstream text;
    text << "a warm-up trains the decoder, so decoder must not be freeze";
    problems.push_back(text.str());
  }
  const bool needsDecoder = s.method == Method::Decoder || s.method == Method::Linear;
  if (needsDecoder && s.selection.decoder != DecoderMode::Train) {
    std::ostringstream text;
    text << "method " << wordOf(s.method) << " trains the decoder, so decoder must be train, not " << wordOf(s.selection.decoder);
    problems.push_back(text.str());
  }
  if (s.runFolder.empty()) {
    std::ostringstream text;
    text << "the run has no folder; name one with --out";
    problems.push_back(text.str());
  }
  return problems;
}

}  // namespace gps
