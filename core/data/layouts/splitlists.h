#pragma once
// Text files that say which picture belongs to which split.
#include <map>
#include <string>
#include <string_view>
#include <utility>
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

// The subfolders of `folder` that are splits by name ("Train", "validation", …), as name and split, in the order train, val, test.
std::vector<std::pair<std::string, std::string>> splitFolders(const std::string& folder);

}  // namespace gps
