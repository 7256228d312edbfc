#pragma once
// Which range of the weight arena belongs to which tensor. Offsets go into files, so the order is fixed: matrix region
// first, then vector region, each in the order of the model's registry; every tensor starts at a multiple of 64 elements.
#include <cstdint>
#include <string>
#include <vector>

namespace gps {

enum class Region : std::uint8_t {
  Matrix,  // weights of Linear, Conv, ConvTranspose; selectable
  Vector   // biases, norms, statistics, embeddings, bias tables, layer scale, head; always full precision
};

enum class ParameterRole : std::uint8_t {
  Matrix,         // Linear/Conv/ConvTranspose weight
  Bias,           // Linear/Conv/ConvTranspose bias
  NormWeight,     // any norm's scale, BatchNorm included
  NormBias,       // any norm's shift
  NeckNormBias,   // the two neck LayerNorm biases of sam_vit_*, trained by the method (gps-method 1.5)
  NormStatistic,  // BatchNorm running mean and variance
  Embedding,      // position and relative position tables, tokens, random Fourier matrix
  BiasTable,      // attention_biases, relative_position_bias_table
  LayerScale,     // gamma
  NoMaskEmbed,    // SAM's learned dense prompt "no mask"
  Head            // classification head
};

enum class ModelPart : std::uint8_t { Encoder, PromptEncoder, Decoder, Head };

struct ParameterEntry {
  std::string name;  // the checkpoint's own name
  std::vector<std::int64_t> shape;
  ParameterRole role = ParameterRole::Matrix;
  ModelPart part = ModelPart::Encoder;
  std::string block;          // "patch_embed", "0", "1.2", "downsample.0", "neck", "decoder", "prompt"
  std::string kind;           // patch stem qkv proj fc1 fc2 conv dwconv downsample neck decoder; for vectors that of their layer
  bool affectsOutput = true;  // false: no output of the trained path depends on it (IoU head, hypernetworks 1…3)
  Region region = Region::Matrix;
  std::int64_t offset = 0;          // elements from the start of the region
  std::int64_t count = 0;           // elements
  std::int64_t rows = 0, cols = 0;  // shape[0] and the product of the rest; a row is the first dimension as stored
};

class ParameterMap {
 public:
  static constexpr std::int64_t kAlignment = 64;

  // Assigns regions, offsets, counts, rows and cols; the index of an entry is its ParameterId. Throws Error(Internal) on a
  // repeated name or a matrix region beyond 2^32 elements.
  explicit ParameterMap(std::vector<ParameterEntry> entries);

  const std::vector<ParameterEntry>& entries() const { return m_entries; }
  const ParameterEntry& entry(std::size_t id) const { return m_entries[id]; }
  std::size_t size() const { return m_entries.size(); }
  const ParameterEntry* find(const std::string& name) const;  // nullptr if unknown
  std::int64_t idOf(const std::string& name) const;           // -1 if unknown
  // Ids in canonical order: matrix region by offset, then vector region by offset.
  const std::vector<std::size_t>& canonicalOrder() const { return m_canonical; }
  // Ids of matrix entries by ascending offset.
  const std::vector<std::size_t>& matrixIds() const { return m_matrixIds; }
  // The matrix entry that holds this offset; Error(BadArgument) in padding or beyond the end.
  std::size_t matrixIdAt(std::uint32_t offset) const;

  std::int64_t matrixSize() const { return m_matrixSize; }  // elements with padding
  std::int64_t vectorSize() const { return m_vectorSize; }
  // Number of learned values (statistics and the random Fourier matrix left out, as in the originals' parameters()).
  std::int64_t parameterCount(ModelPart part) const;
  std::int64_t parameterCount() const;

 private:
  std::vector<ParameterEntry> m_entries;
  std::vector<std::size_t> m_canonical, m_matrixIds;
  std::int64_t m_matrixSize = 0, m_vectorSize = 0;
};

}  // namespace gps
