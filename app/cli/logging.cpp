#include "app/cli/logging.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace gps::cli {

LogSink makeLog(const LogOptions& options, ProgressBar& bar) {
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  auto plain = std::make_shared<spdlog::logger>("gps", sink);
  plain->set_level(options.silent    ? spdlog::level::err
                   : options.quiet   ? spdlog::level::warn
                   : options.verbose ? spdlog::level::debug
                                     : spdlog::level::info);
  plain->flush_on(spdlog::level::debug);
  return [plain, sink, &bar](LogLevel level, const std::string& text) {
    const auto spdlogLevel = level == LogLevel::Debug     ? spdlog::level::debug
                             : level == LogLevel::Info    ? spdlog::level::info
                             : level == LogLevel::Warning ? spdlog::level::warn
                                                          : spdlog::level::err;
    if (!plain->should_log(spdlogLevel)) return;
    bar.clear();
    sink->set_pattern(level == LogLevel::Info ? "%v" : "%^%l%$: %v");
    plain->log(spdlogLevel, "{}", text);
  };
}

}  // namespace gps::cli
