#pragma once
// Writes a pack piece by piece; what every maker of packs shares.
#include <memory>
#include <string>
#include <vector>

#include "core/values/image.h"
#include "core/values/names.h"

namespace gps {

inline constexpr int kPackVersion = 1;
inline constexpr const char* kPackKey = "pack";  // in the file's metadata

struct PackEntry {
  std::string id, split, className;
  std::string sourceHash;  // SHA-256 of the source file's bytes, hex; empty where a picture is no file
  int width = 0, height = 0;
  bool hasMask = true;
};

struct PackDescription {
  TaskKind task = TaskKind::Segmentation;
  std::vector<std::string> classes = {}, classTitles = {};  // as in DataSummary
  bool isClassSubset = false;
};

class PackWriter {
 public:
  // Throws Error(Io, BadArgument). The target appears only with finish(); without it nothing is left behind.
  PackWriter(const std::string& path, const PackDescription& description, const std::vector<PackEntry>& entries);
  ~PackWriter();
  PackWriter(const PackWriter&) = delete;
  PackWriter& operator=(const PackWriter&) = delete;

  void addImage(const std::string& id, const RgbImage& image);
  void addMask(const std::string& id, const MaskImage& mask);
  void finish();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace gps
