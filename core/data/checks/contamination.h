#pragma once
// Whether the base of a model is known to have seen, or may have seen, the pictures of a data set.
#include <string>
#include <vector>

#include "core/values/dataset.h"

namespace gps {

struct Contamination {
  std::string dataSet;   // "Kvasir-SEG"
  std::string sentence;  // English: what is known, and where from
};

// By the model's id in the registry, whose weights are taken to be the published ones; empty when nothing is known. Data sets are told
// by ids, class names or folder names (knownsets.h).
std::vector<Contamination> knownContamination(const DataSummary& summary, const std::string& modelId);

}  // namespace gps
