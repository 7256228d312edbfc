#include "core/tuning/textfile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "core/checkpoints/readers/foldersync.h"
#include "core/values/error.h"

namespace gps {

[[noreturn]] static void failToWrite(const std::string& path, int cause) {
  throw Error(
      ErrorCode::Io, path, std::string("could not be written: ") + std::strerror(cause),
      cause == ENOSPC || cause == EDQUOT ? "Free some disk space and resume" : "Check that the folder exists and may be written to");
}

std::string readText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path))
    throw Error(ErrorCode::NotFound, path, "there is no such file, or it cannot be read", "Check the name and the permissions");
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

namespace {

class OpenFile {
 public:
  OpenFile(std::string path, int flags)
      : m_path(std::move(path)), m_fd(::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | flags, 0644)) {
    if (m_fd < 0) failToWrite(m_path, errno);
  }
  ~OpenFile() {
    if (m_fd >= 0) ::close(m_fd);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  off_t size() const {
    struct stat status {};
    return ::fstat(m_fd, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
  }
  char lastByte() const {
    char last = '\n';
    return size() > 0 && ::pread(m_fd, &last, 1, size() - 1) == 1 ? last : '\n';
  }
  // To the end, synced and closed. What cannot be written whole is taken back.
  void write(const std::string& text) {
    const auto before = size();
    std::size_t done = 0;
    int cause = 0;
    while (done < text.size() && cause == 0) {
      const auto n = ::write(m_fd, text.data() + done, text.size() - done);
      if (n >= 0)
        done += std::size_t(n);
      else if (errno != EINTR)
        cause = errno;
    }
    if (cause == 0 && ::fsync(m_fd) != 0 && errno != EINVAL) cause = errno;
    if (cause != 0 && ::ftruncate(m_fd, before) != 0) cause = errno == EINVAL ? cause : errno;
    if (::close(std::exchange(m_fd, -1)) != 0 && cause == 0) cause = errno;
    if (cause != 0) failToWrite(m_path, cause);
  }

 private:
  std::string m_path;
  int m_fd;
};

}  // namespace

void writeTextAtomically(const std::string& path, const std::string& text) {
  const auto temporary = path + ".tmp";
  try {
    OpenFile(temporary, O_TRUNC).write(text);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) failToWrite(path, errno);
  syncFolderOf(path);
}

void appendLine(const std::string& path, const std::string& line) {
  const bool isNew = !std::filesystem::exists(path);
  OpenFile file(path, O_APPEND);
  const std::string end = file.lastByte() == '\n' ? "" : "\n";  // behind a line cut short by a killed process
  file.write(end + line + "\n");
  if (isNew) syncFolderOf(path);
}

}  // namespace gps
