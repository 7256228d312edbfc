#include "core/selection/selection.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

#include "core/selection/methodweights.h"
#include "core/selection/trainedvectors.h"
#include "core/values/error.h"

namespace gps {

static void requireKnown(const std::vector<std::string>& asked, const std::vector<std::string>& known, const std::string& option) {
  for (const auto& a : asked) {
    if (std::find(known.begin(), known.end(), a) != known.end()) continue;
    std::string list;
    for (const auto& k : known) list += (list.empty() ? "" : ", ") + k;
    throw Error(ErrorCode::BadArgument, option, "the model has no \"" + a + "\"", "Choose from: " + list);
  }
}

std::vector<std::size_t> selectableIds(const ParameterMap& map, const SelectionSpec& spec) {
  std::vector<std::string> blocks, kinds;
  const auto note = [](std::vector<std::string>& all, const std::string& one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  };
  std::vector<std::size_t> ids;
  for (const auto id : weightsOfMethod(map, spec.decoder)) {
    const auto& e = map.entry(id);
    note(blocks, e.block);
    note(kinds, e.kind);
    if (!isExcluded(e, spec)) ids.push_back(id);
  }
  requireKnown(spec.excludedBlocks, blocks, "--exclude-blocks");
  requireKnown(spec.excludedKinds, kinds, "--exclude-kinds");
  return ids;
}

// "stage.3" -> {"stage.", 3}; no number at the end -> {text, -1}.
static std::pair<std::string, int> splitNumber(const std::string& text) {
  std::size_t i = text.size();
  while (i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9') --i;
  int number = -1;
  if (i < text.size() && text.size() - i <= 6) std::from_chars(text.data() + i, text.data() + text.size(), number);
  return {number < 0 ? text : text.substr(0, i), number};
}

std::vector<std::string> parseBlocks(const std::string& text) {
  std::vector<std::string> blocks;
  std::stringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (part.empty()) throw Error(ErrorCode::BadArgument, "--exclude-blocks", "\"" + text + "\" has an empty entry", "Write e.g. 0-3,7");
    const auto dash = part.find('-');
    if (dash == std::string::npos) {
      blocks.push_back(part);
      continue;
    }
    const auto [prefixA, from] = splitNumber(part.substr(0, dash));
    const auto [prefixB, to] = splitNumber(part.substr(dash + 1));
    if (from < 0 || to < from || prefixA != prefixB)
      throw Error(ErrorCode::BadArgument, "--exclude-blocks", "\"" + part + "\" is not a range over equal prefixes",
                  "Write e.g. 0-3 or 2.0-2.5, smaller number first");
    for (int i = from; i <= to; ++i) blocks.push_back(prefixA + std::to_string(i));
  }
  return blocks;
}

SelectionCounts countSelection(const ParameterMap& map, const Selection& selection) {
  SelectionCounts counts;
  const auto& spec = selection.spec;
  counts.keptPerRow = spec.keptPerRow;
  counts.rows = selection.rows;
  counts.zeroRows = selection.zeroRows;
  counts.selected = std::int64_t(selection.offsets.size());
  std::int64_t inEncoder = 0, inDecoder = 0;
  auto next = selection.offsets.begin();
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    const auto end = std::lower_bound(next, selection.offsets.end(), std::uint32_t(e.offset + e.count));
    const auto n = std::int64_t(end - next);
    next = end;
    const bool listed =
        e.part == ModelPart::Encoder || (e.part == ModelPart::Decoder && spec.decoder == DecoderMode::Sparse && e.affectsOutput);
    if (!listed) continue;
    (e.part == ModelPart::Encoder ? inEncoder : inDecoder) += n;
    auto row = std::find_if(counts.perBlock.begin(), counts.perBlock.end(),
                            [&](const BlockCount& b) { return b.block == e.block && b.kind == e.kind; });
    if (row == counts.perBlock.end()) row = counts.perBlock.insert(row, BlockCount{e.block, e.kind, 0, 0});
    row->selected += n;
    row->available += e.count;
  }
  counts.trainable = inEncoder + countOf(map, trainedEncoderVectors(map, spec));
  counts.trainableTotal = counts.trainable + inDecoder + countOf(map, trainedOutputTensors(map, spec.decoder));
  const auto encoder = map.parameterCount(ModelPart::Encoder), all = map.parameterCount();
  counts.trainableShare = encoder > 0 ? double(counts.trainable) / double(encoder) : 0;
  counts.totalShare = all > 0 ? double(counts.trainableTotal) / double(all) : 0;
  return counts;
}

}  // namespace gps
