#pragma once
// Where a model computes. Call on the engine thread before a job.
#include <memory>
#include <string>

#include "core/backbones/model.h"
#include "core/values/runspec.h"

namespace gps {

struct DeviceInfo {
  bool isCuda = false;
  std::string name;      // "CPU, 2 threads", "NVIDIA H100 80GB HBM3"
  int threads = 0;       // on the CPU
  double memoryMib = 0;  // device memory; 0 on the CPU
};

bool cudaIsUsable();
// Resolves auto, sets intra-op threads, precision flags and determinism (fast gives it up), moves the arena and binds the layers.
// Throws Error(Unavailable) for cuda without a usable device, naming the reason.
DeviceInfo useDevice(Model& model, const DeviceSpec& spec, bool fast = false);
// Training in bf16 or fp16 holds the matrix region in that type, and in bf16 what runs along the shortcuts too; looking and the gradient
// pass compute products in it and keep everything else wide.
enum class PrecisionUse { Looking, Training };
// The network computes in this precision from now on. Every parameter is frozen behind it.
void setPrecision(ModelParts& parts, Precision precision, PrecisionUse use = PrecisionUse::Looking);
DeviceInfo describeDevice(const DeviceSpec& spec);
// For DeviceSpec::threads 0 from now on, in place of all cores: where several processes share them.
void setAutomaticThreads(int threads);
// On a GPU, a stream of its own for what the engine thread queues while this lives: steps are recorded there.
class OwnStream {
 public:
  OwnStream();
  ~OwnStream();
  OwnStream(const OwnStream&) = delete;
  OwnStream& operator=(const OwnStream&) = delete;

 private:
  struct Guard;
  std::unique_ptr<Guard> m_guard;
};
// Highest memory of this job in MiB: the allocator's peak on a GPU; on the CPU the highest resident set minus that at reset.
void resetPeakMemory();
double peakMemoryMib();
// The peak of what comes from now on, memory that is free by now not counted; what is the job's own stays as it was at reset. False where
// the system does not allow that on the CPU: the peak then covers what came before, too.
bool restartPeakMemory();

}  // namespace gps
