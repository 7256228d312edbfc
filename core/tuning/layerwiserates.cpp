#include "core/tuning/layerwiserates.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string_view>

#include "core/values/error.h"

namespace gps {

namespace {

using Place = std::vector<int>;  // "1.12" as {1, 12}, so that block 2 comes before block 10

// Nothing for a name that is not numbers with dots between.
std::optional<Place> placeOf(std::string_view name) {
  Place place;
  while (true) {
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || number < 0) return std::nullopt;
    place.push_back(number);
    name.remove_prefix(std::size_t(end - name.data()));
    if (name.empty()) return place;
    if (name.front() != '.') return std::nullopt;
    name.remove_prefix(1);
  }
}

// All numbered blocks of the map, in order.
std::vector<Place> blocksOf(const ParameterMap& map) {
  std::vector<Place> blocks;
  for (const auto& e : map.entries())
    if (auto place = placeOf(e.block)) blocks.push_back(std::move(*place));
  std::sort(blocks.begin(), blocks.end());
  blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
  return blocks;
}

// 0 … N + 1
int depthOf(const std::string& block, const std::vector<Place>& blocks) {
  constexpr std::string_view kDownsample = "downsample.";
  const int rest = int(blocks.size()) + 1;
  for (const char* first : {"patch_embed", "stem"})
    if (block == first) return 0;
  for (const char* last : {"norm", "head", "neck", "prompt", "decoder"})
    if (block == last) return rest;
  auto place = placeOf(block);
  if (block.starts_with(kDownsample)) {
    place = placeOf(std::string_view(block).substr(kDownsample.size()));
    if (place) ++place->front();  // downsample.0 stands before the first block of stage 1
  }
  const auto found = place ? std::lower_bound(blocks.begin(), blocks.end(), *place) : blocks.end();
  if (found == blocks.end()) throw Error(ErrorCode::Internal, "layer-wise rates", "block \"" + block + "\" has no depth");
  return int(found - blocks.begin()) + 1;
}

}  // namespace

std::vector<float> layerwiseRates(const ParameterMap& map, double decay) {
  if (!(decay > 0 && decay <= 1)) {
    std::ostringstream text;
    text << "is " << decay << "; it must lie above 0 and be at most 1";
    throw Error(ErrorCode::BadArgument, "layer decay", text.str(), "Give 1 for the same rate everywhere");
  }
  const auto blocks = blocksOf(map);
  std::vector<float> factors;
  factors.reserve(map.size());
  for (const auto& e : map.entries()) factors.push_back(float(std::pow(decay, int(blocks.size()) + 1 - depthOf(e.block, blocks))));
  return factors;
}

}  // namespace gps
