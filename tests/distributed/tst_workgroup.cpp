// A group of real processes on the loopback interface: what it computes, and how it ends when a rank is lost.
#include "core/distributed/workgroup.h"

#include <ATen/ATen.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <signal.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "core/distributed/backends.h"
#include "core/distributed/rankwatch.h"
#include "core/distributed/selftest.h"
#include "core/values/error.h"
#include "tests/distributed/ranks.h"
#include "tests/support/expecterror.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

std::unique_ptr<WorkGroup> joined(WorkGroupOptions options = {}) { return WorkGroup::join(launchEnvironment().value(), options); }

at::Tensor valuesOf(int rank, std::int64_t count, at::ScalarType type) {
  return (at::arange(count, at::kDouble) * (rank + 2.0)).sin().mul(1 + 1e3 * rank).to(type);
}

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("not so: ") + what);
}

std::string bytesOf(const at::Tensor& tensor) { return {static_cast<const char*>(tensor.const_data_ptr()), std::size_t(tensor.nbytes())}; }

std::string textOf(int rank) { return std::string(std::size_t(rank * 3), char('a' + rank)) + std::string("\0\xff", 2); }

// Does everything a group can; leaves the sums at FOLDER/sum.RANK.
int collect(const Arguments& arguments) {
  const auto group = joined();
  std::string sums;
  for (const auto type : {at::kDouble, at::kFloat, at::kLong})
    for (const std::int64_t count : {std::int64_t(1), std::int64_t(7), std::int64_t(100003)}) {
      auto tensor = valuesOf(group->rank(), count, type);
      group->sum(tensor);
      sums += bytesOf(tensor);
    }
  require(group->summedBytes() == std::int64_t(sums.size()), "summedBytes");

  for (const auto type : {at::kFloat, at::kByte, at::kLong}) {
    auto tensor = at::full({3, 5}, group->rank() + 1, type);
    group->broadcast(tensor);
    require(at::equal(tensor, at::ones({3, 5}, type)), "rank 0's tensor");
  }
  require(group->broadcast(group->isMain() ? textOf(0) : "something else") == textOf(0), "rank 0's bytes");
  require(group->broadcast(std::string(std::size_t(group->rank()), 'x')).empty(), "rank 0's empty bytes");

  const auto all = group->gather(textOf(group->rank()));
  require(all.size() == std::size_t(group->size()), "one text a rank");
  for (int r = 0; r < group->size(); ++r) require(all[std::size_t(r)] == textOf(r), "the texts in the order of the ranks");
  for (const auto& empty : group->gather("")) require(empty.empty(), "nothing gathered");

  const bool isLast = group->rank() == group->size() - 1;
  require(group->agree(Vote::Done) == Vote::Done, "all done");
  require(group->agree(isLast ? Vote::GoOn : Vote::Done) == Vote::GoOn, "one has more");
  require(group->agree(isLast ? Vote::Stop : Vote::GoOn) == Vote::Stop, "one was stopped");
  require(group->agree(isLast ? Vote::Failed : Vote::Stop) == Vote::Failed, "one failed");
  group->barrier();
  writeFile(arguments.at(0) + "/sum." + std::to_string(group->rank()), sums.data(), sums.size());
  return 0;
}

// Sums until that fails. Rank 1 leaves after the third in the way that is asked for.
int loseOne(const Arguments& arguments) {
  WorkGroupOptions options;
  options.patience = std::chrono::seconds(arguments.at(0) == "silence" ? 2 : 600);
  const auto group = joined(options);
  try {
    for (int i = 0; i < 1000; ++i) {
      if (i == 3 && group->rank() == 1) {
        if (arguments[0] == "kill") ::raise(SIGKILL);
        std::this_thread::sleep_for(std::chrono::seconds(20));
      }
      group->sum(at::ones({200000}));
    }
  } catch (const Error& e) {
    try {
      group->barrier();
      return 5;
    } catch (const Error& again) {
      if (again.cause() != e.cause()) return 6;
    }
    throw;
  }
  return 4;
}

// Rank 1 is killed, or all say farewell; exit code 10 + what the watch says.
int watchTheNext(const Arguments& arguments) {
  const auto who = launchEnvironment().value();
  c10d::TCPStoreOptions options;
  options.port = std::uint16_t(who.masterPort);
  options.isServer = who.rank == 0;
  options.numWorkers = std::size_t(who.size);
  const auto store = c10::make_intrusive<c10d::TCPStore>(who.masterHost, options);
  RankWatch watch(makeGlooBackend({store, who.rank, who.size, std::chrono::hours(24 * 365), "127.0.0.1"}));
  if (arguments.at(0) == "kill" && who.rank == 1) ::raise(SIGKILL);
  if (arguments[0] == "farewell") {
    watch.sayFarewell();
    std::this_thread::sleep_for(std::chrono::milliseconds(300 + 100 * who.rank));
    return 10 + watch.hasLostOne();
  }
  for (int i = 0; i < 1000 && !watch.hasLostOne(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return 10 + watch.hasLostOne();
}

int joinWithoutTheOthers(const Arguments&) {
  WorkGroupOptions options;
  options.joining = std::chrono::seconds(2);
  joined(options);
  return 4;
}

// Every rank on a GPU of its own.
int sumOnGpus(const Arguments&) {
  setenv("CUDA_VISIBLE_DEVICES", std::getenv("LOCAL_RANK"), 1);
  WorkGroupOptions options;
  options.cudaDevice = 0;
  const auto group = joined(options);
  for (const auto type : {at::kDouble, at::kFloat}) {
    const auto tensor = valuesOf(group->rank(), 100003, type).cuda();
    auto expected = at::zeros({100003}, at::kDouble);
    for (int rank = 0; rank < group->size(); ++rank) expected += valuesOf(rank, 100003, type);
    group->sum(tensor);
    require(at::allclose(tensor.cpu().to(at::kDouble), expected, 1e-6, 1e-3), "the sum over the ranks");
    tensor.add_(group->rank());
    group->broadcast(tensor);
    require(at::allclose(tensor.cpu().to(at::kDouble), expected, 1e-6, 1e-3), "rank 0's tensor");
  }
  require(group->gather("abc").back() == "abc", "bytes beside the GPU");
  std::cout << "NCCL rank done" << std::endl;
  return 0;
}

TEST(RankWatch, NoticesOnTheWholeRingThatARankIsKilledAndNothingElse) {
  NEEDS_GLOO();
  const auto killed = runRanks(3, "watchTheNext", {"kill"});
  EXPECT_EQ(killed[1].signal, SIGKILL);
  for (const int rank : {0, 2}) {
    EXPECT_EQ(killed[std::size_t(rank)].exitCode, 11) << killed[std::size_t(rank)].output;
    EXPECT_LT(killed[std::size_t(rank)].seconds - killed[1].seconds, 5);
  }
  for (const auto& end : runRanks(3, "watchTheNext", {"farewell"})) EXPECT_EQ(end.exitCode, 10) << end.output;
}

class WorkGroupOf : public testing::TestWithParam<int> {};

TEST_P(WorkGroupOf, SumsBroadcastsGathersAndAgrees) {
  NEEDS_GLOO();
  const int size = GetParam();
  std::string expected;  // of the second run: the same bits
  for (int run = 0; run < 2; ++run) {
    const TemporaryFolder folder;
    for (const auto& end : runRanks(size, "collect", {folder.path()})) ASSERT_EQ(end.exitCode, 0) << end.output;
    const auto sums = textOfFile(folder / "sum.0");
    for (int rank = 1; rank < size; ++rank) EXPECT_EQ(textOfFile(folder / ("sum." + std::to_string(rank))), sums);
    if (run == 1) {
      EXPECT_EQ(sums, expected);
    }
    expected = sums;
  }
  std::size_t at = 0;
  for (const auto type : {at::kDouble, at::kFloat, at::kLong})
    for (const std::int64_t count : {std::int64_t(1), std::int64_t(7), std::int64_t(100003)}) {
      auto sum = at::zeros({count}, at::kDouble);
      for (int rank = 0; rank < size; ++rank) sum += valuesOf(rank, count, type).to(at::kDouble);
      const auto found = at::from_blob(expected.data() + at, {count}, type).to(at::kDouble);
      const double tolerance = type == at::kDouble ? 1e-13 : type == at::kFloat ? 1e-6 : 0;
      EXPECT_LE((found - sum).abs().max().item<double>(), tolerance * 1e3 * size);
      at += std::size_t(found.numel()) * c10::elementSize(type);
    }
  EXPECT_EQ(at, expected.size());
}

INSTANTIATE_TEST_SUITE_P(Ranks, WorkGroupOf, testing::Values(1, 2, 3), [](const auto& p) { return "of" + std::to_string(p.param); });

TEST(WorkGroup, AKilledRankEndsTheOthersAtOnceWithWhatToDo) {
  NEEDS_GLOO();
  const auto ends = runRanks(3, "loseOne", {"kill"});
  EXPECT_EQ(ends[1].signal, SIGKILL);
  for (const int rank : {0, 2}) {
    const auto& end = ends[std::size_t(rank)];
    EXPECT_EQ(end.exitCode, 1) << end.output;
    EXPECT_NE(end.output.find("distributed run: rank " + std::to_string(rank) + " of 3 lost contact in a sum"), std::string::npos)
        << end.output;
    EXPECT_NE(end.output.find("--resume"), std::string::npos) << end.output;
    EXPECT_LT(end.seconds - ends[1].seconds, 5) << end.output;
  }
}

TEST(WorkGroup, ASilentRankEndsTheOthersAfterTheirPatience) {
  NEEDS_GLOO();
  const auto ends = runRanks(2, "loseOne", {"silence"});
  EXPECT_EQ(ends[0].exitCode, 1) << ends[0].output;
  EXPECT_NE(ends[0].output.find("lost contact"), std::string::npos) << ends[0].output;
  EXPECT_LT(ends[0].seconds, 15);
  EXPECT_EQ(ends[1].exitCode, 1) << ends[1].output;  // finds the others gone when it speaks again
}

TEST(WorkGroup, RanksThatNeverComeAreMissed) {
  NEEDS_GLOO();
  const auto ends = runRanks(2, "joinWithoutTheOthers", {}, 1);
  EXPECT_EQ(ends[0].exitCode, 1) << ends[0].output;
  EXPECT_NE(ends[0].output.find("rank 0 of 2 did not meet the others at 127.0.0.1:"), std::string::npos) << ends[0].output;
  EXPECT_NE(ends[0].output.find("MASTER_PORT"), std::string::npos) << ends[0].output;
  EXPECT_LT(ends[0].seconds, 15);
}

class NcclGroupOf : public testing::TestWithParam<int> {};

TEST_P(NcclGroupOf, SumsAndBroadcastsOnGpus) {
  NEEDS_GLOO();
  const int gpus = at::detail::getCUDAHooks().getNumGPUs();
  if (gpus < GetParam()) GTEST_SKIP() << gpus << " CUDA devices; NCCL needs one for each rank";
  for (const auto& end : runRanks(GetParam(), "sumOnGpus", {})) {
    EXPECT_EQ(end.exitCode, 0) << end.output;
    EXPECT_NE(end.output.find("NCCL rank done"), std::string::npos) << end.output;
  }
}

INSTANTIATE_TEST_SUITE_P(Ranks, NcclGroupOf, testing::Values(1, 2), [](const auto& p) { return "of" + std::to_string(p.param); });

// A backend that says it is done and has done nothing, as one of other headers might.
class IdleBackend : public c10d::Backend {
 public:
  IdleBackend(int rank, int size) : Backend(rank, size) {}
  c10::intrusive_ptr<c10d::Work> allreduce(std::vector<at::Tensor>&, const c10d::AllreduceOptions&) override {
    return c10::make_intrusive<c10d::Work>();
  }
};

TEST(WorkGroup, TheSelfTestFindsASumThatIsNone) {
  const auto test = [](int rank, int size) {
    const auto backend = c10::make_intrusive<IdleBackend>(rank, size);
    testSum(*backend, at::kCPU, "Idle", [](c10d::Work&) {});
  };
  test(0, 1);
  for (const int rank : {0, 1}) {
    const auto text = errorOf(ErrorCode::Unavailable, [&] { test(rank, 2); });
    EXPECT_NE(text.find("Idle: the start-up self-test found a wrong sum over 2 ranks"), std::string::npos) << text;
  }
}

TEST(WorkGroup, WithoutGlooTheRemedyIsTheHeaders) {
#ifdef GPS_HAS_GLOO
  GTEST_SKIP() << "built with Gloo";
#else
  const auto ends = runRanks(2, "joinWithoutTheOthers", {}, 1);
  EXPECT_EQ(ends[0].exitCode, 1) << ends[0].output;
  EXPECT_NE(ends[0].output.find("libgloo-dev"), std::string::npos) << ends[0].output;
#endif
}

}  // namespace
}  // namespace gps::test

int main(int argc, char** argv) {
  using namespace gps::test;
  return runTestsOrRole(argc, argv,
                        {{"collect", collect},
                         {"loseOne", loseOne},
                         {"watchTheNext", watchTheNext},
                         {"joinWithoutTheOthers", joinWithoutTheOthers},
                         {"sumOnGpus", sumOnGpus}});
}
