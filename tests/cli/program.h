#pragma once
// Runs the built `gps` program as a child process.
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/temporaryfolder.h"

namespace gps::test {

struct RunOptions {
  // Looked for in stderr; each entry sends SIGINT once, in order. "" sends it right after the one before.
  std::vector<std::string> interruptAfter;
  double timeoutSeconds = 300;
  long fileSizeLimit = 0;                          // bytes a file may grow to (RLIMIT_FSIZE): stands in for a full disk
  bool closeStdout = false;                        // stdout is /dev/full
  std::map<std::string, std::string> environment;  // beside that of the test
};

struct Outcome {
  int exitCode = -1;  // 128 + n when killed by signal n
  std::string out, err;
  bool timedOut = false;
  double seconds = 0;  // until it had ended
  // stdout as JSON; fails the test when it is not exactly one object.
  nlohmann::json json() const;
};

// GPS_BIN_DIR/gps
std::string programPath();
Outcome runGps(const std::vector<std::string>& arguments, const RunOptions& options = {});
// The same, expecting `exitCode`; the failure shows stderr.
Outcome expectGps(int exitCode, const std::vector<std::string>& arguments, const RunOptions& options = {});

// One signal to one of several processes, as soon as rank 0 has written a text to stderr.
struct RankSignal {
  int signal = 0;  // 0: none
  int rank = 0;
  std::string after;
};
// As many processes at once, with the environment that torchrun sets on one host.
std::vector<Outcome> runGpsRanks(int size, const std::vector<std::string>& arguments, const RankSignal& sent = {});

void writeText(const std::string& path, const std::string& text);
std::string readText(const std::string& path);
// Every file below a folder, relative, sorted.
std::vector<std::string> filesBelow(const std::string& folder);

// LiteMedSAM from GPS_WEIGHTS or GPS_DEPS/weights; where there is none, a file of the same form with seeded random weights,
// made once per process. Never empty.
std::string liteMedSamWeights();

}  // namespace gps::test
