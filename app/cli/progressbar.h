#pragma once
// Progress on stderr: one moving bar on a terminal, a line now and then elsewhere.
#include <chrono>
#include <string>

#include "core/control/runcontrol.h"

namespace gps::cli {

class ProgressBar {
 public:
  // isTerminal: draw a bar of at most `columns` characters.
  ProgressBar(bool isTerminal, int columns);
  static ProgressBar forStderr();

  void show(const Progress& progress);
  // Takes the bar away, so that other text can be written.
  void clear();

  // "train 2/20  34/110 steps  3.4 steps/s  0:22 left"
  static std::string describe(const Progress& progress);
  static std::string render(const Progress& progress, int columns);

 private:
  bool m_isTerminal;
  int m_columns;
  bool m_drawn = false;
  std::string m_stage;
  std::chrono::steady_clock::time_point m_last{};
};

}  // namespace gps::cli
