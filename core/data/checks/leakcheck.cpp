#include "core/data/checks/leakcheck.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/checkpoints/readers/sha256.h"
#include "core/data/checks/nearduplicates.h"
#include "core/data/dataset.h"
#include "core/data/fingerprint.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/views/transforms.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr int kGreySide = 32, kFrequencies = 8;
constexpr double kLeastContrast = 2;  // grey levels; flatter pictures all look alike
constexpr std::size_t kCrowd = 64;
// Two hashes may agree by chance; the small copies must then agree too.
constexpr double kLeastCorrelation = 0.97;

using SmallGrey = std::array<float, std::size_t(kGreySide* kGreySide)>;  // mean 0, deviation 1; all 0 for a flat picture
// The same in steps of 1/kSteps, half the memory for a set of many pictures; no value exceeds the side.
using StoredGrey = std::array<std::int16_t, std::size_t(kGreySide* kGreySide)>;
constexpr float kSteps = 1000;

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

StoredGrey stored(const SmallGrey& grey) {
  StoredGrey steps{};
  for (std::size_t i = 0; i < grey.size(); ++i) steps[i] = std::int16_t(std::lround(grey[i] * kSteps));
  return steps;
}

double correlation(const StoredGrey& a, const StoredGrey& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * double(b[i]);
  return sum / (double(a.size()) * double(kSteps) * double(kSteps));
}

struct Fingerprint {
  const DataItem* item = nullptr;
  std::string name, bytes;  // empty bytes: unreadable
  StoredGrey grey{};
  std::uint64_t hash = 0, content = 0;  // content: pictureFingerprint, where it is asked for
  bool comparable = false;              // near duplicates may be looked for
};

std::string bytesHash(const DataSummary& summary, const DataItem& item, const ImageSource& images) {
  if (hasPictureFiles(summary)) return sha256OfFile(item.imagePath);
  const RgbImage image = images.loadImage(item.imagePath);
  Sha256 hash;
  hash.update(std::to_string(image.width) + "x");
  hash.update(image.pixels.data(), image.pixels.size());
  return hash.finishHex();
}

bool isHeldOut(const DataItem& item) { return item.split != "train" && item.split != "unlisted"; }

Fingerprint fingerprint(const DataSummary& summary, const DataItem& item, const ImageSource& images, bool near, bool wantsContent) {
  Fingerprint print;
  print.item = &item;
  print.name = lowerCase(pictureStem(summary.isPack ? item.id : item.imagePath));
  try {
    print.bytes = bytesHash(summary, item, images);
    if (near || wantsContent) {
      const RgbImage image = images.loadImage(item.imagePath);
      if (wantsContent) print.content = pictureFingerprint(image);
      if (!near) return print;
      const auto grey = smallGrey(image);
      print.grey = stored(grey);
      print.hash = hashOf(grey);
      print.comparable = grey[0] != 0 || grey[1] != 0;
    }
  } catch (const Error&) {
    print.comparable = false;  // listed among the problems of the data set
  }
  return print;
}

// Corrupted versions of one picture (splits such as "gaussian_noise/3") are no leak among each other.
bool isVersion(const std::string& split) { return split.find('/') != std::string::npos; }

bool mayLeak(const DataItem& a, const DataItem& b) {
  return a.split != b.split && a.split != "unlisted" && b.split != "unlisted" && !(isVersion(a.split) && isVersion(b.split));
}

bool hasTwoSides(const DataSummary& summary) {
  std::set<std::string> sides;
  for (const auto& item : summary.items)
    if (item.split != "unlisted") sides.insert(isVersion(item.split) ? "versions" : item.split);
  return sides.size() > 1;
}

// Pairs of items by their place, with the strongest reason why they are one picture.
class FoundPairs {
 public:
  explicit FoundPairs(const std::vector<Fingerprint>& prints) : m_prints(prints) {}

  void add(std::size_t a, std::size_t b, const char* reason) {
    if (mayLeak(*m_prints[a].item, *m_prints[b].item)) m_reasons.try_emplace({std::min(a, b), std::max(a, b)}, reason);
  }

  void addEqual(std::string Fingerprint::*key, const char* reason) {
    std::unordered_map<std::string_view, std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < m_prints.size(); ++i)
      if (!(m_prints[i].*key).empty()) places[m_prints[i].*key].push_back(i);
    for (const auto& [text, equal] : places) addGroup(equal, reason);
  }

  std::vector<DataLeak> leaks() const {
    std::vector<DataLeak> leaks;
    for (const auto& [pair, reason] : m_reasons) {
      const DataItem &first = *m_prints[pair.first].item, &second = *m_prints[pair.second].item;
      leaks.push_back({first.id, first.split, second.id, second.split, reason});
    }
    return leaks;
  }

 private:
  // Of a crowd of equal pictures (black frames, say) each is told once a split, or the pairs would outgrow the pictures.
  void addGroup(const std::vector<std::size_t>& equal, const char* reason) {
    std::map<std::string_view, std::size_t> firsts;
    for (const auto place : equal) firsts.emplace(m_prints[place].item->split, place);
    for (std::size_t a = 0; a < equal.size(); ++a) {
      if (equal.size() > kCrowd) {
        for (const auto& [split, first] : firsts) add(first, equal[a], reason);
      } else {
        for (std::size_t b = a + 1; b < equal.size(); ++b) add(equal[a], equal[b], reason);
      }
    }
  }

  const std::vector<Fingerprint>& m_prints;
  std::map<std::pair<std::size_t, std::size_t>, const char*> m_reasons;
};

void addNearDuplicates(const std::vector<Fingerprint>& prints, int threshold, FoundPairs& pairs, RunControl* control) {
  std::vector<std::size_t> places;
  std::vector<std::uint64_t> hashes;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    if (!prints[i].comparable) continue;
    places.push_back(i);
    hashes.push_back(prints[i].hash);
  }
  forEachNearPair(
      hashes, threshold,
      [&](std::size_t a, std::size_t b) {
        const auto &first = prints[places[a]], &second = prints[places[b]];
        if (mayLeak(*first.item, *second.item) && correlation(first.grey, second.grey) >= kLeastCorrelation)
          pairs.add(places[a], places[b], "near duplicate");
      },
      control);
}

}  // namespace

std::uint64_t perceptualHash(const RgbImage& image) { return hashOf(smallGrey(image)); }

std::vector<DataLeak> findLeaks(const DataSummary& summary, const ImageSource& images, const LeakOptions& options, RunControl* control,
                                std::vector<std::uint64_t>* heldOut) {
  if (options.hammingThreshold < 0 || options.hammingThreshold > 16) {
    throw Error(ErrorCode::BadArgument, "near-duplicate threshold", std::to_string(options.hammingThreshold) + " is not in 0 … 16");
  }
  if (heldOut != nullptr) heldOut->assign(summary.items.size(), 0);
  const bool wantsHeldOut = heldOut != nullptr && std::any_of(summary.items.begin(), summary.items.end(), isHeldOut);
  if (!hasTwoSides(summary) && !wantsHeldOut) return {};
  const RunControl none;
  ProgressMeter meter(control != nullptr ? *control : none, "leak check", "images", std::int64_t(summary.items.size()));
  std::vector<Fingerprint> prints;
  prints.reserve(summary.items.size());
  for (const auto& item : summary.items) {
    if (control != nullptr) control->stepBoundary();
    const bool wantsContent = wantsHeldOut && isHeldOut(item);
    prints.push_back(fingerprint(summary, item, images, options.nearDuplicates, wantsContent));
    if (wantsContent) (*heldOut)[prints.size() - 1] = prints.back().content;
    meter.advance();
  }
  FoundPairs pairs(prints);
  pairs.addEqual(&Fingerprint::bytes, "same bytes");
  // The files of classes are often numbered, so that their names say nothing.
  if (summary.task == TaskKind::Segmentation) pairs.addEqual(&Fingerprint::name, "same name");
  if (options.nearDuplicates) addNearDuplicates(prints, options.hammingThreshold, pairs, control);
  return pairs.leaks();
}

}  // namespace gps
