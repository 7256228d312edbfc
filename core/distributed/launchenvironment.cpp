#include "core/distributed/launchenvironment.h"

#include <charconv>
#include <cstdlib>
#include <limits>

#include "core/values/error.h"

namespace gps {
namespace {

constexpr const char* kRemedy =
    "Start the ranks with torchrun or srun, which set RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT; for a run of one process "
    "unset them";

[[noreturn]] void refuse(const char* variable, const std::string& cause, const char* remedy = kRemedy) {
  throw Error(ErrorCode::BadArgument, variable, cause, remedy);
}

class Reader {
 public:
  explicit Reader(const VariableLookup& lookup) : m_lookup(lookup) {}

  // An empty variable counts as not set.
  std::optional<std::string> text(const char* name) const {
    auto value = m_lookup(name);
    return value && !value->empty() ? value : std::nullopt;
  }

  std::optional<int> number(const char* name, int low, int high = std::numeric_limits<int>::max()) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    int number = 0;
    const auto* end = value->data() + value->size();
    const auto [stop, failure] = std::from_chars(value->data(), end, number);
    if (failure != std::errc() || stop != end) refuse(name, "\"" + *value + "\" is not a whole number");
    if (number < low || number > high)
      refuse(name,
             *value + " is not in " + std::to_string(low) + " … " + (high == std::numeric_limits<int>::max() ? "" : std::to_string(high)));
    return number;
  }

  int requiredNumber(const char* name, int low, const std::string& because, int high = std::numeric_limits<int>::max()) const {
    const auto value = number(name, low, high);
    if (!value) refuse(name, "it is not set, but " + because);
    return *value;
  }

 private:
  const VariableLookup& m_lookup;
};

void requireRankInside(const char* rankName, int rank, const char* sizeName, int size) {
  if (rank >= size)
    refuse(rankName,
           std::to_string(rank) + " does not fit " + sizeName + "=" + std::to_string(size) + ": ranks are 0 … " + std::to_string(size - 1));
}

LaunchEnvironment ofTorchrun(const Reader& read) {
  LaunchEnvironment result;
  result.size = read.requiredNumber("WORLD_SIZE", 1, "RANK is");
  result.rank = read.requiredNumber("RANK", 0, "WORLD_SIZE is");
  requireRankInside("RANK", result.rank, "WORLD_SIZE", result.size);
  result.localRank = read.number("LOCAL_RANK", 0).value_or(0);
  requireRankInside("LOCAL_RANK", result.localRank, "WORLD_SIZE", result.size);
  const auto host = read.text("MASTER_ADDR");
  if (!host) refuse("MASTER_ADDR", "it is not set, but RANK is");
  result.masterHost = *host;
  result.masterPort = read.requiredNumber("MASTER_PORT", 1, "RANK is", 65535);
  result.hasStore = read.text("TORCHELASTIC_USE_AGENT_STORE") == "True";
  if (result.hasStore) result.attempt = read.number("TORCHELASTIC_RESTART_COUNT", 0).value_or(0);
  return result;
}

// The tasks of the step that this process is one of. A batch script has SLURM_NTASKS too, of the whole allocation, but is in no step.
std::optional<int> tasksOfStep(const Reader& read) {
  if (const auto tasks = read.number("SLURM_STEP_NUM_TASKS", 1)) return tasks;
  return read.text("SLURM_STEP_ID") ? read.number("SLURM_NTASKS", 1) : std::nullopt;
}

std::string hostOfSlurm(const Reader& read) {
  constexpr const char* kSetIt =
      "Set MASTER_ADDR to the host of rank 0, e.g. with scontrol show hostnames \"$SLURM_JOB_NODELIST\" | head -n1";
  for (const auto* name : {"SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST"})
    if (const auto list = read.text(name)) {
      if (const auto host = firstHost(*list)) return *host;
      refuse("MASTER_ADDR", std::string("it is not set, and the first host of ") + name + "=" + *list + " cannot be read", kSetIt);
    }
  refuse("MASTER_ADDR", "neither it nor SLURM_JOB_NODELIST is set", kSetIt);
}

LaunchEnvironment ofSlurm(const Reader& read, int tasks) {
  LaunchEnvironment result;
  result.size = tasks;
  const std::string because = "this is a Slurm step of " + std::to_string(tasks) + " tasks";
  result.rank = read.requiredNumber("SLURM_PROCID", 0, because);
  requireRankInside("SLURM_PROCID", result.rank, "the tasks of the step", tasks);
  result.localRank = read.requiredNumber("SLURM_LOCALID", 0, because);
  if (const auto size = read.number("WORLD_SIZE", 1); size && *size != tasks)
    refuse("WORLD_SIZE", std::to_string(*size) + ", but " + because, "Unset WORLD_SIZE, or start that many tasks");
  const auto host = read.text("MASTER_ADDR");
  result.masterHost = host ? *host : hostOfSlurm(read);
  const auto port = read.number("MASTER_PORT", 1, 65535);
  const int job = read.number("SLURM_JOB_ID", 0).value_or(0), step = read.number("SLURM_STEP_ID", 0).value_or(0);
  result.masterPort = port ? *port : 20000 + int((std::int64_t(job) * 16 + step % 16) % 10000);
  return result;
}

}  // namespace

std::optional<std::string> firstHost(const std::string& nodeList) {
  std::string host;
  for (std::size_t at = 0; at < nodeList.size() && nodeList[at] != ','; ++at) {
    if (nodeList[at] != '[') {
      host += nodeList[at];
      continue;
    }
    const auto close = nodeList.find(']', at);
    if (close == std::string::npos) return std::nullopt;
    const auto first = nodeList.substr(at + 1, nodeList.find_first_of(",-]", at) - at - 1);
    if (first.empty() || first.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    host += first;
    at = close;
  }
  if (host.empty() || host.find_first_of(" ]/") != std::string::npos) return std::nullopt;
  return host;
}

std::optional<LaunchEnvironment> launchEnvironment(const VariableLookup& lookup) {
  const Reader read(lookup);
  const bool hasRank = read.text("RANK").has_value();
  if (!hasRank) {
    if (const auto tasks = tasksOfStep(read); tasks && *tasks > 1) return ofSlurm(read, *tasks);
    if (read.number("WORLD_SIZE", 1).value_or(1) == 1) return std::nullopt;
  }
  return ofTorchrun(read);
}

std::optional<LaunchEnvironment> launchEnvironment() {
  return launchEnvironment([](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
  });
}

}  // namespace gps
