#pragma once
// A TensorBoard event file: TFRecord frames around protobuf messages of type Event, file version brain.Event:2. Only what a run writes:
// scalars, histograms and pictures.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/values/compressedpicture.h"

namespace gps {

struct Histogram {
  double min = 0, max = 0, count = 0, sum = 0, sumOfSquares = 0;
  std::vector<double> limits, counts;  // upper limits of the buckets, ascending; as many counts
};
// In equal buckets from the smallest to the largest finite value; others are left out. Nothing finite: no bucket.
Histogram histogramOf(const float* values, std::size_t count, int buckets = 64);

using Scalars = std::vector<std::pair<std::string, double>>;  // tag and value

class EventFile {
 public:
  // Makes FOLDER/events.out.tfevents.SECONDS.HOST.PID, named so that it sorts behind those that are there. firstStep: what older files
  // tell of it and of later steps is void. Error(Io).
  EventFile(const std::string& folder, std::int64_t firstStep);
  ~EventFile();
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;

  // Each call adds one whole record: a killed process leaves at most its last one cut short. Not synced. Error(Io), with the file as it
  // was.
  void addScalars(std::int64_t step, const Scalars& scalars);
  void addHistogram(std::int64_t step, const std::string& tag, const Histogram& histogram);
  void addPicture(std::int64_t step, const std::string& tag, const CompressedPicture& picture);

  const std::string& path() const { return m_path; }

 private:
  void add(const std::string& event);
  std::string m_path;
  int m_fd = -1;
};

// CRC-32C (Castagnoli), and as TFRecord writes it.
std::uint32_t crc32c(const std::string& bytes);
std::uint32_t maskedCrc32c(const std::string& bytes);

}  // namespace gps
