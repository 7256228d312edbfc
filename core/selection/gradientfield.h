#pragma once
// What one pass over the training split leaves behind for every entry of the matrix region.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/scores.h"
#include "core/values/names.h"
#include "core/values/selectiontrace.h"

namespace gps {

enum class FieldKind {
  Gradient,   // signed sum of the per-batch mean-loss gradients (gps-method 1.3)
  Fisher,     // sum of their squares
  Activation  // mean |x| of the input that the entry multiplies
};

template <>
struct EnumWords<FieldKind> {
  static constexpr std::string_view option = "kind of field";
  static constexpr auto table = std::to_array<EnumWord<FieldKind>>(
      {{FieldKind::Gradient, "gradient"}, {FieldKind::Fisher, "fisher"}, {FieldKind::Activation, "activation"}});
};

struct GradientField {
  std::shared_ptr<const ParameterMap> map;
  FieldKind kind = FieldKind::Gradient;
  Scores values;  // where the pass ran
  std::string dataHash, baseHash;
  Precision precision = Precision::Fp32;  // of the pass; the sum itself is fp32
  std::vector<std::uint64_t> pictures;    // fingerprints of those it was computed on, ascending
  int images = 0, batches = 0;
  double meanLoss = 0;
  double seconds = 0;                        // pauses not counted
  std::vector<SnapshotAgreement> snapshots;  // ascending by batches; empty unless early stop or a trace was asked for
  bool stoppedEarly = false;
};

// The field a criterion needs; nothing for magnitude and random.
inline bool needsPass(Criterion c) { return c != Criterion::Magnitude && c != Criterion::Random; }
inline FieldKind fieldKindOf(Criterion c) {
  return c == Criterion::Fisher ? FieldKind::Fisher : c == Criterion::Activation ? FieldKind::Activation : FieldKind::Gradient;
}

}  // namespace gps
