#pragma once
// A model as a person sees it: what was recognised in a checkpoint, its blocks, and which keys matched.
#include <cstdint>
#include <string>
#include <vector>

#include "core/values/names.h"

namespace gps {

struct ModelDescription {  // a row of `gps models`
  std::string id;          // "lite_medsam"
  std::string title;       // "LiteMedSAM (TinyViT encoder, SAM mask decoder)"
  std::int64_t parameters = 0;
  int inputSize = 0;          // pixels, square; the default
  std::string weightsSource;  // where a person gets the weights
  TaskKind task = TaskKind::Segmentation;
  bool takesPoints = false;  // its published weights were trained to be told points; else boxes and whole pictures only
};

struct KeyMismatch {
  std::string name, expected, found;  // shapes as text "256x64x1x1"
};

struct KeyReport {
  int matched = 0;
  std::vector<std::string> missing;     // the model needs it, the file lacks it
  std::vector<std::string> unexpected;  // the file has it, the model does not know it
  std::vector<KeyMismatch> shapeMismatch;
  std::vector<std::string> ignored;  // known to be of no use: counters, index tables, a head of another class count
  std::string layout;                // whose names the file uses
  bool usable() const { return missing.empty() && shapeMismatch.empty(); }
};

// Selectable weights of one block and matrix type; for bars and the tree.
struct BlockRow {
  std::string block;           // "patch_embed", "0" … "11", "stage.block", "neck", "decoder"
  std::string kind;            // patch, stem, qkv, proj, fc1, fc2, conv, dwconv, downsample, neck, decoder
  std::int64_t rows = 0;       // neurons
  std::int64_t available = 0;  // weights
};

struct ModelInfo {
  ModelDescription description;
  std::string weightsPath;
  KeyReport keys;
  std::string baseHash;         // SHA-256, hex
  int imageSize = 0;            // pixels, of the shapes below
  int classes = 0;              // of the head; 0: none
  std::int64_t parameters = 0;  // all of the model's
  std::int64_t encoderParameters = 0;
  std::int64_t selectableRows = 0;  // encoder
  std::int64_t selectableWeights = 0;
  std::int64_t trainedVectors = 0;     // encoder biases, bias tables, layer scale that train beside the selection
  std::int64_t decoderParameters = 0;  // mask decoder and no_mask_embed, or the classification head
  std::vector<BlockRow> blocks;        // canonical order; encoder, then decoder rows with block "decoder"
};

}  // namespace gps
