#pragma once
// How many values a run trains, from a few sizes of its model and the counts of a selection alone: the rules of makeTrainableSet
// (core/tuning/methods.h) without its tensors.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/values/names.h"
#include "core/values/selectioncounts.h"

namespace gps {

struct MatrixShape {
  std::int64_t rows = 0, cols = 0;
};

// Of a model, by trainedSizesOf (core/selection/trainedvectors.h). "Decoder": the mask decoder and no_mask_embed, or the head.
struct TrainedSizes {
  std::int64_t learnedInEncoder = 0;         // all but the statistics of norms
  std::int64_t encoderVectors = 0;           // biases, bias tables and layer scale
  std::int64_t decoder = 0;                  // as a whole
  std::int64_t decoderVectors = 0;           // what trains in it beside selected weights; the whole head
  std::int64_t lastMap = 0;                  // the last linear map before the answer
  std::vector<MatrixShape> decoderMatrices;  // that can be selected in
};

struct TrainedCounts {
  std::int64_t encoder = 0, decoder = 0;
  std::int64_t total() const { return encoder + decoder; }
};

// What trains of the decoder beside the encoder's part of a run; keptPerRow: of a decoder that is selected in, 0: nothing is selected.
inline std::int64_t trainedInDecoder(const TrainedSizes& model, DecoderMode mode, std::int64_t keptPerRow) {
  if (mode == DecoderMode::Freeze) return 0;
  if (mode == DecoderMode::Train) return model.decoder;
  std::int64_t n = model.decoderVectors;
  for (const MatrixShape& m : model.decoderMatrices) n += m.rows * std::min(keptPerRow, m.cols);
  return n;
}

// selection: of the encoder alone, as the table of the K slider counts it; read for Method::Gps only. With a decoder that is selected in at
// the level of the whole network the total holds; the two parts share it as their scores want.
inline TrainedCounts trainedCounts(const TrainedSizes& model, Method method, DecoderMode decoder, const SelectionCounts* selection) {
  switch (method) {
    case Method::Gps:
      if (selection == nullptr) return {};
      return {selection->trainable, trainedInDecoder(model, decoder, selection->keptPerRow)};
    case Method::Bias:
      return {model.encoderVectors, trainedInDecoder(model, decoder, 0)};
    case Method::Full:
      return {model.learnedInEncoder, model.decoder};
    case Method::Decoder:
      return {0, model.decoder};
    case Method::Linear:
      break;
  }
  return {0, model.lastMap};
}

}  // namespace gps
