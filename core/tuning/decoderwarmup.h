#pragma once
#include <memory>
#include <vector>

#include "core/backbones/modelparts.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/tuning/step/flatstate.h"
#include "core/values/dataset.h"
#include "core/values/preprocess.h"
#include "core/values/runspec.h"

namespace gps {

// Trains what the state holds of the decoder for spec.warmupEpochs, on embeddings that the untuned encoder computes once: cheap steps
// that bring a decoder which never saw the task out of its flat start. The encoder's values do not change (their gradient is zero).
// Adam at spec.warmupLearningRate, no flip, batches of spec.batch; m and v are zero afterwards. Uses as many pictures as
// kWarmupBytes of embeddings hold. Stage "warm-up", unit "steps". On Cancelled the values are those it began with.
constexpr std::int64_t kWarmupBytes = std::int64_t{1} << 30;
void warmUpDecoder(ModelParts& parts, FlatState& state, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
                   const PreprocessSpec& preprocess, const TrainSpec& spec, RunControl& control);

}  // namespace gps
