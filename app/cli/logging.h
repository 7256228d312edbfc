#pragma once
// Log lines on stderr; the progress bar steps aside for them.
#include "app/cli/progressbar.h"
#include "core/control/logsink.h"

namespace gps::cli {

struct LogOptions {
  bool quiet = false;    // warnings and errors only
  bool verbose = false;  // debug lines too
  bool silent = false;   // errors only
};

// What core's lines go through. `bar` must outlive it.
LogSink makeLog(const LogOptions& options, ProgressBar& bar);

}  // namespace gps::cli
