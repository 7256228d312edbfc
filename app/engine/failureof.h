#pragma once
#include <exception>

#include "app/engine/messages.h"

namespace gps::app {

// What a job threw, as the window is told of it. Any thread.
Failure failureOf(JobKind job, const std::exception& error);

}  // namespace gps::app
