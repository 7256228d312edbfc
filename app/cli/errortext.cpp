#include "app/cli/errortext.h"

namespace gps::cli {

std::string errorWord(ErrorCode code) {
  switch (code) {
    case ErrorCode::BadArgument:
      return "bad_argument";
    case ErrorCode::BadFile:
      return "bad_file";
    case ErrorCode::NotFound:
      return "not_found";
    case ErrorCode::Mismatch:
      return "mismatch";
    case ErrorCode::Io:
      return "io";
    case ErrorCode::OutOfMemory:
      return "out_of_memory";
    case ErrorCode::DeviceLost:
      return "device_lost";
    case ErrorCode::Unavailable:
      return "unavailable";
    case ErrorCode::Diverged:
      return "diverged";
    case ErrorCode::Internal:
      break;
  }
  return "internal";
}

int exitCodeOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::BadArgument:
    case ErrorCode::BadFile:
    case ErrorCode::NotFound:
    case ErrorCode::Mismatch:
    case ErrorCode::Unavailable:
      return kExitUsage;
    default:
      return kExitFailed;
  }
}

Json errorJson(const Error& error) {
  Json inner;
  inner["code"] = errorWord(error.code());
  inner["subject"] = error.subject();
  inner["cause"] = error.cause();
  inner["remedy"] = error.remedy();
  return Json{{"error", inner}};
}

void requireGiven(const std::string& value, const std::string& flag, const std::string& purpose) {
  if (value.empty()) throw Error(ErrorCode::BadArgument, flag, "is missing", "Give " + purpose);
}

}  // namespace gps::cli
