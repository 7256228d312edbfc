#pragma once
// The deltas of a run: the base values once, then those of every epoch, and beside them the averaged values where there are such.
#include <ATen/core/Tensor.h>

#include "core/checkpoints/deltafile.h"
#include "core/tuning/runwriter.h"
#include "core/tuning/step/flatstate.h"

namespace gps {

class RunDeltas {
 public:
  // frame: info, map and offsets of every delta. writer and set outlive this.
  RunDeltas(const RunWriter& writer, const TrainableSet& set, Delta frame);

  // base: [set.size()]; pictures: what the selection was made from.
  void writeBase(const at::Tensor& base, const std::vector<std::uint64_t>& pictures) const;
  void writeEpoch(const EpochRecord& record, const FlatState& state) const;
  // Adds what was measured again to the files of an epoch that was written.
  void writeAgain(const EpochRecord& record) const;
  // The flat values after an epoch, and the averaged ones: [set.size()] F32 on the CPU. Throws Error(NotFound, BadFile).
  at::Tensor valuesOf(int epoch) const;
  at::Tensor averagedValuesOf(int epoch) const;

 private:
  at::Tensor valuesIn(const std::string& path) const;
  Delta deltaOf(int epoch, const at::Tensor& values) const;

  const RunWriter& m_writer;
  const TrainableSet& m_set;
  Delta m_frame;
};

}  // namespace gps
