#include "core/tuning/textfile.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/values/error.h"

namespace gps {

[[noreturn]] static void failToWrite(const std::string& path, int cause) {
  throw Error(
      ErrorCode::Io, path, std::string("could not be written: ") + std::strerror(cause),
      cause == ENOSPC || cause == EDQUOT ? "Free some disk space and resume" : "Check that the folder exists and may be written to");
}

std::string readText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::NotFound, path, "could not be opened", "Check the name and the permissions");
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

static void writeAll(const std::string& path, const std::string& text, int flags) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
  if (fd < 0) failToWrite(path, errno);
  std::size_t done = 0;
  int cause = 0;
  while (done < text.size() && cause == 0) {
    const auto n = ::write(fd, text.data() + done, text.size() - done);
    if (n >= 0)
      done += std::size_t(n);
    else if (errno != EINTR)
      cause = errno;
  }
  if (cause == 0 && ::fsync(fd) != 0 && errno != EINVAL) cause = errno;
  if (::close(fd) != 0 && cause == 0) cause = errno;
  if (cause != 0) failToWrite(path, cause);
}

void writeTextAtomically(const std::string& path, const std::string& text) {
  const auto temporary = path + ".tmp";
  try {
    writeAll(temporary, text, O_TRUNC);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) failToWrite(path, errno);
}

void appendLine(const std::string& path, const std::string& line) { writeAll(path, line + "\n", O_APPEND); }

}  // namespace gps
