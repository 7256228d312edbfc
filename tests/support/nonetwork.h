#pragma once
// Takes the network away from this process and those it starts: a namespace of its own without interfaces.
#include <sched.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

namespace gps::test {

// To be called before any thread is started. Empty: the network is gone; else the system's reason why not.
inline std::string leaveNetwork() {
  if (::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) return {};
  return std::string("the system does not allow a network namespace here: ") + std::strerror(errno);
}

// No interface but the loopback, which is down in a new namespace.
inline bool hasNetwork() {
  std::ifstream routes("/proc/self/net/route");
  std::string line;
  std::getline(routes, line);  // the header
  if (std::getline(routes, line)) return true;
  std::ifstream devices("/proc/self/net/dev");
  while (std::getline(devices, line)) {
    const auto end = line.find(':');
    if (end == std::string::npos) continue;
    if (line.substr(line.find_first_not_of(' '), end - line.find_first_not_of(' ')) != "lo") return true;
  }
  return false;
}

}  // namespace gps::test
