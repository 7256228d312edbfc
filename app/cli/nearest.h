#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace gps::cli {

// Insertions, deletions, replacements and swaps of neighbours between two words.
int editDistance(std::string_view a, std::string_view b);
// The known word a person probably meant; empty when none is close.
std::string nearestWord(std::string_view word, const std::vector<std::string>& known);

}  // namespace gps::cli
