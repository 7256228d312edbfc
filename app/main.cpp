#include <cstdlib>
#include <thread>

#ifdef __linux__
#include <unistd.h>
#endif

#include "app/application.h"

int main(int argc, char** argv) {
#ifdef __linux__
  // Waiting pool threads must sleep, or the window stutters. OpenMP reads this once, when its library is loaded.
  if (std::thread::hardware_concurrency() > 2 && std::getenv("OMP_WAIT_POLICY") == nullptr) {
    ::setenv("OMP_WAIT_POLICY", "passive", 1);
    ::execv("/proc/self/exe", argv);  // comes back only when it failed; then the default has to do
  }
#endif
  return gps::app::runApplication(argc, argv);
}
