#pragma once
// What a model makes of pictures before any head: for probes, plots and comparisons with the originals.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

struct FeatureTable {
  std::vector<std::string> names;   // [N], item ids
  std::vector<std::int64_t> shape;  // of one picture's features: [D] pooled, or [256, h, w] for the SAM family
  std::vector<float> features;      // [N, …shape]
  int classes = 0;                  // of the head; 0: none
  std::vector<float> logits;        // [N, classes]
};

// resize false: every picture must have the model's input size already (Error(Mismatch) naming the first that has not); only its values
// are scaled. Stage "features", unit "images".
FeatureTable computeFeatures(const Model& model, const std::vector<DataItem>& items, std::shared_ptr<const ImageSource> images,
                             const ModelSpec& spec, int batch, bool resize, RunControl& control);

// A safetensors file: features [N, …] and, with a head, logits [N, classes]; metadata names (JSON list), model, base_hash.
void writeFeatures(const std::string& path, const FeatureTable& table, const Model& model);

}  // namespace gps
