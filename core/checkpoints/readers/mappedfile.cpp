#include "core/checkpoints/readers/mappedfile.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/values/error.h"

namespace gps {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

MappedFile::MappedFile(const std::string& path) : m_path(path) {
  // O_NONBLOCK: a pipe must not make us wait for its writer; it is refused below.
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.fd < 0) {
    const int cause = errno;
    if (cause == ENOENT || cause == ENOTDIR) throw Error(ErrorCode::NotFound, path, "the file does not exist", "Check the path");
    throw Error(ErrorCode::Io, path, std::string("cannot be opened: ") + std::strerror(cause), "Check its permissions");
  }
  struct stat info {};
  if (::fstat(file.fd, &info) != 0) throw Error(ErrorCode::Io, path, std::string("cannot be examined: ") + std::strerror(errno));
  if (S_ISDIR(info.st_mode)) throw Error(ErrorCode::BadFile, path, "is a folder, not a file", "Name the file inside it");
  if (!S_ISREG(info.st_mode)) throw Error(ErrorCode::BadFile, path, "is not a regular file", "Copy it to a file on disk first");
  if (info.st_size == 0) throw Error(ErrorCode::BadFile, path, "the file is empty", "Copy or download it again");
  m_size = static_cast<std::size_t>(info.st_size);
  void* at = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, file.fd, 0);
  if (at == MAP_FAILED) throw Error(ErrorCode::Io, path, std::string("cannot be mapped: ") + std::strerror(errno));
  m_begin = static_cast<const std::byte*>(at);
}

MappedFile::~MappedFile() {
  if (m_begin) ::munmap(const_cast<std::byte*>(m_begin), m_size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_begin(std::exchange(other.m_begin, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(m_path, other.m_path);
  std::swap(m_begin, other.m_begin);
  std::swap(m_size, other.m_size);
  return *this;
}

}  // namespace gps
