#pragma once
// Torch's exceptions become gps::Error where they enter the program. Run a whole job inside: tensors of the job are gone before
// an out-of-memory error is reported.
#include <c10/util/Exception.h>

#include <new>
#include <string>
#include <utility>

#include "core/values/error.h"

namespace gps {

inline const char* const kOutOfMemoryRemedy = "Use a smaller --batch or --image-size, or close other programs that use the device";

[[noreturn]] void throwTranslated(const std::string& job, const c10::Error& error, const std::string& outOfMemoryRemedy);

// job: what was being done, for the message ("training step").
template <typename F>
auto withTorchErrors(const std::string& job, F&& work, const std::string& outOfMemoryRemedy = kOutOfMemoryRemedy) -> decltype(work()) {
  std::string torchMessage;
  try {
    return std::forward<F>(work)();
  } catch (const c10::OutOfMemoryError& e) {
    torchMessage = e.what_without_backtrace();
  } catch (const c10::Error& e) {
    throwTranslated(job, e, outOfMemoryRemedy);
  } catch (const std::bad_alloc&) {
    torchMessage = "the system has no memory left";
  }
  throw Error(ErrorCode::OutOfMemory, job, torchMessage.substr(0, torchMessage.find('\n')), outOfMemoryRemedy);
}

}  // namespace gps
