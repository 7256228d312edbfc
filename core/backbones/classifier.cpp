#include "core/backbones/classifier.h"

#include "core/values/error.h"

namespace gps {

Classifier::Classifier(ParameterRegistry& registry, std::unique_ptr<FeatureEncoder> encoder, const std::string& headName,
                       std::int64_t classes)
    : m_encoder(std::move(encoder)), m_classes(classes) {
  if (classes > 0) m_head = std::make_unique<Head>(registry, headName, m_encoder->width(), classes);
}

at::Tensor Classifier::classify(const at::Tensor& features) const {
  if (!m_head) throw Error(ErrorCode::Unavailable, "classification", "the model has no head", "Train one, or give weights that have one");
  return m_head->forward(features);
}

}  // namespace gps
