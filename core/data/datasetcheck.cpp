#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "core/data/dataset.h"
#include "core/values/error.h"

namespace gps {
namespace {

// More than the soft edge of one smooth shape, and more than JPEG adds to it.
constexpr double kMostGrey = 0.05;

std::string sizeText(int width, int height) { return std::to_string(width) + "x" + std::to_string(height); }

std::string percentText(double share) { return std::to_string(int(100 * share + 0.5)) + " %"; }

std::string emptyMaskText(const std::string& path, int largest) {
  if (largest == 0)
    return path + " is empty: nothing is marked. Keep it if the picture shows no target; its Dice is 1 only for an empty prediction";
  return path + " counts as empty: its largest value is " + std::to_string(largest) +
         ", and only values above 127 are foreground. If it holds class numbers, write the wanted class as 255";
}

// False: the pair cannot be used.
bool checkPair(const DataItem& item, const ImageSource& images, std::vector<DataProblem>& problems) {
  const auto report = [&](ProblemKind kind, std::string text) { problems.push_back({kind, item.id, std::move(text)}); };
  RgbImage image;
  ImageSource::MaskStatistics mask;
  try {
    image = images.loadImage(item.imagePath);
    if (item.maskPath.empty()) return true;
    mask = images.maskStatistics(item.maskPath);
  } catch (const Error& e) {
    if (e.code() == ErrorCode::OutOfMemory) throw;
    report(ProblemKind::Unreadable, e.what());
    return false;
  }
  if (mask.width != image.width || mask.height != image.height) {
    report(ProblemKind::SizeMismatch, item.maskPath + " is " + sizeText(mask.width, mask.height) + " but its picture is " +
                                          sizeText(image.width, image.height) + "; the pair is left out. Bring both to one size");
    return false;
  }
  if (mask.foregroundShare == 0) report(ProblemKind::EmptyMask, emptyMaskText(item.maskPath, mask.largest));
  if (mask.greyShare > kMostGrey) {
    report(ProblemKind::NonBinaryMask, item.maskPath + " is not black and white: " + percentText(mask.greyShare) +
                                           " of its pixels are grey; values above 127 count as foreground. Check that it is the mask");
  }
  return true;
}

}  // namespace

void checkPictures(DataSummary& summary, const ImageSource& images, RunControl* control) {
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "check", "images", std::int64_t(summary.items.size()));
  std::vector<DataItem> usable;
  std::vector<DataProblem> problems;
  for (const auto& item : summary.items) {
    if (control != nullptr) control->stepBoundary();
    if (checkPair(item, images, problems)) usable.push_back(item);
    meter.advance();
  }
  summary.items = std::move(usable);
  summary.problems.insert(summary.problems.end(), problems.begin(), problems.end());
  summary.splits.clear();
  for (const auto& item : summary.items) ++summary.splits[item.split];
}

}  // namespace gps
