#pragma once
// The views of augment.h carried out on a torch device, bit for bit as renderView does it.
#include <ATen/core/Tensor.h>

#include <vector>

#include "core/data/pixels.h"
#include "core/data/views/augment.h"
#include "core/values/preprocess.h"

namespace gps {

// source [H, W, 3] uint8, on any device; -> [3, size, size] fp32 there, whole numbers 0 … 255.
at::Tensor renderViewOnDevice(const at::Tensor& source, const ViewPlan& plan, int size);

// pictures [B]; plans [views * B], all first views first: plan v * B + b is a view of picture b. -> [views * B, 3, S, S] on `device`,
// normalised as writeModelInput does; of the spec only size and normalisation count. Of each picture the rows that its crops need go up
// once; the call does not wait for the device. Throws Error(BadArgument) where the counts do not fit or a box lies outside.
at::Tensor deviceBatch(const std::vector<Pixels>& pictures, const std::vector<ViewPlan>& plans, const PreprocessSpec& spec,
                       at::Device device, at::ScalarType type);

}  // namespace gps
