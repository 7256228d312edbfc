#pragma once
// Errors as a script and a person see them.
#include <string>

#include "app/cli/command.h"
#include "core/values/error.h"

namespace gps::cli {

constexpr int kExitDone = 0, kExitFailed = 1, kExitUsage = 2, kExitCancelled = 130;

std::string errorWord(ErrorCode code);  // "bad_argument", "not_found", …
// 2 where the caller's input is at fault, else 1.
int exitCodeOf(ErrorCode code);
// {"error": {code, subject, cause, remedy}}
Json errorJson(const Error& error);

// Throws Error(BadArgument) when a needed flag or argument was not given.
void requireGiven(const std::string& value, const std::string& flag, const std::string& purpose);

}  // namespace gps::cli
