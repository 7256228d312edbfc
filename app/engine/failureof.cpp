#include "app/engine/failureof.h"

#include <new>

namespace gps::app {

Failure failureOf(JobKind job, const std::exception& error) {
  Failure failure{job, ErrorCode::Internal, {}, {}, {}, QString::fromUtf8(error.what())};
  if (const auto* ours = dynamic_cast<const Error*>(&error)) {
    failure.code = ours->code();
    failure.subject = QString::fromStdString(ours->subject());
    failure.cause = QString::fromStdString(ours->cause());
    failure.remedy = QString::fromStdString(ours->remedy());
  } else if (dynamic_cast<const std::bad_alloc*>(&error)) {
    failure.code = ErrorCode::OutOfMemory;
  }
  return failure;
}

}  // namespace gps::app
