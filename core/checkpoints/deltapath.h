#pragma once
#include <string>

namespace gps {

inline constexpr const char* kDeltaBaseName = "base.safetensors";

// What --delta may name, as the file to read: a file; a run folder (its best epoch: highest dice_mean, the earlier of equals; the last
// one when no epoch was validated); RUN@7. Throws Error(NotFound) naming what is there instead, BadFile for a damaged epoch file.
std::string resolveDeltaPath(const std::string& pathOrRun);

}  // namespace gps
