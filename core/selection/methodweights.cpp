#include "core/selection/methodweights.h"

namespace gps {

std::vector<std::size_t> weightsOfMethod(const ParameterMap& map, DecoderMode decoder) {
  std::vector<std::size_t> ids;
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    if (e.part == ModelPart::Encoder || (e.part == ModelPart::Decoder && decoder == DecoderMode::Sparse && e.affectsOutput))
      ids.push_back(id);
  }
  return ids;
}

}  // namespace gps
