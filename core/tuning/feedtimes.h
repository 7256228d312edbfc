#pragma once

namespace gps {

// How long an epoch waited for its pictures.
struct FeedTimes {
  double seconds = 0;             // of the epoch until it was fed, without pauses
  double loaderMilliseconds = 0;  // the host waited for decoded pictures
  double uploadMilliseconds = 0;  // the GPU stood still until an input was there; 0 on the CPU
};

}  // namespace gps
