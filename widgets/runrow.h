#pragma once
// A run as a table shows it. Plain values; what is not known is NaN, −1 or empty.
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <limits>

#include "widgets/theme.h"

namespace gps::ui {

enum class RunPhase { Running, Finished, Stopped, Failed, Unreadable };

// A column beyond those that every table of runs has.
struct RunColumn {
  enum class Group { Metric, Setting };
  enum class Kind { Score, Number, Text };  // Score: 0…1, shown as the best value is
  QString key, title, tip;                  // key: for files, the same in every language
  Group group = Group::Metric;
  Kind kind = Kind::Number;
  bool operator==(const RunColumn&) const = default;
};

struct RunRow {
  QString id;  // unique; its path under the project's runs
  RunPhase phase = RunPhase::Finished;
  QString problem;                               // of a failed or unreadable run
  QString method, level, criterion, precision;   // the words of run.toml, for files and filters
  QString methodText, levelText, criterionText;  // what people read instead; empty: the same
  bool isClassification = false;                 // the value is a share of pictures, shown in percent; else Dice
  int keptPerRow = -1;                           // K
  double share = 0;                              // above 0: the budget is this share of the weights, in place of K
  double learningRate = std::numeric_limits<double>::quiet_NaN();
  quint64 seed = 0;
  int epochs = 0, plannedEpochs = 0;
  double best = std::numeric_limits<double>::quiet_NaN(), last = std::numeric_limits<double>::quiet_NaN();  // 0…1
  int bestEpoch = 0;
  QString leaks, leakToolTip;  // what speaks against its values, in words; empty: never looked for
  Tone leakTone = Tone::Neutral;
  qint64 trainable = -1;
  double deltaMib = 0, seconds = 0, peakMib = 0;  // 0: unknown
  qint64 startedMs = 0;                           // since 1970
  bool isStarred = false;
  QStringList tags;
  QString note;
  QHash<QString, QVariant> extras;  // of RunColumns by their keys: double or text; what is missing is not known
  int colour = -1;                  // slot of the palette of runs, while it is ticked; −1: none yet
  bool operator==(const RunRow&) const = default;
};

// Sizes are kept in MiB and read in MB.
inline constexpr double kMegabytesPerMebibyte = 1.048576;

// Slots of colour and stroke for curves: the palette of runs drawn through, then the same dashed.
inline constexpr int kRunColours = 7, kRunSlots = 2 * kRunColours;

}  // namespace gps::ui
