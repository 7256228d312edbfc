#pragma once
#include <cstdio>
#include <string>

namespace gps {

inline constexpr const char* kDeltaBaseName = "base.safetensors";
inline constexpr const char* kRunPicturesName = "pictures.safetensors";

// "epoch-0007.safetensors", or "epoch-0007-average.safetensors" for the averaged values. epoch: 1-based.
inline std::string deltaName(int epoch, bool averaged) {
  char name[48];
  std::snprintf(name, sizeof name, "epoch-%04d%s.safetensors", epoch, averaged ? "-average" : "");
  return name;
}

// What --delta may name, as the file to read: a file; a run folder (its best epoch: highest dice_mean or top1, the earlier of equals; the
// last one when no epoch was validated); RUN@7; RUN@7-average. Throws Error(NotFound) naming what is there instead, BadFile for a damaged
// epoch file.
std::string resolveDeltaPath(const std::string& pathOrRun);

}  // namespace gps
