#pragma once
// What is known of why scores may flatter, and the findings that it comes to.
#include <QList>
#include <QMap>
#include <QString>

namespace gps::app {

struct LeakEvidence {
  bool isChecked = false;      // pictures of all splits have been compared
  int pairs = 0;               // pictures on two sides of a split
  QStringList seen;            // data sets among the pictures that the weights have seen, or may have
  QMap<QString, int> heldOut;  // by split: pictures outside the training split that the selection or the run was made from
};

struct LeakFinding {
  enum class Kind { Splits, Weights, Pictures };
  Kind kind = Kind::Splits;
  QString word, sentence;  // "splits leak"; what was found, whole
};

// All that speaks against a score, in one list; worst first. Empty: nothing is known against it. In the language of the moment.
QList<LeakFinding> leakFindings(const LeakEvidence& evidence);

}  // namespace gps::app
