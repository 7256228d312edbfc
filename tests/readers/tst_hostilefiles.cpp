// Damaged and hostile files by the thousand: each is read or refused with gps::Error, quickly and in little memory.
#include <malloc.h>

#include <atomic>
#include <chrono>
#include <new>
#include <random>

#include "core/checkpoints/readers/safetensorsreader.h"
#include "core/checkpoints/readers/torchzipreader.h"
#include "core/checkpoints/readers/unpickler.h"
#include "tests/readers/readerfiles.h"

namespace {

std::atomic<std::size_t> g_liveBytes{0}, g_peakBytes{0};

void* countedOrNull(std::size_t bytes) noexcept {
  void* at = std::malloc(bytes ? bytes : 1);
  if (!at) return nullptr;
  const std::size_t live = g_liveBytes += malloc_usable_size(at);
  if (live > g_peakBytes) g_peakBytes = live;
  return at;
}

void* counted(std::size_t bytes) {
  if (void* at = countedOrNull(bytes)) return at;
  throw std::bad_alloc();
}

void uncounted(void* at) {
  if (!at) return;
  g_liveBytes -= malloc_usable_size(at);
  std::free(at);
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return countedOrNull(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return countedOrNull(bytes); }
void operator delete(void* at) noexcept { uncounted(at); }
void operator delete[](void* at) noexcept { uncounted(at); }
void operator delete(void* at, std::size_t) noexcept { uncounted(at); }
void operator delete[](void* at, std::size_t) noexcept { uncounted(at); }

namespace gps::test {
namespace {

constexpr std::size_t kMemoryLimit = 48u << 20;
constexpr double kSecondsLimit = 10;  // far above what any takes, also under sanitizers

using Parse = TensorTable (*)(std::span<const std::byte>, const std::string&);

// Copies every byte the table points to, so that a sanitizer sees any that lies outside.
std::uint64_t touch(std::span<const std::byte> bytes, const TensorTable& table) {
  std::uint64_t sum = 0;
  for (const TensorRecord& record : table.records)
    for (std::uint64_t i = 0; i<record.byteLength; i += record.byteLength> 4096 ? 1024 : 1)
      sum += std::to_integer<std::uint64_t>(bytes[record.fileOffset + i]);
  return sum;
}

// True when the bytes were accepted; fails the test when anything but gps::Error leaves the parser.
bool survives(Parse parse, const std::string& bytes) {
  // On the heap and of the exact size, so that a sanitizer sees one byte too many.
  const std::vector<char> exact(bytes.begin(), bytes.end());
  const auto view = std::as_bytes(std::span(exact));
  try {
    const TensorTable table = parse(view, "hostile");
    for (const TensorRecord& record : table.records) {
      EXPECT_GE(checkedElements(record.shape), 0);
      EXPECT_LE(record.fileOffset + record.byteLength, view.size());
      EXPECT_LE(static_cast<std::uint64_t>(record.elements()) * itemSize(record.dtype), view.size());
    }
    touch(view, table);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::BadFile);
    return false;
  }
}

struct Limits {
  std::size_t before = g_liveBytes;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  Limits() { g_peakBytes = before; }
  void check() const {
    EXPECT_LT(g_peakBytes - before, kMemoryLimit);
    EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), kSecondsLimit);
  }
};

const std::vector<std::pair<std::string, Parse>>& goodFiles() {
  static const std::vector<std::pair<std::string, Parse>> files{{"plain.pth", parseTorchZip},           {"protocol4.pth", parseTorchZip},
                                                                {"strided.pth", parseTorchZip},         {"untyped.pth", parseTorchZip},
                                                                {"wrapped_model.pth", parseTorchZip},   {"zip64.pth", parseTorchZip},
                                                                {"plain.safetensors", parseSafetensors}};
  return files;
}

TEST(HostileFiles, CutAtEveryByte) {
  for (const auto& [name, parse] : goodFiles()) {
    SCOPED_TRACE(name);
    const std::string bytes = readBytes(goldenPath(name));
    ASSERT_TRUE(survives(parse, bytes));
    const Limits limits;
    int accepted = 0;
    for (std::size_t length = 0; length < bytes.size(); ++length) accepted += survives(parse, bytes.substr(0, length));
    EXPECT_EQ(accepted, 0) << "a file cut short must be noticed";
    limits.check();
  }
}

TEST(HostileFiles, EveryBitFlipped) {
  for (const auto& [name, parse] : goodFiles()) {
    SCOPED_TRACE(name);
    std::string bytes = readBytes(goldenPath(name));
    const Limits limits;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      const int bit = static_cast<int>(at % 8);
      for (const int flipped : {bit, (bit + 5) % 8}) {
        bytes[at] = static_cast<char>(bytes[at] ^ 1 << flipped);
        survives(parse, bytes);
        bytes[at] = static_cast<char>(bytes[at] ^ 1 << flipped);
      }
    }
    limits.check();
  }
}

// Bytes replaced, inserted, removed, copied elsewhere; extreme numbers written over fields. Deterministic.
std::string mutated(std::string bytes, std::mt19937& random) {
  static const std::vector<std::string> kExtremes{little(0, 4),
                                                  little(0xFFFFFFFF, 4),
                                                  little(0x7FFFFFFF, 4),
                                                  little(0x80000000, 4),
                                                  little(~std::uint64_t{0}, 8),
                                                  little(INT64_MAX, 8),
                                                  little(1ull << 62, 8),
                                                  "\xff\xff",
                                                  "PK\x05\x06",
                                                  "(((((((((((((((",
                                                  "ttttttttt",
                                                  "[[[[[[[[[[[[",
                                                  "-1",
                                                  "9223372036854775807",
                                                  "\\u0000",
                                                  "1e999"};
  const int changes = 1 + static_cast<int>(random() % 6);
  for (int i = 0; i < changes && !bytes.empty(); ++i) {
    const std::size_t at = random() % bytes.size(), other = random() % bytes.size();
    const std::size_t length = std::min<std::size_t>(1 + random() % 16, bytes.size() - at);
    switch (random() % 6) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.insert(at, 1 + random() % 8, static_cast<char>(random()));
        break;
      case 2:
        bytes.erase(at, length);
        break;
      case 3:
        bytes.insert(other, bytes.substr(at, length));
        break;
      case 4: {
        const std::string& extreme = kExtremes[random() % kExtremes.size()];
        bytes.replace(at, std::min(extreme.size(), bytes.size() - at), extreme);
        break;
      }
      default:
        bytes.insert(at, kExtremes[random() % kExtremes.size()]);
    }
  }
  return bytes;
}

TEST(HostileFiles, ThousandsOfMutations) {
  constexpr int kPerFile = 4000;
  for (const auto& [name, parse] : goodFiles()) {
    SCOPED_TRACE(name);
    const std::string bytes = readBytes(goldenPath(name));
    std::mt19937 random(20240607);
    const Limits limits;
    int accepted = 0;
    for (int i = 0; i < kPerFile; ++i) accepted += survives(parse, mutated(bytes, random));
    EXPECT_LT(accepted, kPerFile);
    limits.check();
  }
}

// The zip around it stays good, so that the mutations reach the pickle.
TEST(HostileFiles, MutatedPickles) {
  const std::string whole = readBytes(goldenPath("wrapped_model.pth"));
  const std::size_t begin = whole.find("\x80\x02}"), end = whole.find("PK\x03\x04", begin);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string pickle = whole.substr(begin, end - begin);
  std::mt19937 random(7);
  const Limits limits;
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) accepted += survives(parseTorchZip, makeTorchZip(mutated(pickle, random)));
  EXPECT_LT(accepted, 20000);
  limits.check();
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(HostileFiles, PickleBombs) {
  constexpr std::size_t kMany = 3'000'000;
  const std::vector<std::pair<const char*, std::string>> bombs{
      {"marks", std::string(kMany, '(')},
      {"empty dicts", std::string(kMany, '}')},
      {"nested tuples", ")" + std::string(kMany, '\x85')},
      {"nested lists", repeated("]", kMany) + repeated("a", kMany - 1)},
      {"one value stacked", "Nq" + std::string(1, '\0') + repeated(std::string("h\0", 2), kMany)},
      {"tuples of a thousand copies", "Nq" + std::string(1, '\0') + repeated("(" + repeated(std::string("h\0", 2), 1000) + "t", 2000)},
      {"far memo", "Nr" + little(0xFFFFFFFF, 4)},
      {"memo grown step by step",
       [] {
         std::string grown = "N";
         for (std::uint32_t i = 0; i < 400'000; ++i) grown += "r" + little(i, 4);
         return grown;
       }()},
      {"huge text", "X" + little(0xFFFFFFFF, 4) + "abc"},
      {"huge integer", "\x8a\xff" + std::string(255, '\xff')},
      {"endless name", "c" + std::string(kMany, 'a')},
      {"list in itself", std::string("]q\0h\0a", 6)},
      {"doubling dicts",
       [] {
         // {"model": d1, "state_dict": d1} with d1 alike, forty deep: 2^40 paths
         std::string body = "}q" + std::string(1, '\0');
         for (int i = 0; i < 40; ++i)
           body += "}(" + text("model") + "h" + static_cast<char>(i) + text("state_dict") + "h" + static_cast<char>(i) + "uq" +
                   static_cast<char>(i + 1);
         return body;
       }()},
      {"tensors without end", global("torch._utils", "_rebuild_tensor_v2") + std::string("q\0", 2) + "(" +
                                  storage("FloatStorage", "0", 16) + integer(0) + integers({1}) + integers({1}) + "\x89N" +
                                  std::string("tq\1", 3) + repeated(std::string("h\0h\1R", 5), 200'000)},
  };
  for (const auto& [name, body] : bombs) {
    SCOPED_TRACE(name);
    const std::string archive = makeTorchZip(pickled(body));
    const Limits limits;
    try {
      parseTorchZip(asBytes(archive), "bomb");
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::BadFile);
    }
    limits.check();
  }
}

TEST(HostileFiles, SafetensorsHeaderBombs) {
  const std::vector<std::pair<const char*, std::string>> bombs{
      {"deep objects", repeated(R"({"a":)", 200'000)},
      {"deep lists", R"({"a":{"shape":)" + std::string(2'000'000, '[')},
      {"many dimensions", R"({"a":{"shape":[)" + repeated("1,", 1'000'000)},
      {"long number", R"({"a":{"shape":[)" + std::string(1'000'000, '9') + "]}}"},
      {"spaces", std::string(4'000'000, ' ')},
  };
  for (const auto& [name, header] : bombs) {
    SCOPED_TRACE(name);
    const std::string bytes = makeSafetensors(header);
    const Limits limits;
    try {
      parseSafetensors(asBytes(bytes), "bomb");
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::BadFile);
    }
    limits.check();
  }
}

}  // namespace
}  // namespace gps::test
