#include "core/checkpoints/readers/picklenames.h"

#include <array>

namespace gps::pickle {
namespace {

struct Typed {
  std::string_view storage, element;
  DType dtype;
};

constexpr std::array<Typed, 10> kTyped{{{"DoubleStorage", "float64", DType::F64},
                                        {"FloatStorage", "float32", DType::F32},
                                        {"HalfStorage", "float16", DType::F16},
                                        {"BFloat16Storage", "bfloat16", DType::BF16},
                                        {"LongStorage", "int64", DType::I64},
                                        {"IntStorage", "int32", DType::I32},
                                        {"ShortStorage", "int16", DType::I16},
                                        {"CharStorage", "int8", DType::I8},
                                        {"ByteStorage", "uint8", DType::U8},
                                        {"BoolStorage", "bool", DType::Bool}}};

struct Refused {
  std::uint8_t op;
  std::string_view name;
};

constexpr std::array<Refused, 36> kRefused{{{'2', "DUP"},
                                            {'F', "FLOAT"},
                                            {'I', "INT"},
                                            {'L', "LONG"},
                                            {'P', "PERSID"},
                                            {'S', "STRING"},
                                            {'T', "BINSTRING"},
                                            {'U', "SHORT_BINSTRING"},
                                            {'V', "UNICODE"},
                                            {'d', "DICT"},
                                            {'g', "GET"},
                                            {'i', "INST"},
                                            {'l', "LIST"},
                                            {'o', "OBJ"},
                                            {'p', "PUT"},
                                            {'B', "BINBYTES"},
                                            {'C', "SHORT_BINBYTES"},
                                            {0x81, "NEWOBJ"},
                                            {0x82, "EXT1"},
                                            {0x83, "EXT2"},
                                            {0x84, "EXT4"},
                                            {0x8b, "LONG4"},
                                            {0x8d, "BINUNICODE8"},
                                            {0x8e, "BINBYTES8"},
                                            {0x8f, "EMPTY_SET"},
                                            {0x90, "ADDITEMS"},
                                            {0x91, "FROZENSET"},
                                            {0x92, "NEWOBJ_EX"},
                                            {0x96, "BYTEARRAY8"},
                                            {0x97, "NEXT_BUFFER"},
                                            {0x98, "READONLY_BUFFER"},
                                            {'(', "MARK"},
                                            {'R', "REDUCE"},
                                            {'b', "BUILD"},
                                            {'c', "GLOBAL"},
                                            {0x93, "STACK_GLOBAL"}}};

}  // namespace

std::string_view opcodeName(std::uint8_t op) {
  for (const Refused& row : kRefused)
    if (row.op == op) return row.name;
  return "unknown";
}

std::optional<Name> allowedName(std::string_view module, std::string_view name) {
  if (module == "collections" && name == "OrderedDict") return Name{Callable::OrderedDict, {}};
  if (module == "torch._utils") {
    if (name == "_rebuild_tensor_v2") return Name{Callable::RebuildTensor2, {}};
    if (name == "_rebuild_tensor_v3") return Name{Callable::RebuildTensor3, {}};
    if (name == "_rebuild_parameter") return Name{Callable::RebuildParameter, {}};
    return std::nullopt;
  }
  if (module == "torch.storage" && name == "UntypedStorage") return Name{Callable::StorageType, {}};
  if (module != "torch") return std::nullopt;
  if (name == "Size") return Name{Callable::Size, {}};
  for (const Typed& row : kTyped) {
    if (name == row.storage) return Name{Callable::StorageType, row.dtype};
    if (name == row.element) return Name{Callable::ElementType, row.dtype};
  }
  // These have no storage class of their own; torch saves them over untyped storage.
  if (name == "uint16") return Name{Callable::ElementType, DType::U16};
  if (name == "uint32") return Name{Callable::ElementType, DType::U32};
  if (name == "uint64") return Name{Callable::ElementType, DType::U64};
  return std::nullopt;
}

}  // namespace gps::pickle
