// Any bytes are either a checkpoint or an Error(BadFile): never a crash, a hang or a value outside of the file. An entry point for
// libFuzzer (preset fuzz); standalone.cpp runs it without.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "core/checkpoints/readers/numpyzipreader.h"
#include "core/checkpoints/readers/safetensorsreader.h"
#include "core/checkpoints/readers/shardindex.h"
#include "core/checkpoints/readers/torcholdreader.h"
#include "core/checkpoints/readers/torchzipreader.h"
#include "core/values/error.h"

namespace {

template <typename Parse>
void attempt(Parse parse, std::size_t size) {
  try {
    for (const auto& record : parse().records)
      if (record.fileOffset > size || record.byteLength > size - record.fileOffset) std::abort();
  } catch (const gps::Error& error) {
    if (error.code() != gps::ErrorCode::BadFile) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const std::string path = "fuzzed";
  attempt([&] { return gps::parseSafetensors(bytes, path); }, size);
  attempt([&] { return gps::parseTorchZip(bytes, path); }, size);
  attempt([&] { return gps::parseNumpyZip(bytes, path); }, size);
  if (gps::looksLikeOldTorch(bytes)) attempt([&] { return gps::parseOldTorch(bytes, path); }, size);
  if (gps::looksLikeShardIndex(bytes))
    attempt(
        [&] {
          gps::parseShardIndex(bytes, path);
          return gps::TensorTable{};
        },
        size);
  return 0;
}
