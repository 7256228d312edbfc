#pragma once
// The processes that torchrun or srun started together, for a command that they share.
#include <memory>

#include "app/cli/command.h"
#include "core/distributed/agreement.h"
#include "core/values/runspec.h"

namespace gps::cli {

class Ranks {
 public:
  // Joins the others; does nothing where this process is alone. Throws as WorkGroup::join.
  explicit Ranks(const CommandContext& context);

  const Agreement& together() const { return m_together; }
  const WorkGroup* group() const { return m_group.get(); }
  bool isMain() const { return m_together.isMain(); }
  // Collective, before anything else touches a GPU: this rank takes the GPU of its place on the host, or its share of the cores. Throws
  // Error(Unavailable) on all ranks when only some have a GPU.
  void useDevice(const DeviceSpec& spec) const;

 private:
  int m_localRank = 0;
  std::unique_ptr<WorkGroup> m_group;
  Agreement m_together;
};

// Which GPUs a process may see (CUDA_VISIBLE_DEVICES) so that the first of them is its own: of the visible ones that at its local rank;
// one that is alone, as Slurm binds them, stays. visible: the variable, empty where it is not set.
std::string ownGpu(const std::string& visible, int localRank);

}  // namespace gps::cli
