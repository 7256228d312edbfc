#pragma once
// Text files that say which picture belongs to which split.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/dataset.h"

namespace gps {

struct SplitLists {
  std::map<std::string, std::string> splitOf;  // id -> split
  std::vector<std::string> files;              // names of the lists found, in the order train, val, test
  std::vector<DataProblem> problems;           // ids that stand twice
  std::map<std::string, std::string> listOf;   // id -> name of its list
};

// train.txt, val.txt (or valid.txt, validation.txt), test.txt: one id a line, with or without folder and ending; empty lines and
// lines that begin with # are skipped. An id in two lists counts for the later of train, val, test, so that what is measured
// is never trained on. Throws Error(BadFile) when a list cannot be read or is not text.
SplitLists readSplitLists(const std::string& folder);

// "Validation" -> "val", "training" -> "train"; words of no split stay as they are, lower case.
std::string splitName(std::string_view word);

struct PairRow {
  std::string image, mask, split;  // as written; split may be empty
  int line = 0;
};

// A table with a header that names image, mask and (if wanted) split; separated by comma, semicolon or tab, quotes allowed.
// Without such a header the result is empty. Throws Error(BadFile) for a row that is too short.
std::vector<PairRow> readPairTable(const std::string& path);

}  // namespace gps
