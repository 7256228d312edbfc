#pragma once

namespace gps::kernels {

// Tells a profiler that waits for it (ncu --profile-from-start off) what to look at. Nothing without CUDA.
void startProfiling();
void stopProfiling();

}  // namespace gps::kernels
