#include "core/distributed/workgroup.h"

#include <ATen/ATen.h>
#include <unistd.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <exception>
#include <thread>

#include "core/distributed/backends.h"
#include "core/distributed/rankwatch.h"
#include "core/distributed/selftest.h"
#include "core/values/error.h"

namespace gps {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kBeyondAnyRun = std::chrono::hours(24 * 365);
constexpr const char* kSubject = "distributed run";
constexpr const char* kResume = "See what the other ranks said; then start all ranks again with --resume";

// The first line, without the place in c10d's or Gloo's sources.
std::string reasonOf(const std::exception& e) {
  const auto* torch = dynamic_cast<const c10::Error*>(&e);
  std::string text = torch ? torch->what_without_backtrace() : e.what();
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.front() == '[' && text.find("] ") != std::string::npos) text.erase(0, text.find("] ") + 2);
  return text;
}

std::string hostName() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

std::string loopbackOf(const std::string& host) {
  if (host == "::1") return host;
  return host == "localhost" || host.starts_with("127.") ? "127.0.0.1" : std::string();
}

c10::intrusive_ptr<c10d::Store> meet(const LaunchEnvironment& who, const WorkGroupOptions& options) {
  c10d::TCPStoreOptions store;
  store.port = std::uint16_t(who.masterPort);
  store.isServer = who.rank == 0 && !who.hasStore;
  store.numWorkers = std::size_t(who.size);
  store.timeout = options.joining;
  try {
    return c10::make_intrusive<c10d::TCPStore>(who.masterHost, store);
  } catch (const std::exception& e) {
    throw Error(ErrorCode::Io, kSubject,
                "rank " + std::to_string(who.rank) + " of " + std::to_string(who.size) + " did not meet the others at " + who.masterHost +
                    ":" + std::to_string(who.masterPort) + ": " + reasonOf(e),
                "Start all " + std::to_string(who.size) + " ranks, with the same MASTER_ADDR and a MASTER_PORT that is free on that host");
  }
}

}  // namespace

struct WorkGroup::State {
  LaunchEnvironment who;
  WorkGroupOptions options;
  milliseconds patience{0};
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::Backend> host, device;
  std::unique_ptr<RankWatch> watch;  // where there is a device
  int ranksOnHost = 1;
  std::string brokenBy;
  Vote end = Vote::Done;
  std::int64_t summedBytes = 0;
  std::deque<c10::intrusive_ptr<c10d::Work>> queued;  // sums that only a stream waits for

  BackendRequest request(const char* name, milliseconds timeout) const {
    const auto prefix = who.attempt > 0 ? "attempt" + std::to_string(who.attempt) + "/" + name : std::string(name);
    return {c10::make_intrusive<c10d::PrefixStore>(prefix, store), who.rank, who.size, timeout, loopbackOf(who.masterHost)};
  }

  c10d::Backend& backendOf(const at::Tensor& tensor) const {
    if (!tensor.is_cuda()) return *host;
    if (!device) throw Error(ErrorCode::Internal, kSubject, "a CUDA tensor in a group without a GPU");
    return *device;
  }

  void finishOnHost(c10d::Work& work) const { work.wait(); }

  // WorkNCCL's own wait only orders streams, and a kernel whose peer is lost never ends.
  void finishOnDevice(c10d::Work& work) const {
    const auto begin = Clock::now();
    while (!work.isCompleted()) {
      if (watch && watch->hasLostOne()) throw std::runtime_error("another rank has failed or its process has ended");
      if (Clock::now() - begin > patience) throw std::runtime_error("no answer within " + std::to_string(patience.count() / 1000) + " s");
      std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
    if (const auto failure = work.exception()) std::rethrow_exception(failure);
  }

  void requireWhole() const {
    if (!brokenBy.empty()) throw Error(ErrorCode::Io, kSubject, brokenBy, kResume);
  }

  // A failure breaks the group and closes its connections, so that the ranks waiting for this one fail too.
  template <typename F>
  void guarded(const char* doing, F&& work) {
    try {
      work();
    } catch (const std::exception& e) {
      brokenBy = "rank " + std::to_string(who.rank) + " of " + std::to_string(who.size) + " lost contact " + doing + ": " + reasonOf(e);
      end = Vote::Failed;
      close();
      throw Error(ErrorCode::Io, kSubject, brokenBy, kResume);
    }
  }

  template <typename F>
  void run(const char* doing, const at::Tensor& tensor, F&& start) {
    requireWhole();
    auto& backend = backendOf(tensor);
    guarded(doing, [&] {
      std::vector<at::Tensor> tensors{tensor};
      const auto work = start(backend, tensors);
      tensor.is_cuda() ? finishOnDevice(*work) : finishOnHost(*work);
    });
  }

  void reduce(const char* doing, const at::Tensor& tensor, c10d::ReduceOp::RedOpType operation = c10d::ReduceOp::SUM) {
    run(doing, tensor, [&](c10d::Backend& backend, std::vector<at::Tensor>& tensors) { return allreduce(backend, tensors, operation); });
  }

  static c10::intrusive_ptr<c10d::Work> allreduce(c10d::Backend& backend, std::vector<at::Tensor>& tensors,
                                                  c10d::ReduceOp::RedOpType operation) {
    c10d::AllreduceOptions options;
    options.reduceOp = operation;
    return backend.allreduce(tensors, options);
  }

  void queueSum(const at::Tensor& tensor) {
    requireWhole();
    auto& backend = backendOf(tensor);
    guarded("in a sum", [&] {
      std::vector<at::Tensor> tensors{tensor};
      queued.push_back(allreduce(backend, tensors, c10d::ReduceOp::SUM));
      queued.back()->wait();  // of NCCL: the current stream does
    });
  }

  void finishSums(std::size_t underWay) {
    requireWhole();
    guarded("in a sum", [&] {
      for (; queued.size() > underWay; queued.pop_front()) finishOnDevice(*queued.front());
    });
  }

  // What is queued there ends, whether the others take part or not.
  void leaveDevice() {
    watch.reset();
    if (device) device->abort();
    queued.clear();
    device.reset();
  }

  void close() {
    leaveDevice();
    host.reset();
    store.reset();
  }
};

// What makes a backend and tests it.
template <typename F>
void WorkGroup::connected(const State& state, F&& work) {
  try {
    work();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {
    throw Error(ErrorCode::Io, kSubject, "the " + std::to_string(state.who.size) + " ranks could not be connected: " + reasonOf(e),
                "Check that the hosts reach each other; GLOO_SOCKET_IFNAME and NCCL_SOCKET_IFNAME name the network interface to use");
  }
}

WorkGroup::WorkGroup(std::unique_ptr<State> state) : m_state(std::move(state)) {}

WorkGroup::~WorkGroup() {
  const auto attempt = [](auto&& part) {
    try {
      part();
    } catch (const std::exception&) {  // a peer is gone already: nothing is lost by it any more
    }
  };
  attempt([&] {
    if (m_state->watch) m_state->watch->sayFarewell();
  });
  attempt([&] {
    if (m_state->device) m_state->device->shutdown();
  });
}

std::unique_ptr<WorkGroup> WorkGroup::join(const LaunchEnvironment& who, const WorkGroupOptions& options) {
  if (who.size < 1 || who.rank < 0 || who.rank >= who.size)
    throw Error(ErrorCode::BadArgument, "rank", std::to_string(who.rank) + " is not in a group of " + std::to_string(who.size));
  requireGloo();
  auto state = std::make_unique<State>();
  state->who = who;
  state->options = options;
  state->patience = options.joining;
  state->store = meet(who, options);
  connected(*state, [&] {
    state->host = makeGlooBackend(state->request("gloo", options.joining));
    testSum(*state->host, at::kCPU, "Gloo", [&](c10d::Work& work) { state->finishOnHost(work); });
    state->host->setTimeout(options.patience);
  });
  state->patience = options.patience;
  std::unique_ptr<WorkGroup> group(new WorkGroup(std::move(state)));
  const auto hosts = group->gather(hostName());
  group->m_state->ranksOnHost = int(std::count(hosts.begin(), hosts.end(), hostName()));
  if (options.cudaDevice >= 0) group->useGpu(options.cudaDevice);
  return group;
}

void WorkGroup::useGpu(int cudaDevice) const {
  auto& state = *m_state;
  // NCCL would wait for ever for a rank without a GPU.
  const auto gpus = at::full({1}, std::int64_t(cudaDevice >= 0), at::kLong);
  state.reduce("comparing devices", gpus);
  const auto count = gpus.item<std::int64_t>();
  if (count == 0) return;
  if (count != size())
    throw Error(ErrorCode::Unavailable, kSubject, "only " + std::to_string(count) + " of " + std::to_string(size()) + " ranks have a GPU",
                "Give every rank one (see nvidia-smi on each host), or start all with --device cpu");
  requireNccl();
  state.patience = state.options.joining;
  connected(state, [&] {
    if (size() > 1) state.watch = std::make_unique<RankWatch>(makeGlooBackend(state.request("watch", kBeyondAnyRun)));
    state.device = makeNcclBackend(state.request("nccl", state.options.patience));
    testSum(*state.device, at::Device(at::kCUDA, at::DeviceIndex(cudaDevice)), "NCCL",
            [&](c10d::Work& work) { state.finishOnDevice(work); });
  });
  state.patience = state.options.patience;
}

int WorkGroup::rank() const { return m_state->who.rank; }
int WorkGroup::size() const { return m_state->who.size; }
int WorkGroup::ranksOnHost() const { return m_state->ranksOnHost; }
std::int64_t WorkGroup::summedBytes() const { return m_state->summedBytes; }

void WorkGroup::sum(const at::Tensor& tensor) const {
  if (!tensor.is_contiguous()) throw Error(ErrorCode::Internal, kSubject, "a sum of a tensor with gaps");
  m_state->reduce("in a sum", tensor);
  m_state->summedBytes += std::int64_t(tensor.nbytes());
}

void WorkGroup::queueSum(const at::Tensor& tensor) const {
  if (!tensor.is_cuda()) return sum(tensor);
  if (!tensor.is_contiguous()) throw Error(ErrorCode::Internal, kSubject, "a sum of a tensor with gaps");
  m_state->queueSum(tensor);
  m_state->summedBytes += std::int64_t(tensor.nbytes());
  m_state->finishSums(kSumsUnderWay);
}

void WorkGroup::finishSums() const { m_state->finishSums(0); }

void WorkGroup::broadcast(const at::Tensor& tensor) const {
  if (!tensor.is_contiguous()) throw Error(ErrorCode::Internal, kSubject, "a broadcast of a tensor with gaps");
  m_state->run("in a broadcast", tensor,
               [](c10d::Backend& backend, std::vector<at::Tensor>& tensors) { return backend.broadcast(tensors); });
}

std::string WorkGroup::broadcast(const std::string& bytes) const {
  const auto length = at::full({1}, std::int64_t(bytes.size()), at::kLong);
  broadcast(length);
  auto content = at::empty({length.item<std::int64_t>()}, at::kByte);
  if (content.numel() == 0) return {};
  if (isMain()) std::memcpy(content.data_ptr(), bytes.data(), bytes.size());
  broadcast(content);
  return {static_cast<const char*>(content.const_data_ptr()), std::size_t(content.numel())};
}

std::vector<std::string> WorkGroup::gather(const std::string& bytes) const {
  const auto lengths = at::zeros({size()}, at::kLong);
  lengths[rank()].fill_(std::int64_t(bytes.size()));
  m_state->reduce("gathering", lengths);
  const auto* length = lengths.const_data_ptr<std::int64_t>();
  // Every rank fills in its own section, the others are zero there.
  const auto all = at::zeros({lengths.sum().item<std::int64_t>()}, at::kByte);
  auto* begin = static_cast<char*>(all.data_ptr());
  std::int64_t at = 0;
  for (int r = 0; r < rank(); ++r) at += length[r];
  std::memcpy(begin + at, bytes.data(), bytes.size());
  if (all.numel() > 0) m_state->reduce("gathering", all);
  std::vector<std::string> result;
  for (int r = 0; r < size(); begin += length[r++]) result.emplace_back(begin, std::size_t(length[r]));
  return result;
}

Vote WorkGroup::agree(Vote mine) const {
  if (mine == Vote::Failed) m_state->watch.reset();  // the others may be waiting for a GPU that will not answer any more
  const auto vote = at::full({1}, std::int64_t(mine), at::kLong);
  m_state->reduce("waiting for the other ranks", vote, c10d::ReduceOp::MAX);
  const auto result = Vote(vote.item<std::int64_t>());
  if (result >= Vote::Stop) m_state->end = std::max(m_state->end, result);
  if (result == Vote::Failed) m_state->leaveDevice();
  return result;
}

Vote WorkGroup::end() const { return m_state->end; }

void WorkGroup::barrier() const { agree(Vote::Done); }

}  // namespace gps
