#include "core/io/atomicwrite.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/values/error.h"

namespace gps {
namespace {

std::string temporaryName(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  return path + ".part" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
}

[[noreturn]] void fail(const std::string& path, int reason) {
  throw Error(ErrorCode::Io, path, std::string("it cannot be written (") + std::strerror(reason) + ")",
              "Check that the folder exists, may be written to and has room");
}

}  // namespace

void writeFileAtomically(const std::string& path, const std::vector<std::uint8_t>& bytes) {
  const std::string temporary = temporaryName(path);
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  if (file == nullptr) fail(path, errno);
  int reason = 0;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) reason = errno;
  if (std::fclose(file) != 0 && reason == 0) reason = errno;  // a full disk may show only here
  if (reason == 0 && std::rename(temporary.c_str(), path.c_str()) != 0) reason = errno;
  if (reason != 0) {
    std::remove(temporary.c_str());
    fail(path, reason);
  }
}

}  // namespace gps
