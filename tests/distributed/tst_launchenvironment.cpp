#include "core/distributed/launchenvironment.h"

#include <map>
#include <string>

#include "tests/support/expecterror.h"

namespace gps {
namespace {

using namespace test;
using Variables = std::map<std::string, std::string>;

std::optional<LaunchEnvironment> launched(const Variables& variables) {
  return launchEnvironment([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  });
}

Variables with(Variables base, const Variables& more) {
  for (const auto& [name, value] : more) base[name] = value;
  return base;
}

Variables without(Variables base, const std::string& name) {
  base.erase(name);
  return base;
}

const Variables kTorchrun{{"RANK", "5"}, {"WORLD_SIZE", "8"}, {"LOCAL_RANK", "1"}, {"MASTER_ADDR", "10.0.0.1"}, {"MASTER_PORT", "29500"}};
const Variables kBatchScript{{"SLURM_JOB_ID", "4711"},  {"SLURM_PROCID", "0"}, {"SLURM_LOCALID", "0"},
                             {"SLURM_NTASKS", "8"},     {"SLURM_NPROCS", "8"}, {"SLURM_JOB_NODELIST", "gpu[07-08]"},
                             {"SLURM_JOB_NAME", "gps"}, {"SLURM_NODEID", "0"}};
const Variables kSrun = with(kBatchScript, {{"SLURM_STEP_ID", "3"},
                                            {"SLURM_STEP_NUM_TASKS", "8"},
                                            {"SLURM_STEP_NODELIST", "gpu[08-09]"},
                                            {"SLURM_PROCID", "6"},
                                            {"SLURM_LOCALID", "2"}});

TEST(LaunchEnvironment, NothingOrOneTaskIsAnOrdinaryRun) {
  const std::map<std::string, Variables> cases{
      {"nothing", {}},
      {"world of one", {{"WORLD_SIZE", "1"}}},
      {"master only", {{"MASTER_ADDR", "a"}, {"MASTER_PORT", "nonsense, not read"}}},
      {"empty rank", {{"RANK", ""}, {"WORLD_SIZE", ""}}},
      {"batch script of an allocation of eight tasks", kBatchScript},
      {"task of an array", with(kBatchScript, {{"SLURM_NTASKS", "1"}, {"SLURM_ARRAY_TASK_ID", "4"}, {"SLURM_ARRAY_TASK_COUNT", "9"}})},
      {"step of one task", with(kSrun, {{"SLURM_STEP_NUM_TASKS", "1"}, {"SLURM_PROCID", "0"}})},
      {"step of one task, by the older name", without(with(kSrun, {{"SLURM_NTASKS", "1"}}), "SLURM_STEP_NUM_TASKS")},
  };
  for (const auto& [name, variables] : cases) EXPECT_FALSE(launched(variables).has_value()) << name;
}

TEST(LaunchEnvironment, TorchrunSaysAll) {
  const auto found = launched(kTorchrun);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->rank, 5);
  EXPECT_EQ(found->size, 8);
  EXPECT_EQ(found->localRank, 1);
  EXPECT_EQ(found->masterHost, "10.0.0.1");
  EXPECT_EQ(found->masterPort, 29500);
  EXPECT_EQ(launched(without(kTorchrun, "LOCAL_RANK"))->localRank, 0);
  // torchrun inside of a Slurm step: its own numbers count.
  EXPECT_EQ(launched(with(kSrun, kTorchrun))->rank, 5);
  // One process that was started as a group of one.
  const auto one = launched(with(kTorchrun, {{"RANK", "0"}, {"WORLD_SIZE", "1"}, {"LOCAL_RANK", "0"}}));
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->size, 1);
  EXPECT_FALSE(found->hasStore);
  EXPECT_TRUE(launched(with(kTorchrun, {{"TORCHELASTIC_USE_AGENT_STORE", "True"}}))->hasStore);
  EXPECT_FALSE(launched(with(kTorchrun, {{"TORCHELASTIC_USE_AGENT_STORE", "False"}}))->hasStore);
  // The store of an agent outlives the ranks that it starts again.
  EXPECT_EQ(launched(with(kTorchrun, {{"TORCHELASTIC_USE_AGENT_STORE", "True"}, {"TORCHELASTIC_RESTART_COUNT", "2"}}))->attempt, 2);
  EXPECT_EQ(launched(with(kTorchrun, {{"TORCHELASTIC_RESTART_COUNT", "2"}}))->attempt, 0);
}

TEST(LaunchEnvironment, SrunSaysAll) {
  const auto found = launched(kSrun);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->rank, 6);
  EXPECT_EQ(found->size, 8);
  EXPECT_EQ(found->localRank, 2);
  EXPECT_EQ(found->masterHost, "gpu08");
  EXPECT_GE(found->masterPort, 1024);
  EXPECT_LE(found->masterPort, 65535);
  EXPECT_EQ(found->masterPort, launched(with(kSrun, {{"SLURM_PROCID", "1"}}))->masterPort);
  EXPECT_NE(found->masterPort, launched(with(kSrun, {{"SLURM_STEP_ID", "4"}}))->masterPort);
  EXPECT_EQ(launched(without(kSrun, "SLURM_STEP_NODELIST"))->masterHost, "gpu07");
  EXPECT_EQ(launched(without(kSrun, "SLURM_STEP_NUM_TASKS"))->size, 8);
  const auto given = launched(with(kSrun, {{"MASTER_ADDR", "login"}, {"MASTER_PORT", "1234"}, {"WORLD_SIZE", "8"}}));
  EXPECT_EQ(given->masterHost, "login");
  EXPECT_EQ(given->masterPort, 1234);
  const std::string most = std::to_string(std::numeric_limits<int>::max());
  EXPECT_LE(launched(with(kSrun, {{"SLURM_JOB_ID", most}}))->masterPort, 65535);
}

TEST(LaunchEnvironment, NonsenseIsRefusedByTheNameOfTheVariable) {
  struct Case {
    Variables variables;
    std::string named, said;
  };
  const std::vector<Case> cases{
      {without(kTorchrun, "WORLD_SIZE"), "WORLD_SIZE", "not set"},
      {without(kTorchrun, "RANK"), "RANK", "not set"},
      {without(kTorchrun, "MASTER_ADDR"), "MASTER_ADDR", "not set"},
      {without(kTorchrun, "MASTER_PORT"), "MASTER_PORT", "not set"},
      {with(kTorchrun, {{"RANK", "8"}}), "RANK", "0 … 7"},
      {with(kTorchrun, {{"RANK", "-1"}}), "RANK", "-1"},
      {with(kTorchrun, {{"RANK", "two"}}), "RANK", "\"two\" is not a whole number"},
      {with(kTorchrun, {{"RANK", "1.5"}}), "RANK", "whole number"},
      {with(kTorchrun, {{"RANK", " 1"}}), "RANK", "whole number"},
      {with(kTorchrun, {{"RANK", "99999999999999999999"}}), "RANK", "whole number"},
      {with(kTorchrun, {{"WORLD_SIZE", "0"}}), "WORLD_SIZE", "0"},
      {with(kTorchrun, {{"WORLD_SIZE", "many"}}), "WORLD_SIZE", "many"},
      {with(kTorchrun, {{"LOCAL_RANK", "8"}}), "LOCAL_RANK", "8"},
      {with(kTorchrun, {{"LOCAL_RANK", "x"}}), "LOCAL_RANK", "x"},
      {with(kTorchrun, {{"MASTER_PORT", "0"}}), "MASTER_PORT", "65535"},
      {with(kTorchrun, {{"MASTER_PORT", "65536"}}), "MASTER_PORT", "65535"},
      {{{"WORLD_SIZE", "4"}}, "RANK", "WORLD_SIZE is"},
      {without(kSrun, "SLURM_PROCID"), "SLURM_PROCID", "8 tasks"},
      {without(kSrun, "SLURM_LOCALID"), "SLURM_LOCALID", "8 tasks"},
      {with(kSrun, {{"SLURM_PROCID", "8"}}), "SLURM_PROCID", "0 … 7"},
      {with(kSrun, {{"SLURM_STEP_NUM_TASKS", "?"}}), "SLURM_STEP_NUM_TASKS", "?"},
      {with(kSrun, {{"WORLD_SIZE", "4"}}), "WORLD_SIZE", "8 tasks"},
      {with(kSrun, {{"SLURM_STEP_NODELIST", "gpu[a-b]"}}), "MASTER_ADDR", "gpu[a-b]"},
      {without(without(kSrun, "SLURM_STEP_NODELIST"), "SLURM_JOB_NODELIST"), "MASTER_ADDR", "SLURM_JOB_NODELIST"},
  };
  for (const auto& c : cases) {
    const auto error = errorOf([&] { launched(c.variables); });
    EXPECT_EQ(error.code(), ErrorCode::BadArgument) << error.what();
    EXPECT_EQ(error.subject(), c.named) << error.what();
    EXPECT_NE(error.cause().find(c.said), std::string::npos) << error.what();
    EXPECT_FALSE(error.remedy().empty()) << error.what();
  }
}

TEST(LaunchEnvironment, TheFirstHostOfANodeList) {
  const std::map<std::string, std::string> good{{"gpu1", "gpu1"},
                                                {"gpu1,gpu2", "gpu1"},
                                                {"gpu[07-09,12],login", "gpu07"},
                                                {"gpu[3,1]", "gpu3"},
                                                {"rack[2-3]n[10-11].site", "rack2n10.site"},
                                                {"a.b-c_d", "a.b-c_d"}};
  for (const auto& [list, host] : good) EXPECT_EQ(firstHost(list).value_or("none"), host);
  for (const auto* bad : {"", ",a", "gpu[", "gpu[]", "gpu[1-2", "gpu[a]", "gpu 1", "gpu]1"})
    EXPECT_FALSE(firstHost(bad).has_value()) << bad;
}

}  // namespace
}  // namespace gps
