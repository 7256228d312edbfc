#pragma once
#include <string>
#include <utility>

#include "core/values/error.h"

namespace gps {

// Something wrong in a text of settings, and where.
class SettingError : public Error {
 public:
  enum class Kind {
    Syntax,          // no TOML; detail: the reader's words
    SweepPlan,       // the plan of a sweep in place of the settings of one run
    UnknownSection,  // name
    UnknownSetting,  // name: "section.key"
    WrongValue       // name; detail: what it must be, "one of a|b|c"
  };
  // line: 1-based; 0: not known.
  SettingError(Kind kind, std::string source, int line, std::string name, std::string detail)
      : Error(kind == Kind::Syntax ? ErrorCode::BadFile : ErrorCode::BadArgument, std::move(source),
              sentence(kind, name, detail) + (line > 0 ? " (line " + std::to_string(line) + ")" : ""), remedyOf(kind)),
        m_kind(kind),
        m_line(line),
        m_name(std::move(name)),
        m_detail(std::move(detail)) {}

  Kind kind() const { return m_kind; }
  int line() const { return m_line; }
  const std::string& name() const { return m_name; }
  const std::string& detail() const { return m_detail; }
  std::string causeAlone() const { return sentence(m_kind, m_name, m_detail); }  // without the line

 private:
  static std::string sentence(Kind kind, const std::string& name, const std::string& detail) {
    switch (kind) {
      case Kind::Syntax:
        return "is not valid TOML: " + detail;
      case Kind::SweepPlan:
        return "is the plan of a sweep, for it has a section [sweep]; these are to be the settings of one run";
      case Kind::UnknownSection:
        return "\"" + name + "\" is not a known section";
      case Kind::UnknownSetting:
        return "\"" + name + "\" is not a known setting";
      case Kind::WrongValue:
        break;
    }
    return name + " must be " + detail;
  }
  static std::string remedyOf(Kind kind) {
    switch (kind) {
      case Kind::Syntax:
        return "Correct that line";
      case Kind::SweepPlan:
        return "Use `gps sweep PLAN --out DIR`, or remove [sweep]";
      case Kind::UnknownSection:
        return "Remove it";
      case Kind::UnknownSetting:
        return "See `gps train --print-config` for all of them";
      case Kind::WrongValue:
        break;
    }
    return {};
  }

  Kind m_kind;
  int m_line;
  std::string m_name, m_detail;
};

}  // namespace gps
