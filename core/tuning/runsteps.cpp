#include "core/tuning/runsteps.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>

#include "core/tuning/eventfile.h"

namespace gps {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLongestRecord = 64 << 20;

// One field of a protobuf message. Reading past the end leaves `isWhole` false.
class Fields {
 public:
  explicit Fields(std::string_view message) : m_bytes(message) {}

  int number = 0;
  std::uint64_t integer = 0;
  double real = 0;
  float single = 0;
  std::string_view bytes;

  // False: no more fields, or not what the format allows.
  bool next() {
    if (m_at >= m_bytes.size()) return false;
    std::uint64_t tag = 0;
    if (!varint(tag)) return false;
    number = int(tag >> 3);
    switch (tag & 7U) {
      case 0:
        return varint(integer);
      case 1:
        return fixed(real);
      case 2: {
        std::uint64_t length = 0;
        if (!varint(length) || length > m_bytes.size() - m_at) return false;
        bytes = m_bytes.substr(m_at, length);
        m_at += length;
        return true;
      }
      case 5:
        return fixed(single);
      default:
        return false;
    }
  }

 private:
  bool varint(std::uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 64 && m_at < m_bytes.size(); shift += 7) {
      const auto byte = std::uint8_t(m_bytes[m_at++]);
      value |= std::uint64_t(byte & 0x7FU) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }
  template <typename T>
  bool fixed(T& value) {
    if (sizeof value > m_bytes.size() - m_at) return false;
    std::memcpy(&value, m_bytes.data() + m_at, sizeof value);
    m_at += sizeof value;
    return true;
  }
  std::string_view m_bytes;
  std::size_t m_at = 0;
};

struct Event {
  std::int64_t step = 0;
  bool isStart = false;
  std::optional<float> loss, learningRate, epoch;
};

void readValue(std::string_view bytes, Event& event) {
  std::string_view tag;
  std::optional<float> scalar;
  for (Fields f(bytes); f.next();) {
    if (f.number == 1) tag = f.bytes;
    if (f.number == 2) scalar = f.single;
  }
  if (tag == "train/loss") event.loss = scalar;
  if (tag == "train/learning_rate") event.learningRate = scalar;
  if (tag == "epoch/number") event.epoch = scalar;
}

Event eventOf(std::string_view bytes) {
  Event event;
  for (Fields f(bytes); f.next();) {
    if (f.number == 2) event.step = std::int64_t(f.integer);
    if (f.number == 5)
      for (Fields v(f.bytes); v.next();)
        if (v.number == 1) readValue(v.bytes, event);
    if (f.number == 7)
      for (Fields v(f.bytes); v.next();) event.isStart = event.isStart || (v.number == 1 && v.integer == 1);
  }
  return event;
}

bool readRecord(std::ifstream& in, std::string& data) {
  std::string head(8, '\0');
  std::uint32_t headCheck = 0, dataCheck = 0;
  if (!in.read(head.data(), 8) || !in.read(reinterpret_cast<char*>(&headCheck), 4) || maskedCrc32c(head) != headCheck) return false;
  std::uint64_t length = 0;
  std::memcpy(&length, head.data(), 8);
  if (length > kLongestRecord) return false;
  data.resize(length);
  return in.read(data.data(), std::streamsize(length)) && in.read(reinterpret_cast<char*>(&dataCheck), 4) &&
         maskedCrc32c(data) == dataCheck;
}

}  // namespace

std::vector<StepPoint> readRunSteps(const std::string& runFolder) {
  std::vector<std::string> files;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(runFolder, failed))
    if (entry.path().filename().string().starts_with("events.out.tfevents.")) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::vector<StepPoint> steps;
  double stepsPerEpoch = std::numeric_limits<double>::quiet_NaN();
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    for (std::string record; readRecord(in, record);) {
      const Event event = eventOf(record);
      const bool isStep = event.loss && event.learningRate;
      if (event.isStart || isStep)
        while (!steps.empty() && steps.back().step >= event.step) steps.pop_back();
      if (isStep) steps.push_back({event.step, 0, double(*event.loss), double(*event.learningRate)});
      if (event.epoch && *event.epoch > 0 && event.step > 0) stepsPerEpoch = double(event.step) / double(*event.epoch);
    }
  }
  for (auto& step : steps) step.epoch = double(step.step) / stepsPerEpoch;
  return steps;
}

}  // namespace gps
