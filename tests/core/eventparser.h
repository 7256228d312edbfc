#pragma once
// A strict reader of event files, written from the format and not from our writer: every length, checksum, tag and wire type is looked at,
// and what the format does not allow is an error.
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace gps::test {

struct ReadHistogram {
  double min = 0, max = 0, num = 0, sum = 0, sumOfSquares = 0;
  std::vector<double> limits, counts;
};

struct ReadPicture {
  int width = 0, height = 0, colours = 0;
  std::string bytes;
};

struct ReadEvent {
  double wallTime = 0;
  std::int64_t step = 0;
  std::string fileVersion;
  bool isSessionStart = false;
  std::map<std::string, float> scalars;
  std::map<std::string, ReadHistogram> histograms;
  std::map<std::string, ReadPicture> pictures;
};

class EventParser {
 public:
  // Whole records only; isCut: there were bytes of another one behind them.
  static std::vector<ReadEvent> read(const std::string& path, bool* isCut = nullptr) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot open " + path);
    std::ostringstream text;
    text << in.rdbuf();
    const std::string bytes = text.str();
    std::vector<ReadEvent> events;
    std::size_t at = 0;
    if (isCut != nullptr) *isCut = false;
    while (at < bytes.size()) {
      const auto left = bytes.size() - at;
      const auto length = left >= 12 ? fixed<std::uint64_t>(bytes, at) : 0;
      if (left < 12 || left < 16 + length) {
        if (isCut == nullptr) throw std::runtime_error("the last record is cut short");
        *isCut = true;
        return events;
      }
      check(bytes.substr(at, 8), fixed<std::uint32_t>(bytes, at + 8));
      const auto data = bytes.substr(at + 12, length);
      check(data, fixed<std::uint32_t>(bytes, at + 12 + length));
      events.push_back(event(data));
      at += 16 + length;
    }
    return events;
  }

  // Bit by bit, unlike the table of the writer.
  static std::uint32_t crc32c(const std::string& bytes) {
    std::uint32_t crc = ~0U;
    for (const char c : bytes)
      for (int bit = 0; bit < 8; ++bit) {
        const auto in = (std::uint32_t(std::uint8_t(c)) >> bit) & 1U;
        crc = ((crc ^ in) & 1U) != 0 ? (crc >> 1) ^ 0x82F63B78U : crc >> 1;
      }
    return ~crc;
  }

 private:
  template <typename T>
  static T fixed(const std::string& bytes, std::size_t at) {
    if (at + sizeof(T) > bytes.size()) throw std::runtime_error("a number is cut short");
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  }
  static void check(const std::string& bytes, std::uint32_t masked) {
    const auto rotated = masked - 0xA282EAD8U;
    if (((rotated >> 17) | (rotated << 15)) != crc32c(bytes)) throw std::runtime_error("a checksum is wrong");
  }

  struct Field {
    int number = 0, wireType = 0;
    std::uint64_t varint = 0;
    double real = 0;
    float single = 0;
    std::string bytes;
  };

  static std::uint64_t varint(const std::string& bytes, std::size_t& at) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= bytes.size()) throw std::runtime_error("a varint is cut short");
      const auto byte = std::uint8_t(bytes[at++]);
      value |= std::uint64_t(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    throw std::runtime_error("a varint is too long");
  }

  static std::vector<Field> fields(const std::string& bytes) {
    std::vector<Field> all;
    std::size_t at = 0;
    while (at < bytes.size()) {
      const auto tag = varint(bytes, at);
      Field f;
      f.number = int(tag >> 3), f.wireType = int(tag & 7U);
      if (f.number == 0) throw std::runtime_error("field 0");
      switch (f.wireType) {
        case 0:
          f.varint = varint(bytes, at);
          break;
        case 1:
          f.real = fixed<double>(bytes, at), at += 8;
          break;
        case 2: {
          const auto length = varint(bytes, at);
          if (length > bytes.size() - at) throw std::runtime_error("bytes are cut short");
          f.bytes = bytes.substr(at, length), at += length;
          break;
        }
        case 5:
          f.single = fixed<float>(bytes, at), at += 4;
          break;
        default:
          throw std::runtime_error("wire type " + std::to_string(f.wireType));
      }
      all.push_back(std::move(f));
    }
    return all;
  }

  static void require(const Field& f, int wireType) {
    if (f.wireType != wireType)
      throw std::runtime_error("field " + std::to_string(f.number) + " has wire type " + std::to_string(f.wireType));
  }
  [[noreturn]] static void refuse(const char* message, int number) {
    throw std::runtime_error(std::string(message) + " has no field " + std::to_string(number) + " here");
  }

  static std::vector<double> packed(const std::string& bytes) {
    if (bytes.size() % 8 != 0) throw std::runtime_error("packed doubles of odd length");
    std::vector<double> values(bytes.size() / 8);
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }

  static ReadHistogram histogram(const std::string& bytes) {
    ReadHistogram h;
    double* const numbers[] = {&h.min, &h.max, &h.num, &h.sum, &h.sumOfSquares};
    for (const auto& f : fields(bytes)) {
      if (f.number >= 1 && f.number <= 5) {
        require(f, 1);
        *numbers[f.number - 1] = f.real;
      } else if (f.number == 6 || f.number == 7) {
        require(f, 2);
        (f.number == 6 ? h.limits : h.counts) = packed(f.bytes);
      } else {
        refuse("HistogramProto", f.number);
      }
    }
    if (h.limits.size() != h.counts.size()) throw std::runtime_error("a histogram with unequal buckets");
    return h;
  }

  static ReadPicture picture(const std::string& bytes) {
    ReadPicture p;
    int* const numbers[] = {&p.height, &p.width, &p.colours};
    for (const auto& f : fields(bytes)) {
      if (f.number >= 1 && f.number <= 3) {
        require(f, 0);
        *numbers[f.number - 1] = int(f.varint);
      } else if (f.number == 4) {
        require(f, 2);
        p.bytes = f.bytes;
      } else {
        refuse("Summary.Image", f.number);
      }
    }
    return p;
  }

  static void summary(const std::string& bytes, ReadEvent& event) {
    for (const auto& f : fields(bytes)) {
      if (f.number != 1) refuse("Summary", f.number);
      require(f, 2);
      std::string tag;
      bool hasScalar = false, hasHistogram = false, hasPicture = false;
      float scalar = 0;
      ReadHistogram h;
      ReadPicture shown;
      for (const auto& v : fields(f.bytes)) {
        if (v.number == 1) {
          require(v, 2);
          tag = v.bytes;
        } else if (v.number == 2) {
          require(v, 5);
          scalar = v.single, hasScalar = true;
        } else if (v.number == 4) {
          require(v, 2);
          shown = picture(v.bytes), hasPicture = true;
        } else if (v.number == 5) {
          require(v, 2);
          h = histogram(v.bytes), hasHistogram = true;
        } else {
          refuse("Summary.Value", v.number);
        }
      }
      if (tag.empty() || int(hasScalar) + int(hasHistogram) + int(hasPicture) != 1)
        throw std::runtime_error("a value without tag or content");
      if (hasScalar) event.scalars[tag] = scalar;
      if (hasHistogram) event.histograms[tag] = h;
      if (hasPicture) event.pictures[tag] = shown;
    }
  }

  static ReadEvent event(const std::string& bytes) {
    ReadEvent e;
    for (const auto& f : fields(bytes)) {
      switch (f.number) {
        case 1:
          require(f, 1);
          e.wallTime = f.real;
          break;
        case 2:
          require(f, 0);
          e.step = std::int64_t(f.varint);
          break;
        case 3:
          require(f, 2);
          e.fileVersion = f.bytes;
          break;
        case 5:
          require(f, 2);
          summary(f.bytes, e);
          break;
        case 7: {
          require(f, 2);
          for (const auto& s : fields(f.bytes))
            if (s.number == 1 && s.varint == 1) e.isSessionStart = true;
          break;
        }
        default:
          refuse("Event", f.number);
      }
    }
    if (!(e.wallTime > 1e9)) throw std::runtime_error("an event without time");
    return e;
  }
};

}  // namespace gps::test
