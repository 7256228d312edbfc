#pragma once
// What a comparison counts in one tensor, and adds up over tensors.
#include <cstdint>
#include <map>
#include <vector>

#include "core/nn/parametermap.h"
#include "core/selection/sets/setalgebra.h"
#include "core/values/members.h"
#include "core/values/runspec.h"

namespace gps {

struct AgreementTally {
  explicit AgreementTally(std::size_t sets);
  void add(const AgreementTally& other);
  std::size_t pairAt(std::size_t a, std::size_t b) const { return a * m_sets + b; }

  std::int64_t available = 0;
  std::vector<std::int64_t> selected;            // [sets]
  std::map<Members, std::int64_t> combinations;  // positions chosen by exactly these
  std::vector<double> pairChance;                // [sets, sets], a < b: E|A∩B|
  std::vector<double> sharedChance;              // [sets]: E|S_t ∩ union of the others|
  double allChance = 0;                          // E|∩ all|
  std::vector<double> timesChance;               // [sets]: E of positions chosen by exactly 1, 2, …

 private:
  std::size_t m_sets;
};

// sets, levels: one a selection.
AgreementTally tallyOf(const ParameterEntry& entry, const std::vector<Offsets>& sets, const std::vector<Level>& levels);

}  // namespace gps
