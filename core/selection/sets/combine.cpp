#include "core/selection/sets/combine.h"

#include <algorithm>

#include "core/selection/methodweights.h"
#include "core/selection/sets/setalgebra.h"
#include "core/selection/trainedvectors.h"
#include "core/values/error.h"

namespace gps {
namespace {

std::vector<std::uint32_t> offsetsOf(SetOperation operation, const std::vector<NamedSelection>& parts, int atLeast) {
  std::vector<Offsets> sets;
  for (const auto& part : parts) sets.emplace_back(part.selection->offsets);
  switch (operation) {
    case SetOperation::Union:
      return unionOf(sets);
    case SetOperation::Intersection:
      return intersectionOf(sets);
    case SetOperation::Difference:
      return difference(sets);
    case SetOperation::Shared:
      return chosenByAtLeast(sets, std::size_t(atLeast));
    case SetOperation::Specific:
      return chosenByOne(sets);
  }
  throw Error(ErrorCode::Internal, "combine", "unknown operation");
}

using Names = std::vector<std::string>;

// Excluded in the result, given who excludes it among the parts.
Names excluded(SetOperation operation, const std::vector<NamedSelection>& parts, Names SelectionSpec::*list) {
  if (operation == SetOperation::Difference) return parts[0].selection->spec.*list;
  Names result;
  for (const auto& part : parts)
    for (const auto& name : part.selection->spec.*list) {
      const auto names = [&](const NamedSelection& p) {
        const auto& all = p.selection->spec.*list;
        return std::find(all.begin(), all.end(), name) != all.end();
      };
      const bool counts = operation == SetOperation::Intersection || std::all_of(parts.begin(), parts.end(), names);
      if (counts && std::find(result.begin(), result.end(), name) == result.end()) result.push_back(name);
    }
  return result;
}

template <typename T>
bool agree(const std::vector<NamedSelection>& parts, T SelectionSpec::*field) {
  return std::all_of(parts.begin(), parts.end(),
                     [&](const NamedSelection& p) { return p.selection->spec.*field == parts[0].selection->spec.*field; });
}

bool holdsDecoderEntries(const ParameterMap& map, const std::vector<std::uint32_t>& offsets) {
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    if (e.part != ModelPart::Decoder) continue;
    const auto at = std::lower_bound(offsets.begin(), offsets.end(), e.offset, [](std::uint32_t a, std::int64_t b) { return a < b; });
    if (at != offsets.end() && *at < e.offset + e.count) return true;
  }
  return false;
}

std::vector<std::uint64_t> picturesOf(const std::vector<NamedSelection>& parts) {
  std::vector<std::uint64_t> all;
  for (const auto& part : parts) all.insert(all.end(), part.selection->pictures.begin(), part.selection->pictures.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string originOf(SetOperation operation, const std::vector<NamedSelection>& parts, int atLeast) {
  std::string text = wordOf(operation) + (atLeast > 2 ? " by " + std::to_string(atLeast) + " or more" : std::string()) + " of ";
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : ", ") + parts[i].name;
  return text;
}

}  // namespace

Selection combineSelections(const ParameterMap& map, SetOperation operation, const std::vector<NamedSelection>& parts, int atLeast) {
  if (parts.size() < 2) throw Error(ErrorCode::BadArgument, "selections", "one alone cannot be combined", "Give two or more");
  if (operation != SetOperation::Shared) atLeast = 2;
  if (atLeast < 2 || atLeast > int(parts.size()))
    throw Error(ErrorCode::BadArgument, "at least", std::to_string(atLeast) + " of " + std::to_string(parts.size()) + " selections",
                "Give 2 to " + std::to_string(parts.size()));
  Selection result;
  result.offsets = offsetsOf(operation, parts, atLeast);
  result.pictures = picturesOf(parts);
  SelectionSpec& spec = result.spec;
  spec = parts[0].selection->spec;
  spec.origin = originOf(operation, parts, atLeast);
  spec.excludedBlocks = excluded(operation, parts, &SelectionSpec::excludedBlocks);
  spec.excludedKinds = excluded(operation, parts, &SelectionSpec::excludedKinds);
  if (!agree(parts, &SelectionSpec::level)) spec.level = Level::Net;
  if (!agree(parts, &SelectionSpec::share)) spec.share = 0;
  if (!agree(parts, &SelectionSpec::dataHash)) spec.dataHash.clear();
  if (!agree(parts, &SelectionSpec::decoder))
    spec.decoder = holdsDecoderEntries(map, result.offsets) ? DecoderMode::Sparse : DecoderMode::Train;
  for (const auto& part : parts) spec.keptPerRow = std::max(spec.keptPerRow, part.selection->spec.keptPerRow);

  // A delta does not tell how many rows were considered.
  const auto rows = parts[0].selection->rows;
  const bool isKnown = rows > 0 && std::all_of(parts.begin(), parts.end(), [&](const auto& p) { return p.selection->rows == rows; });
  if (isKnown) result.rows = rows;
  for (const auto id : isKnown ? std::vector<std::size_t>() : weightsOfMethod(map, spec.decoder))
    if (!isExcluded(map.entry(id), spec)) result.rows += map.entry(id).rows;
  return result;
}

}  // namespace gps
