#pragma once
// Settings as the command line that has them: the writer beside the reader app/cli/options.cpp.
#include <string>
#include <vector>

#include "core/values/runspec.h"

namespace gps {

// "gps", "train", then every flag whose value differs from the defaults of `task`, and --resume. What follows from the rest has no flag
// and is not told: model.classes, selection.dropPath and selection.randomInterpolation.
std::vector<std::string> trainArguments(const TrainSpec& spec, TaskKind task);
// One line for a POSIX shell; what needs quotes is in single quotes.
std::string shellLine(const std::vector<std::string>& words);

}  // namespace gps
