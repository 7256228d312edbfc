#pragma once
// Precompiled for gps_core: torch costs seconds a file otherwise. Sources still include what they use.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>
