#pragma once
// A pass that several processes share: each does whole batches (partition.h), all vote before each, one reduction ends it. Without a group,
// or with one of a single rank, the pass is an ordinary one and nothing here does anything.
#include "core/distributed/agreement.h"
#include "core/selection/pass/passstate.h"

namespace gps {

class PassSharing : public Agreement {
 public:
  // Error(BadArgument) for what needs the whole field in between: an early stop, a trace.
  PassSharing(const WorkGroup* group, const SelectionSpec& recipe);

  // Collective, before each batch: whether any rank has one left. Throws as Agreement::settle.
  bool goesOn(bool hasBatch) const { return isShared() ? any(hasBatch) : hasBatch; }
  // Collective: field becomes the sum over the ranks, and state what all did; the order of the ranks counts, not that in time.
  void reduce(const at::Tensor& field, PassState& state);
};

}  // namespace gps
