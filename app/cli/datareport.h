#pragma once
// What `gps data` says to people.
#include "app/cli/command.h"

namespace gps::cli {

// From the JSON of a data set (jsonoutput.h) with `checked` and perhaps `contamination`.
void printDataReport(const Json& result, std::ostream& out);

}  // namespace gps::cli
