#include "core/tuning/eventfile.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>

#include "core/values/error.h"

namespace gps {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "events.out.tfevents.";

constexpr std::array<std::uint32_t, 256> makeCrcTable() {
  constexpr std::uint32_t kReversedCastagnoli = 0x82F63B78U;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1U) != 0 ? (c >> 1) ^ kReversedCastagnoli : c >> 1;
    table[i] = c;
  }
  return table;
}
constexpr auto kCrcTable = makeCrcTable();

// Protobuf's wire format, as far as Event needs it; all numbers little-endian.
class Message {
 public:
  void addDouble(int field, double value) {
    addTag(field, 1);
    addFixed(value);
  }
  void addFloat(int field, float value) {
    addTag(field, 5);
    addFixed(value);
  }
  void addInt(int field, std::int64_t value) {
    addTag(field, 0);
    addVarint(std::uint64_t(value));
  }
  void addBytes(int field, const std::string& value) {
    addTag(field, 2);
    addVarint(value.size());
    m_bytes += value;
  }
  void addPacked(int field, const std::vector<double>& values) {
    std::string packed;
    for (const double v : values) append(packed, v);
    addBytes(field, packed);
  }
  const std::string& bytes() const { return m_bytes; }

  template <typename T>
  static void append(std::string& bytes, T value) {
    std::array<char, sizeof value> raw;
    std::memcpy(raw.data(), &value, sizeof value);
    bytes.append(raw.data(), raw.size());
  }

 private:
  void addTag(int field, int wireType) { addVarint(std::uint64_t(field) << 3 | std::uint64_t(wireType)); }
  void addVarint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) m_bytes += char((value & 0x7F) | 0x80);
    m_bytes += char(value);
  }
  template <typename T>
  void addFixed(T value) {
    append(m_bytes, value);
  }
  std::string m_bytes;
};

// Fields of tensorflow.Event, Summary, Summary.Value, Summary.Image, HistogramProto and SessionLog.
namespace event {
constexpr int kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7;
}
namespace summary {
constexpr int kValue = 1;
}
namespace value {
constexpr int kTag = 1, kSimpleValue = 2, kImage = 4, kHistogram = 5;
}
namespace image {
constexpr int kHeight = 1, kWidth = 2, kColours = 3, kBytes = 4;
}
namespace histogram {
constexpr int kMin = 1, kMax = 2, kNum = 3, kSum = 4, kSumOfSquares = 5, kLimits = 6, kCounts = 7;
}
namespace sessionlog {
constexpr int kStatus = 1, kStart = 1;
}

Message newEvent() {
  Message message;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  message.addDouble(event::kWallTime, std::chrono::duration<double>(now).count());
  return message;
}

Message newEvent(std::int64_t step) {
  auto message = newEvent();
  message.addInt(event::kStep, step);
  return message;
}

std::string framed(const std::string& data) {
  std::string length;
  Message::append(length, std::uint64_t(data.size()));
  std::string record = length;
  Message::append(record, maskedCrc32c(length));
  record += data;
  Message::append(record, maskedCrc32c(data));
  return record;
}

// TensorBoard reads the files of a folder by name.
long long secondsBehind(const std::string& folder) {
  long long seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::error_code ignored;
  for (const auto& item : fs::directory_iterator(folder, ignored)) {
    const auto name = item.path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    long long other = 0;
    const auto* begin = name.data() + kPrefix.size();
    if (std::from_chars(begin, name.data() + name.size(), other).ec == std::errc()) seconds = std::max(seconds, other + 1);
  }
  return seconds;
}

std::string newPath(const std::string& folder) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0 || host[0] == '\0') std::strcpy(host.data(), "host");
  std::array<char, 24> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%010lld", secondsBehind(folder));
  return folder + "/" + std::string(kPrefix) + seconds.data() + "." + host.data() + "." + std::to_string(::getpid());
}

[[noreturn]] void fail(const std::string& path, int cause) {
  throw Error(ErrorCode::Io, path, std::string("could not be written: ") + std::strerror(cause), "Free some disk space");
}

}  // namespace

std::uint32_t crc32c(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) crc = kCrcTable[(crc ^ std::uint8_t(byte)) & 0xFFU] ^ (crc >> 8);
  return crc ^ 0xFFFFFFFFU;
}

std::uint32_t maskedCrc32c(const std::string& bytes) {
  const auto crc = crc32c(bytes);
  return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U;
}

Histogram histogramOf(const float* values, std::size_t count, int buckets) {
  Histogram h;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::size_t i = 0; i < count; ++i) {
    const double v = values[i];
    if (!std::isfinite(v)) continue;
    low = std::min(low, v), high = std::max(high, v);
    h.sum += v, h.sumOfSquares += v * v, h.count += 1;
  }
  if (h.count == 0) return h;
  h.min = low, h.max = high;
  if (low == high) buckets = 1;
  const double width = low == high ? 1 : (high - low) / buckets;
  for (int b = 1; b < buckets; ++b) h.limits.push_back(low + b * width);
  h.limits.push_back(high);
  h.counts.assign(std::size_t(buckets), 0);
  for (std::size_t i = 0; i < count; ++i)
    if (std::isfinite(values[i])) h.counts[std::size_t(std::min(double(buckets - 1), (values[i] - low) / width))] += 1;
  return h;
}

EventFile::EventFile(const std::string& folder, std::int64_t firstStep) : m_path(newPath(folder)) {
  m_fd = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
  if (m_fd < 0) fail(m_path, errno);
  auto version = newEvent();
  version.addBytes(event::kFileVersion, "brain.Event:2");
  add(version.bytes());
  Message start;
  start.addInt(sessionlog::kStatus, sessionlog::kStart);
  auto message = newEvent(firstStep);
  message.addBytes(event::kSessionLog, start.bytes());
  add(message.bytes());
}

EventFile::~EventFile() {
  if (m_fd >= 0) ::close(m_fd);
}

void EventFile::addScalars(std::int64_t step, const Scalars& scalars) {
  Message all;
  for (const auto& [tag, number] : scalars) {
    Message one;
    one.addBytes(value::kTag, tag);
    one.addFloat(value::kSimpleValue, float(number));
    all.addBytes(summary::kValue, one.bytes());
  }
  auto message = newEvent(step);
  message.addBytes(event::kSummary, all.bytes());
  add(message.bytes());
}

void EventFile::addHistogram(std::int64_t step, const std::string& tag, const Histogram& h) {
  if (h.limits.empty()) return;
  Message buckets;
  buckets.addDouble(histogram::kMin, h.min);
  buckets.addDouble(histogram::kMax, h.max);
  buckets.addDouble(histogram::kNum, h.count);
  buckets.addDouble(histogram::kSum, h.sum);
  buckets.addDouble(histogram::kSumOfSquares, h.sumOfSquares);
  buckets.addPacked(histogram::kLimits, h.limits);
  buckets.addPacked(histogram::kCounts, h.counts);
  Message one, all;
  one.addBytes(value::kTag, tag);
  one.addBytes(value::kHistogram, buckets.bytes());
  all.addBytes(summary::kValue, one.bytes());
  auto message = newEvent(step);
  message.addBytes(event::kSummary, all.bytes());
  add(message.bytes());
}

void EventFile::addPicture(std::int64_t step, const std::string& tag, const CompressedPicture& picture) {
  constexpr int kRgb = 3;
  Message shown;
  shown.addInt(image::kHeight, picture.height);
  shown.addInt(image::kWidth, picture.width);
  shown.addInt(image::kColours, kRgb);
  shown.addBytes(image::kBytes, picture.bytes);
  Message one, all;
  one.addBytes(value::kTag, tag);
  one.addBytes(value::kImage, shown.bytes());
  all.addBytes(summary::kValue, one.bytes());
  auto message = newEvent(step);
  message.addBytes(event::kSummary, all.bytes());
  add(message.bytes());
}

void EventFile::add(const std::string& data) {
  const auto record = framed(data);
  const auto before = ::lseek(m_fd, 0, SEEK_END);
  std::size_t done = 0;
  while (done < record.size()) {
    const auto n = ::write(m_fd, record.data() + done, record.size() - done);
    if (n >= 0) {
      done += std::size_t(n);
    } else if (errno != EINTR) {
      const int cause = errno;
      if (before >= 0 && ::ftruncate(m_fd, before) != 0) fail(m_path, errno);
      fail(m_path, cause);
    }
  }
}

}  // namespace gps
