#pragma once
// A failure in the user's words.
#include <QCoreApplication>
#include <QString>

#include "app/engine/messages.h"

namespace gps::app {

struct FailureText {
  QString what, why, remedy, details;
};

class FailureTexts {
  Q_DECLARE_TR_FUNCTIONS(FailureTexts)
 public:
  static FailureText of(const Failure& failure);
  // Of an Error(Io) while writing, whose cause is the system's English: "The disk is full."
  static QString whyNotWritten(const QString& cause);
  static QString jobName(JobKind job);  // "Gradient pass"
};

}  // namespace gps::app
