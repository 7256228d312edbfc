#include "core/checkpoints/readers/dtype.h"

#include <array>

namespace gps {
namespace {

struct Row {
  DType dtype;
  std::string_view name;
  std::size_t bytes;
};

// In the order of the enum.
constexpr std::array<Row, 13> kTable{{{DType::F64, "F64", 8},
                                      {DType::F32, "F32", 4},
                                      {DType::F16, "F16", 2},
                                      {DType::BF16, "BF16", 2},
                                      {DType::I64, "I64", 8},
                                      {DType::I32, "I32", 4},
                                      {DType::I16, "I16", 2},
                                      {DType::I8, "I8", 1},
                                      {DType::U64, "U64", 8},
                                      {DType::U32, "U32", 4},
                                      {DType::U16, "U16", 2},
                                      {DType::U8, "U8", 1},
                                      {DType::Bool, "BOOL", 1}}};

const Row& rowOf(DType dtype) { return kTable[static_cast<std::size_t>(dtype)]; }

}  // namespace

std::size_t itemSize(DType dtype) { return rowOf(dtype).bytes; }

std::string_view dtypeName(DType dtype) { return rowOf(dtype).name; }

std::optional<DType> dtypeFromName(std::string_view name) {
  for (const Row& row : kTable)
    if (row.name == name) return row.dtype;
  return std::nullopt;
}

bool isFloating(DType dtype) { return dtype == DType::F64 || dtype == DType::F32 || dtype == DType::F16 || dtype == DType::BF16; }

}  // namespace gps
