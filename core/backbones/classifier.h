#pragma once
// A classification model: encoder and, where there are classes, a head.
#include <memory>

#include "core/backbones/featureencoder.h"
#include "core/nn/head.h"

namespace gps {

class Classifier {
 public:
  // classes 0: no head.
  Classifier(ParameterRegistry& registry, std::unique_ptr<FeatureEncoder> encoder, const std::string& headName, std::int64_t classes);
  at::Tensor features(const at::Tensor& images) const { return m_encoder->features(images); }  // [B, width]
  at::Tensor classify(const at::Tensor& features) const;                                       // [B, classes]
  at::Tensor forward(const at::Tensor& images) const { return classify(features(images)); }
  std::int64_t width() const { return m_encoder->width(); }
  std::int64_t classes() const { return m_classes; }

 private:
  std::unique_ptr<FeatureEncoder> m_encoder;
  std::unique_ptr<Head> m_head;
  std::int64_t m_classes;
};

}  // namespace gps
