#include <cmath>

#include "core/tuning/trainer.h"

namespace gps {

std::vector<std::string> validate(const TrainSpec& s) {
  std::vector<std::string> problems;
  const auto whole = [&](const char* name, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high)
      problems.push_back(std::string(name) + " is " + std::to_string(value) + "; it must lie between " + std::to_string(low) + " and " +
                         std::to_string(high));
  };
  const auto number = [&](const char* name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      char text[160];
      std::snprintf(text, sizeof text, "%s is %g; it must lie between %g and %g", name, value, low, high);
      problems.push_back(text);
    }
  };
  whole("epochs", s.epochs, 1, 100000);
  whole("batch", s.batch, 0, 4096);
  whole("selection batch", s.selection.batch, 0, 4096);
  whole("K", s.selection.keptPerRow, 1, 1000000);
  whole("limit", s.limit, 0, 2000000000);
  whole("validation limit", s.validationLimit, 0, 2000000000);
  whole("selection limit", s.selection.limit, 0, 2000000000);
  whole("threads", s.device.threads, 0, 1024);
  whole("image size", s.model.imageSize, 0, 4096);
  number("learning rate", s.learningRate, 1e-12, 1e3);
  number("smallest learning rate", s.minLearningRate, 0, 1e3);
  number("weight decay", s.weightDecay, 0, 1e3);
  if (s.schedule == ScheduleKind::Cosine && s.minLearningRate > s.learningRate)
    problems.push_back("smallest learning rate is above the learning rate; lower it");
  const bool needsDecoder = s.method == Method::Decoder || s.method == Method::Linear;
  if (needsDecoder && s.selection.decoder != DecoderMode::Train)
    problems.push_back("method " + wordOf(s.method) + " trains the decoder, so decoder must be \"train\", not \"" + wordOf(s.selection.decoder) + "\"");
  if (s.runFolder.empty()) problems.push_back("the run has no folder; name one with --out");
  return problems;
}

}  // namespace gps
