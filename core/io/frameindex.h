#pragma once
// What has been learnt about the frames of a video while it was read in order: their times and fingerprints of their pixels. Several
// readers of one file may share it; thread-safe. 16 bytes a frame.
#include <cstdint>
#include <mutex>
#include <vector>

namespace gps {

struct IndexedFrame {
  double seconds = 0;             // as the file says
  std::uint64_t fingerprint = 0;  // of the decoded pixels
  bool isTimed = true;            // false: the file says nothing, and `seconds` is an estimate; so it is of the last frames of H.264
};

class FrameIndex {
 public:
  // Frames come in order: another than the next one is known already and left alone.
  void add(int number, const IndexedFrame& frame);
  void end();                         // there are no more
  bool isComplete() const;            // the number of frames is known for certain
  int size() const;                   // frames known
  IndexedFrame at(int number) const;  // 0 … size() - 1
  // The frame of exactly this time, -1: none.
  int find(double seconds) const;
  // Only while times rise from frame to frame is a time the name of a frame. Frames without one may follow the others.
  bool isRising() const;

 private:
  mutable std::mutex m_mutex;
  std::vector<IndexedFrame> m_frames;
  bool m_isComplete = false, m_isRising = true, m_hasUntimed = false;
};

}  // namespace gps
