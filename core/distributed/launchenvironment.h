#pragma once
// Who this process is among those that were started together, from the environment that torchrun or Slurm's srun sets.
#include <functional>
#include <optional>
#include <string>

namespace gps {

struct LaunchEnvironment {
  int rank = 0;            // 0 … size - 1
  int size = 1;            // processes, at least 1
  int localRank = 0;       // among those of this host; which GPU
  std::string masterHost;  // of rank 0
  int masterPort = 0;      // 1 … 65535
  bool hasStore = false;   // torchrun's agent serves the TCPStore there already; else rank 0 does
  int attempt = 0;         // how often that agent has started the ranks again; its store keeps what earlier ones left
};

// The value of an environment variable; nullopt when it is not set.
using VariableLookup = std::function<std::optional<std::string>(const char* name)>;

// nullopt: an ordinary run of one process.
//   torchrun  RANK, WORLD_SIZE, LOCAL_RANK (0 when it is not set), MASTER_ADDR, MASTER_PORT; TORCHELASTIC_USE_AGENT_STORE and
//             TORCHELASTIC_RESTART_COUNT where its agent serves the store. WORLD_SIZE=1 without RANK is an ordinary run.
//   srun      without RANK, in a job step of two tasks or more: SLURM_PROCID, SLURM_STEP_NUM_TASKS (or SLURM_NTASKS where SLURM_STEP_ID is
//             set), SLURM_LOCALID. MASTER_ADDR is by default the first host of SLURM_STEP_NODELIST or SLURM_JOB_NODELIST, MASTER_PORT a
//             number made of SLURM_JOB_ID and SLURM_STEP_ID. A batch script without srun, a task of an array and a step of one task are
//             ordinary runs.
// Throws Error(BadArgument) naming the variable.
std::optional<LaunchEnvironment> launchEnvironment(const VariableLookup& lookup);
std::optional<LaunchEnvironment> launchEnvironment();  // of this process

// The first host of a Slurm node list: "gpu[07-09,12],login" is "gpu07". nullopt when it cannot be read.
std::optional<std::string> firstHost(const std::string& nodeList);

}  // namespace gps
