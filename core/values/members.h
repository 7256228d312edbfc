#pragma once
// Which of any number of numbered things are in a group. Up to 64 of them take one word and no memory beside it.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace gps {

class Members {
 public:
  Members() = default;
  Members(std::uint64_t first) : m_first(first) {}  // NOLINT: a word says it all of 64, bit i: number i
  // 0 … count - 1
  static Members firstOnes(std::size_t count) {
    Members all;
    for (std::size_t i = 0; i < count; ++i) all.add(i);
    return all;
  }

  void add(std::size_t i) {
    if (i >= kWord && m_more.size() < i / kWord) m_more.resize(i / kWord);
    word(i / kWord) |= std::uint64_t{1} << (i % kWord);
  }
  bool has(std::size_t i) const { return i / kWord <= m_more.size() && (std::as_const(*this).word(i / kWord) >> (i % kWord) & 1) != 0; }
  bool isEmpty() const { return m_first == 0 && m_more.empty(); }
  int count() const {
    int all = std::popcount(m_first);
    for (const auto w : m_more) all += std::popcount(w);
    return all;
  }
  // Calls use(i) for each, ascending.
  template <typename Use>
  void forEach(Use use) const {
    for (std::size_t w = 0; w <= m_more.size(); ++w)
      for (auto bits = word(w); bits != 0; bits &= bits - 1) use(w * kWord + std::size_t(std::countr_zero(bits)));
  }
  // Of an empty group: 0.
  std::size_t lowest() const {
    for (std::size_t w = 0; w <= m_more.size(); ++w)
      if (word(w) != 0) return w * kWord + std::size_t(std::countr_zero(word(w)));
    return 0;
  }

  bool operator==(const Members&) const = default;
  // As numbers of so many bits.
  bool operator<(const Members& other) const {
    if (m_more.size() != other.m_more.size()) return m_more.size() < other.m_more.size();
    for (std::size_t w = m_more.size(); w > 0; --w)
      if (word(w) != other.word(w)) return word(w) < other.word(w);
    return m_first < other.m_first;
  }

 private:
  static constexpr std::size_t kWord = 64;
  std::uint64_t word(std::size_t w) const { return w == 0 ? m_first : m_more[w - 1]; }
  std::uint64_t& word(std::size_t w) { return w == 0 ? m_first : m_more[w - 1]; }
  std::uint64_t m_first = 0;
  std::vector<std::uint64_t> m_more;  // the last one is not zero
};

}  // namespace gps
