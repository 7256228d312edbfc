#pragma once
// A regular file mapped read-only. Throws Error(NotFound | Io | BadFile) naming the path. The pages stay valid when the
// file is replaced by rename; a file truncated in place by someone else while mapped ends the process, as with any map.
#include <cstddef>
#include <span>
#include <string>

namespace gps {

class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {m_begin, m_size}; }
  const std::string& path() const { return m_path; }

 private:
  std::string m_path;
  const std::byte* m_begin = nullptr;
  std::size_t m_size = 0;
};

}  // namespace gps
