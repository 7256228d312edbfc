#include "core/checkpoints/readers/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>

#include "core/checkpoints/readers/mappedfile.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace gps {
namespace {

alignas(16) constexpr std::uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::array<std::uint32_t, 8> kStart{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                              0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::uint32_t bigEndian(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

void compressPortable(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count) {
  std::uint32_t w[64];
  for (; count > 0; --count, blocks += 64) {
    for (int t = 0; t < 16; ++t) w[t] = bigEndian(blocks + 4 * t);
    for (int t = 16; t < 64; ++t) {
      const std::uint32_t a = w[t - 15], b = w[t - 2];
      w[t] = (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10) + w[t - 7] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[t - 16];
    }
    std::uint32_t s[8];
    std::copy_n(state, 8, s);
    for (int t = 0; t < 64; ++t) {
      const std::uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]), majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
      const std::uint32_t t1 = s[7] + (std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25)) + choice + kRound[t] + w[t];
      const std::uint32_t t2 = (std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22)) + majority;
      for (int i = 7; i > 0; --i) s[i] = s[i - 1];
      s[4] += t1;
      s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; ++i) state[i] += s[i];
  }
}

#if defined(__x86_64__)
bool cpuHasSha() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & (1u << 29))) return false;
  return __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
}

// The SHA instructions keep the state as two registers, ABEF and CDGH, and do two rounds at a time.
__attribute__((target("sha,sse4.1,ssse3"))) void compressAccelerated(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i abef =
      _mm_set_epi32(static_cast<int>(state[0]), static_cast<int>(state[1]), static_cast<int>(state[4]), static_cast<int>(state[5]));
  __m128i cdgh =
      _mm_set_epi32(static_cast<int>(state[2]), static_cast<int>(state[3]), static_cast<int>(state[6]), static_cast<int>(state[7]));
  for (; count > 0; --count, blocks += 64) {
    const __m128i abefBefore = abef, cdghBefore = cdgh;
    __m128i w[4];  // the last sixteen words of the schedule
    for (int i = 0; i < 4; ++i) w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks) + i), swap);
    for (int group = 0; group < 16; ++group) {
      const __m128i words = w[0];
      __m128i sum = _mm_add_epi32(words, _mm_load_si128(reinterpret_cast<const __m128i*>(kRound) + group));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
      const __m128i sevenBack = _mm_alignr_epi8(w[3], w[2], 4);
      const __m128i next = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(words, w[1]), sevenBack), w[3]);
      w[0] = w[1];
      w[1] = w[2];
      w[2] = w[3];
      w[3] = next;
    }
    abef = _mm_add_epi32(abef, abefBefore);
    cdgh = _mm_add_epi32(cdgh, cdghBefore);
  }
  alignas(16) std::uint32_t front[4], back[4];  // lowest lane first: F E B A, H G D C
  _mm_store_si128(reinterpret_cast<__m128i*>(front), abef);
  _mm_store_si128(reinterpret_cast<__m128i*>(back), cdgh);
  const std::uint32_t ordered[8] = {front[3], front[2], back[3], back[2], front[1], front[0], back[1], back[0]};
  std::copy_n(ordered, 8, state);
}
#endif

detail::Compress fastest() {
  static const detail::Compress chosen = detail::acceleratedSha256() ? detail::acceleratedSha256() : detail::portableSha256();
  return chosen;
}

}  // namespace

namespace detail {

Compress portableSha256() { return compressPortable; }

Compress acceleratedSha256() {
#if defined(__x86_64__)
  if (cpuHasSha()) return compressAccelerated;
#endif
  return nullptr;
}

}  // namespace detail

Sha256::Sha256() { reset(); }

void Sha256::reset() {
  m_state = kStart;
  m_pendingBytes = 0;
  m_totalBytes = 0;
}

void Sha256::compress(const std::uint8_t* blocks, std::size_t count) { fastest()(m_state.data(), blocks, count); }

void Sha256::update(const void* data, std::size_t bytes) {
  if (bytes == 0) return;
  const auto* at = static_cast<const std::uint8_t*>(data);
  m_totalBytes += bytes;
  if (m_pendingBytes > 0) {
    const std::size_t part = std::min(bytes, m_pending.size() - m_pendingBytes);
    std::memcpy(m_pending.data() + m_pendingBytes, at, part);
    m_pendingBytes += part;
    at += part;
    bytes -= part;
    if (m_pendingBytes < m_pending.size()) return;
    compress(m_pending.data(), 1);
    m_pendingBytes = 0;
  }
  if (const std::size_t whole = bytes / 64) {
    compress(at, whole);
    at += whole * 64;
    bytes -= whole * 64;
  }
  if (bytes > 0) std::memcpy(m_pending.data(), at, bytes);
  m_pendingBytes = bytes;
}

std::array<std::uint8_t, 32> Sha256::finish() {
  const std::uint64_t bits = m_totalBytes * 8;
  std::array<std::uint8_t, 72> tail{0x80};
  const std::size_t zeros = (m_pendingBytes < 56 ? 56 : 120) - m_pendingBytes;
  for (std::size_t i = 0; i < 8; ++i) tail[zeros + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  update(tail.data(), zeros + 8);
  std::array<std::uint8_t, 32> digest;
  for (std::size_t i = 0; i < 32; ++i) digest[i] = static_cast<std::uint8_t>(m_state[i / 4] >> (24 - 8 * (i % 4)));
  reset();
  return digest;
}

std::string Sha256::finishHex() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : finish()) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string sha256Hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finishHex();
}

std::string sha256OfFile(const std::string& path) {
  std::error_code ignored;
  Sha256 hash;
  if (std::filesystem::is_regular_file(path, ignored) && std::filesystem::file_size(path, ignored) == 0) return hash.finishHex();
  const MappedFile file(path);
  hash.update(file.bytes().data(), file.bytes().size());
  return hash.finishHex();
}

}  // namespace gps
