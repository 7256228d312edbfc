#include "core/tuning/trainsharing.h"

#include <ATen/ATen.h>

#include <cstdio>

#include "core/data/cachelimit.h"
#include "core/nn/gradientpaths.h"
#include "core/tuning/runfolder.h"
#include "core/values/error.h"

namespace gps {

LoaderSpec TrainSharing::dividedLoading(LoaderSpec loading, const TrainSpec& spec) const {
  loading.rank = rank();
  loading.ranks = size();
  loading.inPairs = spec.mixup > 0 || spec.cutmix > 0;
  if (ranksOnHost() > 1 && loading.cacheBytes == kAutomaticCache) loading.cacheBytes = automaticCacheBytes() / std::size_t(ranksOnHost());
  return loading;
}

std::string TrainSharing::ofMain(const std::string& mine) const {
  if (!isShared()) return mine;
  meet();
  return group()->broadcast(mine);
}

std::vector<std::string> TrainSharing::ofAll(const std::string& mine) const {
  if (!isShared()) return {mine};
  meet();
  return group()->gather(mine);
}

static std::string sharedSettings(TrainSpec spec) {
  spec.model.weightsPath.clear();
  spec.dataFolder.clear();
  spec.selectionPath.clear();
  spec.device.threads = 0;
  return toToml(spec);
}

void TrainSharing::requireSameInputs(const std::string& baseHash, const std::string& dataHash, const TrainSpec& spec) const {
  if (ofMain(baseHash) != baseHash)
    throw Error(ErrorCode::Mismatch, "rank " + std::to_string(rank()), "has other weights than rank 0",
                "Start all with the same --weights");
  if (ofMain(dataHash) != dataHash)
    throw Error(ErrorCode::Mismatch, "rank " + std::to_string(rank()), "has other data than rank 0", "Start all with the same --data");
  if (const auto settings = sharedSettings(spec); ofMain(settings) != settings)
    throw Error(ErrorCode::Mismatch, "rank " + std::to_string(rank()), "has other settings than rank 0", "Start all with the same flags");
}

at::Tensor TrainSharing::ofMain(const at::Tensor& mine, std::int64_t count, at::ScalarType type) const {
  if (!isShared()) return mine;
  const auto values = isMain() ? mine.contiguous() : at::empty({count}, type);
  group()->broadcast(values);
  return values;
}

void TrainSharing::spread(FlatState& state, RunPosition& position) const {
  if (!isShared()) return;
  static_assert(std::is_trivially_copyable_v<RunPosition> && std::is_trivially_copyable_v<kernels::StepControl>);
  position = valueOfMain(position);
  state.setControl(valueOfMain(state.control()));
  for (const auto& tensor : {state.values, state.m, state.v, state.average})
    if (tensor.defined()) group()->broadcast(tensor);
}

void TrainSharing::collect(std::set<std::uint64_t>& fingerprints) const {
  if (!isShared()) return;
  if (!hasStopped()) meet();
  const std::vector<std::uint64_t> mine(fingerprints.begin(), fingerprints.end());
  const auto own = isMain() ? std::string() : std::string(reinterpret_cast<const char*>(mine.data()), mine.size() * sizeof(std::uint64_t));
  const auto parts = group()->gather(own);
  if (!isMain()) return fingerprints.clear();
  for (const auto& part : parts)
    for (std::size_t at = 0; at < part.size(); at += sizeof(std::uint64_t)) {
      std::uint64_t fingerprint = 0;
      std::memcpy(&fingerprint, part.data() + at, sizeof fingerprint);
      fingerprints.insert(fingerprint);
    }
}

void TrainSharing::meetWithPaths() {
  if (!isShared()) return;
  auto& paths = *GradientPaths::ofThisProcess();
  if (!any(paths.size() != m_pathsKnown)) return;
  const auto parts = group()->gather(paths.text());
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) paths.read(*part);
  m_pathsKnown = paths.size();
}

void TrainSharing::finishSums() const {
  if (isShared()) group()->finishSums();
}

std::string TrainSharing::sumLine(std::int64_t bytes, std::int64_t parameters) const {
  char line[200];
  std::snprintf(line, sizeof line, "%d ranks; each hands %.2f MB to the sum of a step, of all %.1f million parameters it would be %.1f MB",
                size(), double(bytes) / 1e6, double(parameters) / 1e6, double(parameters) * 4 / 1e6);
  return line;
}

}  // namespace gps
