#pragma once
// What fine-tuning changed, applicable alone (`gps-delta/1`): offsets once, values per epoch, whole tensors beside them. Values are
// stored, not differences, so applying and removing are exact both ways.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/nn/parametermap.h"
#include "core/values/preprocess.h"
#include "core/values/runspec.h"

namespace gps {

struct DeltaInfo {
  std::string modelId, baseHash, precision = "fp32", device;
  int epoch = 0;  // 1-based; 0 in a base file
  SelectionSpec selection;
  Method method = Method::Gps;
  PreprocessSpec preprocess;
  PromptMode prompt = PromptMode::None;
  std::vector<std::string> classes;           // of the head's outputs; empty for segmentation
  bool isHeadNew = false;                     // the base has no head of these classes: taking the delta out leaves none
  std::map<std::string, double> metrics;      // "dice_mean", "top1" … of the epoch, measured in `precision`
  std::map<std::string, double> fp32Metrics;  // the same measured in fp32: of the best epoch of a run in another precision
};

struct WholeTensor {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values, base;  // base may be empty
};

struct Delta {
  DeltaInfo info;
  std::shared_ptr<const ParameterMap> map;  // as far as the file tells: name, offset, rows, cols, block, kind of the matrix entries
  std::vector<std::uint32_t> offsets;       // ascending
  std::vector<float> values, base;          // [offsets.size()]; base may be empty
  std::vector<WholeTensor> whole;
  std::vector<std::uint64_t> pictures;  // fingerprints of those it was selected and trained on, ascending; empty: not known
};

// A run writes base.safetensors once (offsets, base values, map, spec) and epoch-0007.safetensors per epoch (values and info only).
void writeDeltaBase(const std::string& path, const Delta& delta);
void writeDeltaEpoch(const std::string& path, const Delta& delta);
// pictures.safetensors beside the base file: the fingerprints of what the run trained on so far.
void writeRunPictures(const std::string& path, const std::vector<std::uint64_t>& pictures);
std::vector<std::uint64_t> readRunPictures(const std::string& path);  // empty when there is no such file
// One file that holds all.
void writeDeltaBundle(const std::string& path, const Delta& delta);

// A bundled file, an epoch file (base.safetensors found beside it), a run folder (RUN: best epoch by dice_mean or top1; RUN@7). The base
// file of a run is read too; it has no values. Throws Error(NotFound, BadFile) naming the file.
Delta readDelta(const std::string& pathOrRun);

// The description alone, of a bundled, epoch or base file; cheap.
DeltaInfo readDeltaInfo(const std::string& path);

// Refuses another base or architecture (Error Mismatch, with both hashes) and offsets outside the map; on top of the delta of another run
// Error(BadArgument), while another epoch of the same run takes its place. The model may be on any device.
void applyDelta(const Delta& delta, Model& model);
// Puts the base values back. Throws Error(Unavailable) when the delta carries none.
void removeDelta(const Delta& delta, Model& model);

}  // namespace gps
