#include "core/tuning/memoryremedy.h"

#include <vector>

namespace gps {

static std::string alternatives(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

std::string memoryRemedy(const TrainSpec& spec, bool isCuda) {
  std::vector<std::string> changes;
  if (spec.batch > 1) changes.emplace_back("--batch " + std::to_string(spec.batch / 2));
  if (!spec.recompute) changes.emplace_back("--recompute");
  const bool isWide = spec.device.precision == Precision::Fp32 || spec.device.precision == Precision::Tf32;
  if (isCuda && isWide) changes.emplace_back("--precision bf16");
  const std::string others =
      "close other programs that use the " + std::string(isCuda ? "device" : "memory") + ", or start a new run with a smaller --image-size";
  if (changes.empty()) return "The run can be resumed with --resume: " + others;
  return "Go on with --resume and " + alternatives(changes) + "; else " + others;
}

}  // namespace gps
