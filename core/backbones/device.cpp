#include "core/backbones/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <malloc.h>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "core/backbones/modelparts.h"
#include "core/kernels/hostthreads.h"
#include "core/nn/errortranslation.h"
#include "core/nn/gradientpathfile.h"
#include "core/values/error.h"

#ifdef GPS_WITH_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#endif

namespace gps {

namespace {

double residentMib(const char* key) {  // "VmRSS:", "VmHWM:" of this process
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == key) {
      double kib = 0;
      status >> kib;
      return kib / 1024;
    }
  return 0;
}

double g_residentAtReset = 0;
bool g_usesCuda = false;
int g_automaticThreads = 0;  // 0: the cores

bool wantsCuda(DeviceKind kind) {
  if (kind == DeviceKind::Cpu) return false;
  if (cudaIsUsable()) return true;
  if (kind == DeviceKind::Cuda)
    throw Error(ErrorCode::Unavailable, "--device cuda", "no usable CUDA device was found",
                "Check the driver with nvidia-smi, or use --device cpu");
  return false;
}

int threadsOf(const DeviceSpec& spec) {
  if (spec.threads > 0) return spec.threads;
  return g_automaticThreads > 0 ? g_automaticThreads : int(std::max(1u, std::thread::hardware_concurrency()));
}

// What was measured on this card before is not measured again.
void keepGradientPaths(const DeviceInfo& info) {
#ifdef GPS_WITH_CUDA
  int driver = 0;
  if (info.isCuda && cudaDriverGetVersion(&driver) == cudaSuccess)
    GradientPaths::ofThisProcess()->keepIn(gradientPathFileName(info.name, driver, CUDART_VERSION));
#else
  static_cast<void>(info);
#endif
}

}  // namespace

void setAutomaticThreads(int threads) { g_automaticThreads = threads; }

bool cudaIsUsable() {
#ifdef GPS_WITH_CUDA
  return at::hasCUDA() && at::cuda::is_available();
#else
  return false;
#endif
}

DeviceInfo describeDevice(const DeviceSpec& spec) {
  DeviceInfo info;
  info.isCuda = wantsCuda(spec.device);
  if (!info.isCuda) {
    info.threads = threadsOf(spec);
    info.name = "CPU, " + std::to_string(info.threads) + (info.threads == 1 ? " thread" : " threads");
    return info;
  }
#ifdef GPS_WITH_CUDA
  const auto* properties = at::cuda::getCurrentDeviceProperties();
  info.name = properties->name;
  info.memoryMib = double(properties->totalGlobalMem) / (1 << 20);
#endif
  return info;
}

DeviceInfo useDevice(Model& model, const DeviceSpec& spec, bool fast) {
  return withTorchErrors("device", [&] {
    // cuBLAS is deterministic with a workspace of its own, which torch gives it. CUBLAS_WORKSPACE_CONFIG need not be set for that, and must
    // not be: torch would read it anew, by a regular expression, before every product, which takes longer than the product.
    // MKL reads this when it starts: without it, its threads add their parts of a product in the order in which they finish (seen on a busy
    // machine).
    if (!fast) setenv("MKL_CBWR", "AUTO", 0);
    const auto info = describeDevice(spec);
    at::set_num_threads(threadsOf(spec));
    kernels::setHostThreads(threadsOf(spec));
    auto& context = at::globalContext();
    context.setDeterministicAlgorithms(!fast, /*warn_only=*/true);
    context.setDeterministicFillUninitializedMemory(false);
    context.setDeterministicCuDNN(!fast);
    context.setBenchmarkCuDNN(fast);
    g_usesCuda = info.isCuda;
    const at::Device device(info.isCuda ? at::kCUDA : at::kCPU, info.isCuda ? 0 : -1);
    if (model.parts().arena->device().type() != device.type()) model.parts().moveTo(device);
    setPrecision(model.parts(), spec.precision);
    keepGradientPaths(info);
    return info;
  });
}

void setPrecision(ModelParts& parts, Precision precision, PrecisionUse use) {
  auto& context = at::globalContext();
  const bool tf32 = precision == Precision::Tf32;
  context.setFloat32MatmulPrecision(tf32 ? "high" : "highest");
  context.setAllowTF32CuDNN(tf32);
  const auto type = precision == Precision::Bf16 ? at::kBFloat16 : precision == Precision::Fp16 ? at::kHalf : at::ScalarType::Undefined;
  const bool isNarrow = type != at::ScalarType::Undefined && use == PrecisionUse::Training;
  if (isNarrow)
    parts.narrow(type);
  else
    parts.widen();
  parts.precision = precision;
  auto& state = *parts.registry.state();
  state.computeType = type;
  // fp16 ends at 65504, which sums along the shortcuts can reach.
  state.streamType = isNarrow && precision == Precision::Bf16 ? type : at::ScalarType::Undefined;
}

#ifdef GPS_WITH_CUDA
struct OwnStream::Guard {
  c10::cuda::CUDAStreamGuard guard{c10::cuda::getStreamFromPool()};
};
OwnStream::OwnStream() {
  if (g_usesCuda) m_guard = std::make_unique<Guard>();
}
#else
struct OwnStream::Guard {};
OwnStream::OwnStream() = default;
#endif
OwnStream::~OwnStream() = default;

void resetPeakMemory() {
  std::ofstream("/proc/self/clear_refs") << "5";
  g_residentAtReset = residentMib("VmRSS:");
#ifdef GPS_WITH_CUDA
  if (cudaIsUsable() && c10::cuda::CUDACachingAllocator::get()->initialized()) c10::cuda::CUDACachingAllocator::resetPeakStats(0);
#endif
}

bool restartPeakMemory() {
#ifdef GPS_WITH_CUDA
  if (g_usesCuda) {
    c10::cuda::CUDACachingAllocator::emptyCache();
    c10::cuda::CUDACachingAllocator::resetPeakStats(0);
    return true;
  }
#endif
  ::malloc_trim(0);
  std::ofstream references("/proc/self/clear_refs");
  references << "5";
  references.close();
  // Some containers take the word and do nothing.
  constexpr double kGrownSince = 8;
  return references.good() && residentMib("VmHWM:") <= residentMib("VmRSS:") + kGrownSince;
}

double peakMemoryMib() {
#ifdef GPS_WITH_CUDA
  if (g_usesCuda) {
    const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(0);
    return double(stats.allocated_bytes[0].peak) / (1 << 20);
  }
#endif
  return std::max(0.0, residentMib("VmHWM:") - g_residentAtReset);
}

}  // namespace gps
