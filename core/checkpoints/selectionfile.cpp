#include "core/checkpoints/selectionfile.h"

#include "core/checkpoints/filelayout.h"
#include "core/checkpoints/readers/safetensorswriter.h"
#include "core/checkpoints/specjson.h"
#include "core/values/error.h"

namespace gps {

static constexpr const char* kFormat = "gps-selection/1";

void writeSelection(const std::string& path, const ParameterMap& map, const Selection& selection) {
  SafetensorsWriter writer(path,
                           {{"offsets", DType::U32, {static_cast<std::int64_t>(selection.offsets.size())}},
                            {kPictures, DType::U64, {static_cast<std::int64_t>(selection.pictures.size())}}},
                           {{"format", kFormat},
                            {"parameter_map", parameterMapToJson(map)},
                            {"spec", selectionSpecToJson(selection.spec)},
                            {"rows", std::to_string(selection.rows)},
                            {"zero_rows", std::to_string(selection.zeroRows)}});
  writer.write("offsets", selection.offsets.data(), selection.offsets.size() * sizeof(std::uint32_t));
  writer.write(kPictures, selection.pictures.data(), selection.pictures.size() * sizeof(std::uint64_t));
  writer.finish();
}

SelectionFile readSelectionFile(const std::string& path) {
  const TensorFile file = openTensorFile(path);
  SelectionFile out;
  out.map = parameterMapFromJson(requiredMetadata(file, "parameter_map", "selection file"), path);
  out.selection.spec = selectionSpecFromJson(requiredMetadata(file, "spec", "selection file"), path);
  if (file.find("values") || file.find("base"))
    throw Error(ErrorCode::BadFile, path, "is a delta, not a selection", "Give the file written by gps select");
  out.selection.offsets = readOffsets(file, "offsets");
  out.selection.pictures = readPictures(file);
  out.selection.rows = metadataInt(file, "rows", 0);
  out.selection.zeroRows = metadataInt(file, "zero_rows", 0);
  requireInsideMap(out.selection.offsets, *out.map, path);
  return out;
}

void requireMadeFor(const Model& model, const SelectionFile& file, const std::string& path) {
  requireSameLayout(*file.map, model.map(), path);
  requireSameBase(file.selection.spec.baseHash, model.baseHash(), path, model.weightsPath());
}

Selection readSelection(const std::string& path, const Model& model) {
  auto file = readSelectionFile(path);
  requireMadeFor(model, file, path);
  return std::move(file.selection);
}

}  // namespace gps
