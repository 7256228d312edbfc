#include "core/checkpoints/maskfile.h"

#include <algorithm>

#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/specjson.h"
#include "core/selection/methodweights.h"
#include "core/tuning/textfile.h"
#include "core/values/csvtext.h"

namespace gps {

void writeMaskFile(const std::string& path, const ParameterMap& map, const Selection& selection) {
  const auto ids = weightsOfMethod(map, selection.spec.decoder);
  std::vector<TensorSpec> tensors;
  for (const auto id : ids) tensors.push_back({map.entry(id).name, DType::Bool, map.entry(id).shape});
  SafetensorsWriter writer(path, tensors, {{"format", "gps-mask/1"}, {"spec", selectionSpecToJson(selection.spec)}});
  std::vector<std::uint8_t> mask;
  for (const auto id : ids) {
    const auto& entry = map.entry(id);
    mask.assign(std::size_t(entry.count), 0);
    auto next = std::lower_bound(selection.offsets.begin(), selection.offsets.end(), entry.offset,
                                 [](std::uint32_t a, std::int64_t b) { return a < b; });
    for (; next != selection.offsets.end() && *next < entry.offset + entry.count; ++next) mask[std::size_t(*next - entry.offset)] = 1;
    writer.write(entry.name, mask.data(), mask.size());
  }
  writer.finish();
}

void writeSummaryTable(const std::string& path, const SelectionStructure& structure) {
  std::string text = "block,kind,tensor,rows,cols,selected,share,union_columns,union_share,top_column,top_column_share\n";
  for (const auto& layer : structure.layers) {
    const double share = double(layer.selected) / (double(layer.rows) * double(layer.cols));
    const std::string top = layer.topColumns.empty() ? "" : std::to_string(layer.topColumns[0].column);
    text += csvField(layer.block) + ',' + csvField(layer.kind) + ',' + csvField(layer.tensor) + ',' + std::to_string(layer.rows) + ',' +
            std::to_string(layer.cols) + ',' + std::to_string(layer.selected) + ',' + csvNumber(share) + ',' +
            std::to_string(layer.unionColumns) + ',' + csvNumber(layer.unionShare()) + ',' + top + ',' + csvNumber(layer.topColumnShare()) +
            '\n';
  }
  writeTextAtomically(path, text);
}

}  // namespace gps
