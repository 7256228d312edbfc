#include "tests/core/arenabytes.h"

#include <ATen/ATen.h>

#include "core/backbones/modelparts.h"

namespace gps::test {

std::string arenaBytes(const Model& model) {
  std::string bytes;
  for (const Region region : {Region::Matrix, Region::Vector}) {
    const auto values = model.parts().arena->region(region).cpu();
    bytes.append(static_cast<const char*>(values.const_data_ptr()), values.nbytes());
  }
  return bytes;
}

std::vector<float> tensorValues(const Model& model, const std::string& name) {
  const auto values = model.parts().arena->view(std::size_t(model.map().idOf(name))).to(at::kCPU, at::kFloat).contiguous();
  return {values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()};
}

float* regionValues(Model& model, Region region) { return model.parts().arena->regionData(region); }

void moveModelTo(Model& model, const std::string& device) { model.parts().moveTo(at::Device(device)); }

}  // namespace gps::test
