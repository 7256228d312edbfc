#include "app/cli/rowlayout.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/checkpoints/readers/safetensorswriter.h"

namespace gps::cli {
namespace {

struct RowTensor {
  std::string name;
  std::int64_t rows = 0, kept = 0;  // kept: the most entries of a row
  std::vector<std::int32_t> columns;
  std::vector<float> values;
};

// The selected entries [begin, end) of one tensor.
RowTensor byRows(const ParameterEntry& entry, const Delta& delta, std::size_t begin, std::size_t end) {
  RowTensor tensor{entry.name, entry.rows, 0, {}, {}};
  const auto local = [&](std::size_t i) { return std::int64_t(delta.offsets[i]) - entry.offset; };
  std::vector<std::int64_t> filled(std::size_t(entry.rows), 0);
  for (std::size_t i = begin; i < end; ++i) tensor.kept = std::max(tensor.kept, ++filled[std::size_t(local(i) / entry.cols)]);
  tensor.columns.assign(std::size_t(tensor.rows * tensor.kept), -1);
  tensor.values.assign(tensor.columns.size(), 0.0f);
  std::fill(filled.begin(), filled.end(), 0);
  for (std::size_t i = begin; i < end; ++i) {
    const auto row = local(i) / entry.cols;
    const auto place = std::size_t(row * tensor.kept + filled[std::size_t(row)]++);
    tensor.columns[place] = std::int32_t(local(i) % entry.cols);
    tensor.values[place] = delta.values[i];
  }
  return tensor;
}

}  // namespace

void writeRowLayout(const std::string& path, const Delta& delta) {
  std::vector<RowTensor> tensors;
  std::size_t next = 0;
  for (const auto id : delta.map->matrixIds()) {
    const auto& entry = delta.map->entry(id);
    const auto stop = std::lower_bound(delta.offsets.begin(), delta.offsets.end(), std::uint32_t(entry.offset + entry.count));
    const auto end = std::size_t(stop - delta.offsets.begin());
    if (end > next) tensors.push_back(byRows(entry, delta, next, end));
    next = end;
  }
  std::vector<TensorSpec> specs;
  for (const auto& tensor : tensors) {
    specs.push_back({"columns." + tensor.name, DType::I32, {tensor.rows, tensor.kept}});
    specs.push_back({"values." + tensor.name, DType::F32, {tensor.rows, tensor.kept}});
  }
  for (const auto& tensor : delta.whole) specs.push_back({"whole." + tensor.name, DType::F32, tensor.shape});
  SafetensorsWriter writer(path, specs,
                           {{"format", "gps-rows/1"},
                            {"model", delta.info.modelId},
                            {"base_hash", delta.info.baseHash},
                            {"epoch", std::to_string(delta.info.epoch)}});
  for (const auto& tensor : tensors) {
    writer.write("columns." + tensor.name, tensor.columns.data(), tensor.columns.size() * sizeof(std::int32_t));
    writer.write("values." + tensor.name, tensor.values.data(), tensor.values.size() * sizeof(float));
  }
  for (const auto& tensor : delta.whole) writer.write("whole." + tensor.name, tensor.values.data(), tensor.values.size() * sizeof(float));
  writer.finish();
}

}  // namespace gps::cli
