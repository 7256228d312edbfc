#include "core/tuning/environment.h"

#include <torch/version.h>

#include <nlohmann/json.hpp>

#include "core/backbones/device.h"
#include "core/data/checks/contamination.h"

namespace gps {

std::string environmentJson(const Model& model, const DataSummary& data, const TrainSpec& spec, const std::vector<std::string>& devices) {
  const auto device = describeDevice(spec.device);
  nlohmann::json leaks = nlohmann::json::array();
  for (const auto& l : data.leaks)
    leaks.push_back({{"a", l.idA}, {"split_a", l.splitA}, {"b", l.idB}, {"split_b", l.splitB}, {"kind", l.kind}});
  nlohmann::json contamination = nlohmann::json::array();
  for (const auto& c : knownContamination(data, model.description().id))
    contamination.push_back({{"data_set", c.dataSet}, {"sentence", c.sentence}});
  nlohmann::json splits;
  for (const auto& [name, count] : data.splits) splits[name] = count;
  return nlohmann::json{{"program", GPS_VERSION},
                        {"ranks", devices.size()},
                        {"devices", devices},
                        {"torch", TORCH_VERSION},
                        {"device", device.name},
                        {"cuda", device.isCuda},
                        {"precision", wordOf(spec.device.precision)},
                        {"deterministic", !spec.fast},
                        {"model", model.description().id},
                        {"base_hash", model.baseHash()},
                        {"data_hash", data.dataHash},
                        {"splits", splits},
                        {"leaks", leaks},
                        {"contamination", contamination},
                        {"seed", spec.seed}}
      .dump(2);
}

}  // namespace gps
