#include "app/cli/table.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

namespace gps::cli {

Table::Table(std::vector<std::string> headers, std::string alignment) : m_headers(std::move(headers)), m_alignment(std::move(alignment)) {}

void Table::add(std::vector<std::string> cells) {
  cells.resize(m_headers.size());
  m_rows.push_back(std::move(cells));
}

void Table::print(std::ostream& out) const {
  std::vector<int> widths;
  for (const auto& header : m_headers) widths.push_back(displayWidth(header));
  for (const auto& row : m_rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], displayWidth(row[i]));
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string gap(std::size_t(widths[i] - displayWidth(cells[i])), ' ');
      if (i > 0) text += "  ";
      text += m_alignment[i] == 'r' ? gap + cells[i] : cells[i] + gap;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << '\n';
  };
  line(m_headers);
  for (const auto& row : m_rows) line(row);
}

std::string fixedText(double value, int digits) { return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-"; }

std::string inPrecision(const std::string& word) { return word == "fp32" ? "" : " in " + word; }

std::string countText(std::int64_t value) {
  std::string digits = fmt::format("{}", value < 0 ? -value : value);
  for (int i = int(digits.size()) - 3; i > 0; i -= 3) digits.insert(std::size_t(i), ",");
  return value < 0 ? "-" + digits : digits;
}

std::string percentText(double share, int digits) { return fixedText(share * 100, digits) + " %"; }

std::string durationText(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "-";
  if (seconds < 60) return fixedText(seconds, 1) + " s";
  const auto whole = std::int64_t(seconds + 0.5);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

int displayWidth(const std::string& text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;  // continuation
    char32_t code = byte;
    if (byte >= 0xE0 && byte < 0xF0 && i + 2 < text.size())
      code = char32_t(byte & 0x0F) << 12 | char32_t(text[i + 1] & 0x3F) << 6 | char32_t(text[i + 2] & 0x3F);
    const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) || (code >= 0xAC00 && code <= 0xD7A3) ||
                      (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60);
    width += wide ? 2 : 1;
  }
  return width;
}

}  // namespace gps::cli
