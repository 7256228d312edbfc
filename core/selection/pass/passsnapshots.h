#pragma once
// What a pass would choose after 1, 2, 3, 4, 6, 8, 12, … batches (2^i and 3 · 2^i) and after the last: how soon the choice settles.
#include <cstdint>
#include <vector>

#include "core/backbones/model.h"
#include "core/selection/gradientfield.h"
#include "core/values/runspec.h"

namespace gps {

struct PassSnapshot {
  SnapshotAgreement agreement;
  std::vector<std::uint32_t> offsets;  // ascending
};

class PassSnapshots {
 public:
  // Takes none when spec asks neither for an early stop nor for a trace. before: of the part of the pass that was done earlier.
  PassSnapshots(const Model& model, SelectionSpec spec, std::vector<PassSnapshot> before = {});
  bool isDue(int batches, bool isLast) const;
  // field: of so many batches.
  void take(const GradientField& field);
  // The last two that have a half agree with it by more than spec.earlyStop.
  bool isSettled() const;
  const std::vector<PassSnapshot>& all() const { return m_all; }
  // With a trace: compared with the last one, which must be that of the end.
  std::vector<SnapshotAgreement> agreements() const;

 private:
  const Model* m_model;
  SelectionSpec m_spec;
  std::vector<PassSnapshot> m_all;
};

}  // namespace gps
