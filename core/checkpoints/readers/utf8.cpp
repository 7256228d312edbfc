#include "core/checkpoints/readers/utf8.h"

#include <cstdint>

namespace gps {

bool isUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<std::uint8_t>(text[i++]);
    if (lead < 0x80) continue;
    const int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0;
    if (more == 0) return false;
    std::uint32_t point = lead & (0x3Fu >> more);
    for (int k = 0; k < more; ++k) {
      if (i >= text.size() || (static_cast<std::uint8_t>(text[i]) & 0xC0) != 0x80) return false;
      point = point << 6 | (static_cast<std::uint8_t>(text[i++]) & 0x3Fu);
    }
    const std::uint32_t least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 80)) out += c >= ' ' && c <= '~' ? c : '?';
  return out;
}

}  // namespace gps
