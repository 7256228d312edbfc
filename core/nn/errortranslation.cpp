#include "core/nn/errortranslation.h"

namespace gps {

void throwTranslated(const std::string& job, const c10::Error& error, const std::string& outOfMemoryRemedy) {
  std::string text = error.what_without_backtrace();
  text = text.substr(0, text.find('\n'));
  const bool device = text.find("CUDA error") != std::string::npos || text.find("cuDNN") != std::string::npos;
  if (text.find("out of memory") != std::string::npos || text.find("can't allocate memory") != std::string::npos)
    throw Error(ErrorCode::OutOfMemory, job, text, outOfMemoryRemedy);
  if (device) throw Error(ErrorCode::DeviceLost, job, text, "Restart the program; the run can be resumed");
  throw Error(ErrorCode::Internal, job, text, "Please report this with the details");
}

}  // namespace gps
