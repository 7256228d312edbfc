#pragma once
// Writes a safetensors file piece by piece: to PATH.tmp, and only a complete, synced file takes PATH's place. Whatever
// fails throws Error(Io) with path, cause and remedy, removes PATH.tmp and leaves the old PATH as it was.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/checkpoints/readers/dtype.h"

namespace gps {

struct TensorSpec {
  std::string name;
  DType dtype = DType::F32;
  std::vector<std::int64_t> shape;
};

class SafetensorsWriter {
 public:
  // Creates PATH.tmp and writes the header. Tensors are laid out by item size, larger first, else in the order given.
  // Error(BadArgument) on a name given twice or empty, a negative size, or text that is not UTF-8.
  SafetensorsWriter(std::string path, const std::vector<TensorSpec>& tensors, const std::map<std::string, std::string>& metadata = {});
  ~SafetensorsWriter();  // without finish(): nothing is left behind
  SafetensorsWriter(const SafetensorsWriter&) = delete;
  SafetensorsWriter& operator=(const SafetensorsWriter&) = delete;

  // The next bytes of a tensor; tensors may be written in any order, each from its beginning to its end.
  void write(const std::string& name, const void* data, std::size_t bytes);
  // Every tensor must be complete. Syncs the file, renames it over PATH and syncs the folder.
  void finish();

 private:
  struct Slot {
    std::uint64_t begin = 0, bytes = 0, written = 0;
  };
  [[noreturn]] void fail(const char* what, int cause);
  void writeAt(const void* data, std::size_t bytes, std::uint64_t offset);
  void discard();

  std::string m_path, m_temporary;
  int m_fd = -1;
  std::unordered_map<std::string, Slot> m_slots;
};

}  // namespace gps
