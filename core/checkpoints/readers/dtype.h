#pragma once
// Element types of stored tensors.
#include <cstddef>
#include <optional>
#include <string_view>

namespace gps {

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, Bool };

std::size_t itemSize(DType dtype);  // bytes
// The word safetensors uses: "F32", "BF16", "BOOL".
std::string_view dtypeName(DType dtype);
std::optional<DType> dtypeFromName(std::string_view name);
bool isFloating(DType dtype);

}  // namespace gps
