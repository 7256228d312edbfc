#pragma once
// One number for every entry of the matrix region, on the host or on the device it was computed on. Cheap to copy; never changed.
#include <cstdint>
#include <memory>
#include <vector>

namespace gps {

struct ScoreStorage;  // scoretensor.h

class Scores {
 public:
  Scores() = default;
  // [matrixSize], padding 0.
  explicit Scores(std::vector<float> values);
  explicit Scores(std::shared_ptr<ScoreStorage> storage) : m_storage(std::move(storage)) {}

  bool isEmpty() const { return m_storage == nullptr; }
  std::int64_t size() const;
  bool isOnDevice() const;
  // The values on the host; copied there once when they are on a device. Not from two threads at once.
  const float* host() const;
  std::vector<float> copy() const { return {host(), host() + size()}; }
  const ScoreStorage& storage() const { return *m_storage; }

 private:
  std::shared_ptr<ScoreStorage> m_storage;
};

}  // namespace gps
