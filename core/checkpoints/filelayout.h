#pragma once
// What our own safetensors files have in common: checked access to their tensors and metadata, and the check that a file's
// offsets mean the same in a model. Errors name the file: BadFile for a damaged one, Mismatch for another model's.
#include <cstdint>
#include <string>
#include <vector>

#include "core/checkpoints/readers/picturelist.h"
#include "core/nn/parametermap.h"

namespace gps {

const std::string& requiredMetadata(const TensorFile& file, const std::string& key, const std::string& kindOfFile);
std::string optionalMetadata(const TensorFile& file, const std::string& key);  // empty when absent
int metadataInt(const TensorFile& file, const std::string& key, int fallback);

// One-dimensional; element type checked.
std::vector<std::uint32_t> readOffsets(const TensorFile& file, const std::string& name);  // ascending and distinct
std::vector<float> readFloats(const TensorFile& file, const std::string& name);           // F32, any shape, row-major

// Every offset lies inside a tensor of the map.
void requireInsideMap(const std::vector<std::uint32_t>& offsets, const ParameterMap& map, const std::string& path);
// The matrix entries of both maps have the same names, offsets, rows and columns.
void requireSameLayout(const ParameterMap& ofFile, const ParameterMap& ofModel, const std::string& path);
// base hashes: the file's and the model's.
void requireSameBase(const std::string& ofFile, const std::string& ofModel, const std::string& path, const std::string& weightsPath);

}  // namespace gps
