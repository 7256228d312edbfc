#include <map>
#include <string_view>

#include "core/checkpoints/readers/sha256.h"
#include "core/data/checks/leakcheck.h"
#include "core/data/dataset.h"
#include "core/data/layouts/layoutparts.h"

namespace gps {

std::string dataHash(const DataSummary& summary, RunControl* control) {
  std::map<std::string, std::string> files;  // relative path -> absolute path; sorted by relative path
  if (summary.isPack) {
    files["pack"] = summary.folder;
  } else {
    for (const auto& item : summary.items) {
      if (!hasPictureFiles(summary)) break;
      files[relativeTo(summary.folder, item.imagePath)] = item.imagePath;
      if (!item.maskPath.empty()) files[relativeTo(summary.folder, item.maskPath)] = item.maskPath;
    }
    for (const auto& list : summary.listFiles) files[relativeTo(summary.folder, list)] = list;
  }
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "hash", "files", std::int64_t(files.size()));
  Sha256 hash;
  for (const auto& [relative, path] : files) {
    if (control != nullptr) control->stepBoundary();
    hash.update(relative);
    hash.update(std::string_view("\0", 1));
    hash.update(sha256OfFile(path) + "\n");
    meter.advance();
  }
  return hash.finishHex();
}

}  // namespace gps
