#pragma once
// What a classifier says of pictures.
#include <string>
#include <vector>

#include "app/cli/command.h"

namespace gps::cli {

// {id, classes: [{class, index, probability}]}: the five likeliest classes, by name where names are known, else by number.
Json likeliest(const std::string& id, const std::vector<double>& probabilities, const std::vector<std::string>& names);
// CSV with the columns picture, rank, class, probability. Throws Error(Io).
void writeClassTable(const std::string& path, const Json& images);

}  // namespace gps::cli
