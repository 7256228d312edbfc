#pragma once

namespace gps::cli {

// The whole program; returns the exit code: 0 done, 1 failed, 2 bad usage or input, 130 stopped by a signal after saving.
int runProgram(int argc, char** argv);

}  // namespace gps::cli
