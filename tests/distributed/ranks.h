#pragma once
// Ranks of a group as real processes: the test program starts itself again, once a rank, with the environment that torchrun would set.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gps::test {

struct RankEnd {
  int exitCode = -1;  // -1: ended by a signal or given up
  int signal = 0;
  double seconds = 0;  // until it had ended
  std::string output;  // stdout and stderr together
};

using Arguments = std::vector<std::string>;
// What a rank does; its exit code.
using Role = std::function<int(const Arguments&)>;

// The whole of main(): tests in the program that was started, one role in those it starts.
int runTestsOrRole(int argc, char** argv, const std::map<std::string, Role>& roles);

// Starts the first `started` (0: all) of `size` ranks in a role and waits for them, at most a minute.
std::vector<RankEnd> runRanks(int size, const std::string& role, const Arguments& arguments, int started = 0);

std::string textOfFile(const std::string& path);
void writeFile(const std::string& path, const void* data, std::size_t bytes);

}  // namespace gps::test

#ifdef GPS_HAS_GLOO
#define NEEDS_GLOO()
#else
#define NEEDS_GLOO() GTEST_SKIP() << "built without Gloo's headers (libgloo-dev)"
#endif
