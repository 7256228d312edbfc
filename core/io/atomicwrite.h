#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

// Writes beside the target under a temporary name, then renames; the temporary file is gone after a failure.
// Throws Error(Io) with the system's reason.
void writeFileAtomically(const std::string& path, const std::vector<std::uint8_t>& bytes);

}  // namespace gps
