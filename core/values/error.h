#pragma once
// The one exception that leaves core. Bad input is reported with its name, the cause and the remedy.
#include <stdexcept>
#include <string>
#include <utility>

namespace gps {

enum class ErrorCode {
  BadArgument,  // a value the caller chose is out of range or contradicts another
  BadFile,      // a file exists but its content cannot be used
  NotFound,     // a file, folder, model or name does not exist
  Mismatch,     // two good things do not belong together (delta and base, selection and model)
  Io,           // reading or writing failed (permissions, disk full)
  OutOfMemory,  // host or device memory
  DeviceLost,   // the device cannot be used any more in this process
  Unavailable,  // built or running without what this needs
  Diverged,     // loss became NaN or infinite
  Internal      // a bug of ours
};

class Error : public std::runtime_error {
 public:
  // subject: the thing (file, tensor, option); cause: what is wrong with it; remedy: what to do. English, no trailing dot needed.
  Error(ErrorCode code, std::string subject, std::string cause, std::string remedy = {})
      : std::runtime_error(subject + ": " + cause + (remedy.empty() ? "" : ". " + remedy)),
        m_code(code),
        m_subject(std::move(subject)),
        m_cause(std::move(cause)),
        m_remedy(std::move(remedy)) {}

  ErrorCode code() const { return m_code; }
  const std::string& subject() const { return m_subject; }
  const std::string& cause() const { return m_cause; }
  const std::string& remedy() const { return m_remedy; }

 private:
  ErrorCode m_code;
  std::string m_subject, m_cause, m_remedy;
};

}  // namespace gps
