#pragma once
// How a network declares its tensors and gets them bound to an arena. Layers register in their constructors, in the
// canonical order of the architecture; the network then makes the map and binds every layer to the arena's views.
#include <memory>
#include <string>
#include <vector>

#include "core/control/runcontrol.h"
#include "core/nn/gradientpaths.h"
#include "core/nn/parametermap.h"
#include "core/nn/weightarena.h"

namespace gps {

class Parameter;

// Shared by all layers of one network; outlives them.
struct NetworkState {
  const RunControl* control = nullptr;  // polled in every forward and backward of a layer; may be null
  const WeightArena* arena = nullptr;
  at::Tensor dropPath;               // factors [branches, B] of the forward that runs; undefined: no branch is dropped
  std::vector<double> branchDepths;  // of the residual branches, 0 … 1; see droppath.h
  // Of the products; Undefined: the arena's. What lies between them (norms, sums, losses) keeps the arena's type.
  at::ScalarType computeType = at::ScalarType::Undefined;
  // Of what runs along the shortcuts from block to block; Undefined: the arena's.
  at::ScalarType streamType = at::ScalarType::Undefined;
  std::shared_ptr<GradientPaths> paths = GradientPaths::ofThisProcess();  // how weight gradients are computed
  bool recompute = false;                                                 // blocks keep what enters them only, see recompute.h
  int observedPictures = 0;                                               // of the forward that runs, for weights that observe
  at::Tensor narrowVector;  // the vector region in computeType while a VectorInComputeType lives; otherwise undefined
  // Undefined stays undefined.
  at::Tensor toCompute(const at::Tensor& t) const;
  at::Tensor toStream(const at::Tensor& t) const { return streamType == at::ScalarType::Undefined ? t : t.to(streamType); }
  // The type of a product's factors, for an input of type `own`.
  at::ScalarType computeTypeOr(at::ScalarType own) const { return computeType == at::ScalarType::Undefined ? own : computeType; }
  void poll() const {
    if (control != nullptr) control->pollStop();
  }
};

// For the length of a forward, in which nothing writes to the arena: its biases are rounded together, not one by one where they are used.
class VectorInComputeType {
 public:
  explicit VectorInComputeType(NetworkState& state);
  ~VectorInComputeType();
  VectorInComputeType(const VectorInComputeType&) = delete;
  VectorInComputeType& operator=(const VectorInComputeType&) = delete;

 private:
  NetworkState& m_state;
};

// Where a layer stands in the network; passed down while the network is built.
struct Scope {
  std::string prefix;  // "image_encoder.layers.1.blocks.0."
  std::string block;   // "1.0"
  ModelPart part = ModelPart::Encoder;
  bool affectsOutput = true;
  Scope at(const std::string& more) const {
    Scope s = *this;
    s.prefix += more;
    return s;
  }
};

class ParameterRegistry {
 public:
  ParameterRegistry() : m_state(std::make_shared<NetworkState>()) {}
  // Called by Parameter's constructor. The parameter's address must stay put.
  std::size_t add(Parameter& parameter, ParameterEntry entry);
  std::shared_ptr<NetworkState> state() const { return m_state; }
  const std::vector<Parameter*>& parameters() const { return m_parameters; }
  Parameter& parameter(std::size_t id) const { return *m_parameters[id]; }
  // After the last add: the layout.
  std::shared_ptr<const ParameterMap> makeMap();
  // Hands every parameter its view, frozen. Call again after WeightArena::moveTo.
  void bind(const WeightArena& arena);

 private:
  std::shared_ptr<NetworkState> m_state;
  std::vector<ParameterEntry> m_entries;
  std::vector<Parameter*> m_parameters;
};

}  // namespace gps
