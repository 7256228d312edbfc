#pragma once
// The opcodes and the global names that a state dict needs: the allow-list of the unpickler.
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/checkpoints/readers/dtype.h"

namespace gps::pickle {

enum Op : std::uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kPopMark = '1',
  kNone = 'N',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kBinInt2 = 'M',
  kLong1 = 0x8a,
  kBinFloat = 'G',
  kNewTrue = 0x88,
  kNewFalse = 0x89,
  kBinUnicode = 'X',
  kShortBinUnicode = 0x8c,
  kEmptyTuple = ')',
  kTuple = 't',
  kTuple1 = 0x85,
  kTuple2 = 0x86,
  kTuple3 = 0x87,
  kEmptyList = ']',
  kAppend = 'a',
  kAppends = 'e',
  kEmptyDict = '}',
  kSetItem = 's',
  kSetItems = 'u',
  kGlobal = 'c',
  kStackGlobal = 0x93,
  kReduce = 'R',
  kBuild = 'b',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kMemoize = 0x94,
  kBinGet = 'h',
  kLongBinGet = 'j',
  kBinPersId = 'Q',
  kProto = 0x80,
  kFrame = 0x95
};

// Python's name of an opcode we refuse, for the message; "unknown" where there is none.
std::string_view opcodeName(std::uint8_t op);

enum class Callable : std::uint8_t { OrderedDict, RebuildTensor2, RebuildTensor3, RebuildParameter, Size, StorageType, ElementType };

struct Name {
  Callable callable;
  std::optional<DType> dtype;  // StorageType (empty: untyped) and ElementType
};

// Empty: not allowed.
std::optional<Name> allowedName(std::string_view module, std::string_view name);

}  // namespace gps::pickle
