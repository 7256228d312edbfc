#pragma once
#include <string>

#include "core/selection/gradientfield.h"

namespace gps {

// What a pass found, as a line of the log; its snapshots with the Jaccard of their choice and that at half as many batches and at the end.
std::string passLine(const GradientField& field);

}  // namespace gps
