#pragma once
// The JSON texts that stand in the metadata of our files. Reading throws Error(BadFile) naming source and field; fields that are
// not there keep their defaults, unknown ones are passed over.
#include <map>
#include <memory>
#include <string>

#include "core/nn/parametermap.h"
#include "core/values/preprocess.h"
#include "core/values/runspec.h"

namespace gps {

std::string selectionSpecToJson(const SelectionSpec& spec);
SelectionSpec selectionSpecFromJson(const std::string& text, const std::string& source);

// List of name, offset, rows, cols, block, kind, part: the matrix entries by offset.
std::string parameterMapToJson(const ParameterMap& map);
// A map of matrix entries of shape rows x cols; offsets are those of the text.
std::shared_ptr<const ParameterMap> parameterMapFromJson(const std::string& text, const std::string& source);

std::string preprocessToJson(const PreprocessSpec& spec);
PreprocessSpec preprocessFromJson(const std::string& text, const std::string& source);

// A value that is not finite is written as null and read as NaN.
// A list of texts.
std::string namesToJson(const std::vector<std::string>& names);
std::vector<std::string> namesFromJson(const std::string& text, const std::string& source);

std::string metricsToJson(const std::map<std::string, double>& metrics);
std::map<std::string, double> metricsFromJson(const std::string& text, const std::string& source);

}  // namespace gps
