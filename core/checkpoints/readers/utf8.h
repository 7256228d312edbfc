#pragma once
// Text from files that nobody has checked yet.
#include <string>
#include <string_view>

namespace gps {

bool isUtf8(std::string_view text);
// For messages: printable ASCII, others as "?", at most 80 characters.
std::string printable(std::string_view text);

}  // namespace gps
