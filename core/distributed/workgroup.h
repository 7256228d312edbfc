#pragma once
// The processes of a distributed run, joined: LibTorch's c10d, Gloo for tensors on the CPU and everything that is no tensor, NCCL for CUDA
// tensors. Every call is collective: all ranks make the same calls in the same order, each blocks until all have. One thread at a time.
//
// A rank that is lost (killed, its host gone, out of time) makes the call of every other throw Error(Io) with c10d's reason and the remedy;
// the group is broken from then on and every later call throws at once. A rank whose process ends is noticed at once, one that is only
// silent after the timeout.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/distributed/launchenvironment.h"

namespace at {
class Tensor;
}

namespace gps {

// What a rank knows at a point where all must agree; the largest of all counts.
enum class Vote {
  Done,    // nothing left to do here
  GoOn,    // more work is waiting
  Stop,    // asked to stop
  Failed,  // about to throw
};

struct WorkGroupOptions {
  int cudaDevice = -1;                  // the GPU of this rank for CUDA tensors; -1: only tensors on the CPU
  std::chrono::seconds joining{300};    // until all ranks must have come
  std::chrono::seconds patience{1800};  // for the slowest rank in one call, at least 1 s
};

class WorkGroup {
 public:
  static constexpr std::size_t kSumsUnderWay = 2;

  // Rendezvous by TCPStore, which rank 0 or torchrun's agent serves on the master port, then a start-up self-test of every backend. A group
  // whose master is a loopback address stays on the loopback interface; otherwise GLOO_SOCKET_IFNAME and NCCL_SOCKET_IFNAME choose the
  // network, by default it is that of the host's name. Throws Error(Unavailable) when the build lacks a backend or a self-test fails,
  // Error(Io) when the ranks do not find each other.
  static std::unique_ptr<WorkGroup> join(const LaunchEnvironment& who, const WorkGroupOptions& options = {});
  // Collective, once: CUDA tensors too from now on. -1: this rank has no GPU; nothing changes where none has. Throws as join(), and
  // Error(Unavailable) on all ranks when only some have one.
  void useGpu(int cudaDevice) const;
  ~WorkGroup();
  WorkGroup(const WorkGroup&) = delete;
  WorkGroup& operator=(const WorkGroup&) = delete;

  int rank() const;
  int size() const;
  bool isMain() const { return rank() == 0; }
  int ranksOnHost() const;  // this one among them

  // Sum over the ranks, in place. Dense, of the same type and size on all; fp32, fp64 or int64. The order of summation depends on sizes and
  // ranks only: every rank gets the same bits, and the same run gets them again.
  void sum(const at::Tensor& tensor) const;
  // The same for a CUDA tensor, but only the current stream waits, so the host can queue what comes behind: at most kSumsUnderWay are, and
  // the call waits for older ones. A rank that is lost meanwhile shows in a later call. Before the host waits for the device it calls
  // finishSums: behind a lost rank the device would never end.
  void queueSum(const at::Tensor& tensor) const;
  void finishSums() const;
  // Rank 0's values, in place. Dense, any type.
  void broadcast(const at::Tensor& tensor) const;
  std::string broadcast(const std::string& bytes) const;
  // Everybody's bytes in the order of the ranks.
  std::vector<std::string> gather(const std::string& bytes) const;
  Vote agree(Vote mine) const;
  // Stop or Failed once a vote has said so, Failed once a rank is lost; else Done.
  Vote end() const;
  void barrier() const;

  // Bytes this rank has handed to sums so far; what travels is up to twice that (ring: 2 (size - 1) / size).
  std::int64_t summedBytes() const;

 private:
  struct State;
  template <typename F>
  static void connected(const State& state, F&& work);
  explicit WorkGroup(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace gps
