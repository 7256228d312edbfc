#pragma once
// Scores of every picture on the disk, with what they depend on ("gps-cases/1", JSON): counts, and outlines where they were compared.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/values/metrics.h"
#include "core/values/thresholdcounts.h"

namespace gps {

struct CaseFile {
  // What the scores depend on, by name: model, base_hash, data_hash, split, values, image_size, … Scores are those of another question
  // where one of them differs.
  std::map<std::string, std::string> basis;
  double threshold = 0.5;  // of the counts and outlines in `cases`
  std::vector<CaseScore> cases;
  std::map<std::string, ThresholdCounts> curves = {};  // by id, where they are known: the counts at every other threshold
};

std::string caseFileText(const CaseFile& file);
// Throws Error(BadFile), naming sourceName, for what is no such file or of a later version.
CaseFile parseCaseFile(const std::string& text, const std::string& sourceName);
// Nothing: no such file, a damaged one, or of another basis.
std::optional<CaseFile> storedCases(const std::string& path, const std::map<std::string, std::string>& basis);

}  // namespace gps
