#include "core/data/leakcheck.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <set>
#include <utility>

#include "core/checkpoints/readers/sha256.h"
#include "core/data/folderscan.h"
#include "core/data/transforms.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr int kGreySide = 32, kFrequencies = 8;
constexpr double kLeastContrast = 2;  // grey levels; flatter pictures all look alike
// Two hashes may agree by chance; the small copies must then agree too.
constexpr double kLeastCorrelation = 0.97;

using SmallGrey = std::array<float, std::size_t(kGreySide* kGreySide)>;  // mean 0, deviation 1; all 0 for a flat picture

SmallGrey smallGrey(const RgbImage& image) {
  const RgbImage small = resizeImage(image, kGreySide, kGreySide);
  SmallGrey grey{};
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < grey.size(); ++i) {
    const auto* p = small.pixels.data() + 3 * i;
    grey[i] = 0.299F * float(p[0]) + 0.587F * float(p[1]) + 0.114F * float(p[2]);
    sum += double(grey[i]);
    squares += double(grey[i]) * double(grey[i]);
  }
  const double mean = sum / double(grey.size()), deviation = std::sqrt(std::max(0.0, squares / double(grey.size()) - mean * mean));
  const double factor = deviation < kLeastContrast ? 0 : 1 / deviation;
  for (auto& value : grey) value = float((double(value) - mean) * factor);
  return grey;
}

std::uint64_t hashOf(const SmallGrey& grey) {
  static const auto cosines = [] {
    std::array<std::array<float, kGreySide>, kFrequencies> table{};
    for (int k = 0; k < kFrequencies; ++k)
      for (int x = 0; x < kGreySide; ++x)
        table[std::size_t(k)][std::size_t(x)] = float(std::cos(std::numbers::pi * (x + 0.5) * (k + 1) / kGreySide));
    return table;
  }();
  std::array<float, 64> coefficients{};
  for (std::size_t v = 0; v < kFrequencies; ++v) {
    std::array<float, kGreySide> columns{};
    for (std::size_t y = 0; y < kGreySide; ++y)
      for (std::size_t x = 0; x < kGreySide; ++x) columns[x] += cosines[v][y] * grey[y * kGreySide + x];
    for (std::size_t u = 0; u < kFrequencies; ++u)
      for (std::size_t x = 0; x < kGreySide; ++x) coefficients[v * kFrequencies + u] += cosines[u][x] * columns[x];
  }
  auto sorted = coefficients;
  std::nth_element(sorted.begin(), sorted.begin() + 32, sorted.end());
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < 64; ++i) hash |= std::uint64_t(coefficients[i] > sorted[32]) << i;
  return hash;
}

double correlation(const SmallGrey& a, const SmallGrey& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * double(b[i]);
  return sum / double(a.size());
}

struct Fingerprint {
  const DataItem* item = nullptr;
  std::string name, bytes;  // empty bytes: unreadable
  SmallGrey grey{};
  std::uint64_t hash = 0;
  bool comparable = false;  // near duplicates may be looked for
};

std::string bytesHash(const DataSummary& summary, const DataItem& item, const ImageSource& images) {
  if (!summary.isPack) return sha256OfFile(item.imagePath);
  const RgbImage image = images.loadImage(item.imagePath);
  Sha256 hash;
  hash.update(std::to_string(image.width) + "x");
  hash.update(image.pixels.data(), image.pixels.size());
  return hash.finishHex();
}

Fingerprint fingerprint(const DataSummary& summary, const DataItem& item, const ImageSource& images, bool near) {
  Fingerprint print;
  print.item = &item;
  print.name = lowerCase(pictureStem(summary.isPack ? item.id : item.imagePath));
  try {
    print.bytes = bytesHash(summary, item, images);
    if (near) {
      print.grey = smallGrey(images.loadImage(item.imagePath));
      print.hash = hashOf(print.grey);
      print.comparable = print.grey[0] != 0 || print.grey[1] != 0;
    }
  } catch (const Error&) {
    print.comparable = false;  // listed among the problems of the data set
  }
  return print;
}

// "" when the two have nothing to do with each other.
std::string reasonOf(const Fingerprint& a, const Fingerprint& b, const LeakOptions& options) {
  if (!a.bytes.empty() && a.bytes == b.bytes) return "same bytes";
  if (a.name == b.name) return "same name";
  if (!a.comparable || !b.comparable || std::popcount(a.hash ^ b.hash) > options.hammingThreshold) return {};
  return correlation(a.grey, b.grey) >= kLeastCorrelation ? "near duplicate" : "";
}

std::string relativeTo(const std::string& folder, const std::string& path) {
  const auto relative = fs::path(path).lexically_relative(folder);
  return relative.empty() ? fs::path(path).generic_string() : relative.generic_string();
}

}  // namespace

std::uint64_t perceptualHash(const RgbImage& image) { return hashOf(smallGrey(image)); }

std::vector<DataLeak> findLeaks(const DataSummary& summary, const ImageSource& images, const LeakOptions& options, RunControl* control) {
  if (options.hammingThreshold < 0 || options.hammingThreshold > 16) {
    throw Error(ErrorCode::BadArgument, "near-duplicate threshold", std::to_string(options.hammingThreshold) + " is not in 0 … 16");
  }
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "leak check", "images", std::int64_t(summary.items.size()));
  std::vector<Fingerprint> prints;
  prints.reserve(summary.items.size());
  for (const auto& item : summary.items) {
    if (control != nullptr) control->stepBoundary();
    prints.push_back(fingerprint(summary, item, images, options.nearDuplicates));
    meter.advance();
  }
  std::vector<DataLeak> leaks;
  for (std::size_t a = 0; a < prints.size(); ++a) {
    if (control != nullptr && a % 256 == 0) control->pollStop();
    for (std::size_t b = a + 1; b < prints.size(); ++b) {
      const DataItem &first = *prints[a].item, &second = *prints[b].item;
      if (first.split == second.split || first.split == "unlisted" || second.split == "unlisted") continue;
      if (auto reason = reasonOf(prints[a], prints[b], options); !reason.empty())
        leaks.push_back({first.id, first.split, second.id, second.split, std::move(reason)});
    }
  }
  return leaks;
}

std::string dataHash(const DataSummary& summary, RunControl* control) {
  std::map<std::string, std::string> files;  // relative path -> absolute path; sorted by relative path
  if (summary.isPack) {
    files["pack"] = summary.folder;
  } else {
    for (const auto& item : summary.items) {
      files[relativeTo(summary.folder, item.imagePath)] = item.imagePath;
      if (!item.maskPath.empty()) files[relativeTo(summary.folder, item.maskPath)] = item.maskPath;
    }
    for (const char* list : {"train.txt", "val.txt", "valid.txt", "validation.txt", "test.txt"}) {
      const fs::path path = fs::path(summary.folder) / list;
      std::error_code failed;
      if (fs::is_regular_file(path, failed)) files[list] = path.string();
    }
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
