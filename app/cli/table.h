#pragma once
// Aligned text tables and numbers for people. Nothing here depends on the locale.
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace gps::cli {

class Table {
 public:
  // alignment: one letter a column, 'l' or 'r'.
  Table(std::vector<std::string> headers, std::string alignment);
  void add(std::vector<std::string> cells);
  void print(std::ostream& out) const;
  bool empty() const { return m_rows.empty(); }

 private:
  std::vector<std::string> m_headers;
  std::string m_alignment;
  std::vector<std::vector<std::string>> m_rows;
};

std::string fixedText(double value, int digits);   // "0.731"; "-" when not finite
std::string inPrecision(const std::string& word);  // " in bf16"; nothing for fp32
std::string countText(std::int64_t value);         // "9,791,300"
std::string percentText(double share, int digits = 2);
std::string durationText(double seconds);  // "4.2 s", "1:05", "2:03:11"
// Columns a terminal needs for UTF-8 text: wide East Asian characters count twice.
int displayWidth(const std::string& text);

}  // namespace gps::cli
