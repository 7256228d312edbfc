#pragma once
// A checkpoint file opened for reading: names, types, shapes and where the values lie. Nothing is copied on opening; the
// values are read through a memory map. Any number of threads may read one TensorFile.
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/checkpoints/readers/dtype.h"
#include "core/checkpoints/readers/mappedfile.h"

namespace gps {

struct TensorRecord {
  std::string name;
  DType dtype = DType::F32;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  // elements; row-major contiguous in safetensors
  std::uint64_t fileOffset = 0;       // of element 0, bytes from the start of its file; not necessarily aligned
  std::uint64_t byteLength = 0;       // from element 0 to the end of the farthest element; within the file
  std::uint32_t part = 0;             // which file of a checkpoint in several

  std::int64_t elements() const;
  bool isContiguous() const;
};

// What a reader finds in the bytes of a file.
struct TensorTable {
  std::vector<TensorRecord> records;  // in file order, names unique
  std::map<std::string, std::string> metadata;
};

class TensorFile {
 public:
  TensorFile(MappedFile file, std::string format, TensorTable table);
  // An index and the files it names; record.part counts into parts.
  TensorFile(std::string path, std::vector<MappedFile> parts, std::string format, TensorTable table);

  const std::string& path() const { return m_path; }
  const std::string& format() const { return m_format; }  // "safetensors", "safetensors, several files", "torch zip", "numpy zip"
  const std::vector<TensorRecord>& records() const { return m_table.records; }
  const std::map<std::string, std::string>& metadata() const { return m_table.metadata; }
  const TensorRecord* find(const std::string& name) const;  // nullptr: no such tensor
  const TensorRecord& at(const std::string& name) const;    // throws Error(NotFound)

  const std::byte* data(const TensorRecord& record) const { return m_parts[record.part].bytes().data() + record.fileOffset; }

 private:
  std::string m_path;
  std::vector<MappedFile> m_parts;
  std::string m_format;
  TensorTable m_table;
  std::unordered_map<std::string, std::size_t> m_index;
};

// Chooses the reader by content. Throws Error(NotFound | Io | BadFile) naming the file, the tensor and the byte.
TensorFile openTensorFile(const std::string& path);

// Values in row-major order as fp32; narrower floats are widened exactly, F64 and integers are rounded. out: elements().
void copyAsFloat(const TensorFile& file, const TensorRecord& record, float* out);
// The same bytes in row-major order, no conversion. out: elements() × itemSize(dtype).
void copyRaw(const TensorFile& file, const TensorRecord& record, void* out);

// "256x64x1x1"; "scalar" without dimensions.
std::string shapeText(std::span<const std::int64_t> shape);
// Elements of a shape, or -1 when a dimension is negative or the product does not fit.
std::int64_t checkedElements(std::span<const std::int64_t> shape);
std::vector<std::int64_t> contiguousStrides(std::span<const std::int64_t> shape);

}  // namespace gps
