#pragma once
// SHA-256 (FIPS 180-4), used as the identity of weights and data. Uses the CPU's SHA instructions where it has them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gps {

class Sha256 {
 public:
  Sha256();
  void update(const void* data, std::size_t bytes);
  void update(std::string_view text) { update(text.data(), text.size()); }
  // Ends the hash; the object is then fresh again.
  std::array<std::uint8_t, 32> finish();
  std::string finishHex();  // 64 lower-case digits

 private:
  void reset();
  void compress(const std::uint8_t* blocks, std::size_t count);

  std::array<std::uint32_t, 8> m_state;
  std::array<std::uint8_t, 64> m_pending;
  std::size_t m_pendingBytes = 0;
  std::uint64_t m_totalBytes = 0;
};

std::string sha256Hex(std::string_view bytes);
std::string sha256OfFile(const std::string& path);  // throws as MappedFile; an empty file has a hash too

namespace detail {
using Compress = void (*)(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count);
// For the test that compares them; the second is null where the CPU lacks the instructions.
Compress portableSha256();
Compress acceleratedSha256();
}  // namespace detail

}  // namespace gps
