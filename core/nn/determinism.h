#pragma once
#include <ATen/Context.h>

namespace gps {

// For a scope in a deterministic run: torch's kernels that have a deterministic form take it. Outside, torch is told to warn only, and
// its fused attention then does not.
class StrictDeterminism {
 public:
  StrictDeterminism() : m_wasWarning(at::globalContext().deterministicAlgorithmsWarnOnly()) { set(false); }
  ~StrictDeterminism() { set(m_wasWarning); }
  StrictDeterminism(const StrictDeterminism&) = delete;
  StrictDeterminism& operator=(const StrictDeterminism&) = delete;

 private:
  static void set(bool warnOnly) {
    auto& context = at::globalContext();
    if (context.deterministicAlgorithms()) context.setDeterministicAlgorithms(true, warnOnly);
  }
  bool m_wasWarning;
};

}  // namespace gps
