#include "app/cli/ranks.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "core/backbones/device.h"

namespace gps::cli {
namespace {

// The host and the cores that this process may run on: equal for those that share them.
struct Cores {
  std::string text;
  int count = 1;
};

Cores coresOfThisProcess() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  Cores cores{host.data(), 1};
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return cores;
  cores.count = std::max(1, CPU_COUNT(&set));
  for (int core = 0; core < CPU_SETSIZE; ++core)
    if (CPU_ISSET(core, &set)) cores.text += " " + std::to_string(core);
  return cores;
}

}  // namespace

std::string ownGpu(const std::string& visible, int localRank) {
  if (visible.empty()) return std::to_string(localRank);
  std::vector<std::string> gpus;
  std::istringstream list(visible);
  for (std::string gpu; std::getline(list, gpu, ',');) gpus.push_back(gpu);
  if (gpus.size() == 1) return visible;
  return std::size_t(localRank) < gpus.size() ? gpus[std::size_t(localRank)] : "-1";
}

Ranks::Ranks(const CommandContext& context)
    : m_localRank(context.launch ? context.launch->localRank : 0),
      m_group(context.launch ? WorkGroup::join(*context.launch) : nullptr),
      m_together(m_group.get()) {}

void Ranks::useDevice(const DeviceSpec& spec) const {
  if (!m_group) return;
  const char* visible = std::getenv("CUDA_VISIBLE_DEVICES");
  setenv("CUDA_VISIBLE_DEVICES", ownGpu(visible != nullptr ? visible : "", m_localRank).c_str(), 1);
  const auto mine = coresOfThisProcess();
  m_together.meet();
  const auto all = m_group->gather(mine.text);
  setAutomaticThreads(std::max(1, mine.count / int(std::count(all.begin(), all.end(), mine.text))));
  m_group->useGpu(spec.device != DeviceKind::Cpu && cudaIsUsable() ? 0 : -1);
}

}  // namespace gps::cli
