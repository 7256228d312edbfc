#pragma once
// A network together with its arena; what the rest of the program calls "the model". Torch-free: see modelparts.h for the
// tensor side. Lives on the engine thread.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/values/modelinfo.h"
#include "core/values/preprocess.h"
#include "core/values/runspec.h"

namespace gps {

struct ModelParts;

class Model {
 public:
  // Builds the network with zero weights on the CPU. imageSize 0: the model's own; classes of its head, 0: none. Error(NotFound) for an
  // unknown id naming the known ones; Error(BadArgument) for a size the architecture cannot take, naming the ones it can.
  static std::unique_ptr<Model> create(const std::string& id, int imageSize = 0, int classes = 0);
  explicit Model(std::unique_ptr<ModelParts> parts);
  ~Model();

  const ModelDescription& description() const;
  const ParameterMap& map() const;
  int imageSize() const;
  Normalisation normalisation() const;
  // How a picture becomes this model's input. Auto: Crop for classification, Squash for segmentation.
  PreprocessSpec preprocess(PreprocessKind wish = PreprocessKind::Auto) const;

  // SHA-256 over the base weights; set by the loader, empty for random weights.
  const std::string& baseHash() const { return m_baseHash; }
  void setBaseHash(std::string hash) { m_baseHash = std::move(hash); }
  const std::string& weightsPath() const { return m_weightsPath; }
  void setWeightsPath(std::string path) { m_weightsPath = std::move(path); }

  // Seeded random weights (truncated normal 0.02, norms 1/0, statistics 0/1): tests and benches.
  void fillRandom(std::uint64_t seed);
  // A new head: truncated normal 0.02, bias 0 (gps-method 8.1). Nothing without a head.
  void initialiseHead(std::uint64_t seed);
  // The head is not from a checkpoint: a run draws its own from its seed.
  bool isHeadNew() const { return m_isHeadNew; }

  ModelParts& parts() { return *m_parts; }
  const ModelParts& parts() const { return *m_parts; }

 private:
  std::unique_ptr<ModelParts> m_parts;
  std::string m_baseHash, m_weightsPath;
  bool m_isHeadNew = false;
};

// The registry: `gps models`.
std::vector<ModelDescription> knownModels();

}  // namespace gps
