#pragma once
#include <string>

#include "core/values/error.h"

namespace gps {

// Something wrong in a text of settings, and where.
class SettingError : public Error {
 public:
  // line: 1-based; 0: not known. The cause ends with it.
  SettingError(ErrorCode code, std::string subject, const std::string& cause, std::string remedy, int line)
      : Error(code, std::move(subject), line > 0 ? cause + " (line " + std::to_string(line) + ")" : cause, std::move(remedy)),
        m_cause(cause),
        m_line(line) {}
  int line() const { return m_line; }
  const std::string& causeAlone() const { return m_cause; }

 private:
  std::string m_cause;
  int m_line;
};

}  // namespace gps
