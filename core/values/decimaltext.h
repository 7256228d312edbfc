#pragma once
// Numbers as text that reads back as the same number, with no more digits than that takes. Whatever the locale.
#include <charconv>
#include <string>

namespace gps {

// "0.001", "3e-04", "2".
inline std::string shortestDecimal(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

// Without an exponent where that stays short: "0.0003", for names that people read.
inline std::string readableDecimal(double value) {
  char digits[400];
  const std::string plain(digits, std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr);
  return plain.size() <= 8 ? plain : shortestDecimal(value);
}

}  // namespace gps
