#pragma once
// How soon a gradient pass knows what it will choose.

namespace gps {

struct SnapshotAgreement {
  int batches = 0, images = 0;  // summed up to here
  double withHalf = -1;         // Jaccard of the selection now and at half as many batches; -1: there is no half
  double withFinal = -1;        // Jaccard with the selection at the end of the pass; -1: not asked for
};

}  // namespace gps
