#pragma once
// Small text files that a person wrote: lines, and the fields of a table.
#include <string>
#include <string_view>
#include <vector>

namespace gps {

std::string trimmed(std::string_view text);  // without blanks, tabs and carriage returns at both ends

// Trimmed, without byte order mark, empty lines included, so that line i + 1 is element i. Throws Error(BadFile) when the file cannot
// be read, is larger than 64 MiB or is not text.
std::vector<std::string> textLines(const std::string& path);

// The fields of one row; a separator inside double quotes does not count, "" inside them is one quote.
std::vector<std::string> tableFields(const std::string& line, char separator);

}  // namespace gps
