#pragma once
#include <functional>
#include <string>

namespace gps {

enum class LogLevel { Debug, Info, Warning, Error };

// Where core writes log lines; called on the thread that does the work. May be empty.
using LogSink = std::function<void(LogLevel, const std::string&)>;

}  // namespace gps
