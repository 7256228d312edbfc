#pragma once
#include <c10/core/Device.h>

namespace gps {

// Until what is queued on the current stream of a GPU is done; at once on the CPU.
void waitFor(c10::Device device);

}  // namespace gps
