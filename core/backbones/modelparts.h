#pragma once
// The tensor side of Model. Only rooms that compute include this.
#include <cstdint>
#include <memory>

#include "core/backbones/classifier.h"
#include "core/backbones/model.h"
#include "core/backbones/samnetwork.h"
#include "core/nn/registry.h"
#include "core/nn/weightarena.h"
#include "core/values/modelinfo.h"

namespace gps {

struct ModelParts {
  ModelDescription description;
  int imageSize = 0;
  Normalisation normalisation = Normalisation::ImageNet;
  double crop = 1;
  ParameterRegistry registry;       // outlives the network
  std::unique_ptr<SamNetwork> sam;  // one of these two, by description.task
  std::unique_ptr<Classifier> classifier;
  std::shared_ptr<const ParameterMap> map;
  std::unique_ptr<WeightArena> arena;
  Precision precision = Precision::Fp32;  // as useDevice set it
  std::uint64_t appliedDelta = 0;         // which values a delta has replaced (a hash of their places); 0: the base stands

  // Error(BadArgument) naming the model when it does the other task.
  SamNetwork& samNetwork() const;
  Classifier& classifierNetwork() const;

  // Makes map and arena once the network has registered, and binds.
  void finish(at::ScalarType type = at::kFloat);
  // These bind again: every parameter is frozen behind them.
  void moveTo(at::Device device);
  void narrow(at::ScalarType type);  // the arena's matrix region, see WeightArena
  void widen();
};

}  // namespace gps
