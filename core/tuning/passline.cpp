#include "core/tuning/passline.h"

#include <sstream>

namespace gps {

std::string passLine(const GradientField& field) {
  std::ostringstream line;
  line << "gradient pass: " << field.images << " pictures in " << field.batches << " batches, mean loss " << field.meanLoss;
  if (field.stoppedEarly) line << ", ended early: the choice had settled";
  for (const auto& s : field.snapshots) {
    line << "; after " << s.batches;
    if (s.withHalf >= 0) line << " like half as many " << s.withHalf;
    if (s.withFinal >= 0) line << " like the end " << s.withFinal;
  }
  return line.str();
}

}  // namespace gps
