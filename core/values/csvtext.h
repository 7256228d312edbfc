#pragma once
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

namespace gps {

// A field as RFC 4180 wants it: in quotes where it holds a comma, a quote or a line end.
inline std::string csvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

// Nine significant digits; nothing for a value that is not finite.
inline std::string csvNumber(double value) {
  if (!std::isfinite(value)) return {};
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

}  // namespace gps
