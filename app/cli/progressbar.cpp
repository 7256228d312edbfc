#include "app/cli/progressbar.h"

#include <spdlog/fmt/fmt.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/cli/table.h"

namespace gps::cli {
namespace {

constexpr auto kBarInterval = std::chrono::milliseconds(100);
constexpr auto kFirstLine = std::chrono::seconds(1), kLineInterval = std::chrono::seconds(10);
constexpr double kWorthALine = 0.5;  // seconds a stage takes to be mentioned at its end
constexpr int kBarCells = 24;

}  // namespace

ProgressBar::ProgressBar(bool isTerminal, int columns) : m_isTerminal(isTerminal), m_columns(std::max(columns, 20)) {}

ProgressBar ProgressBar::forStderr() {
  winsize size{};
  const bool isTerminal = isatty(STDERR_FILENO) == 1;
  const bool known = isTerminal && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return ProgressBar(isTerminal, known ? size.ws_col : 80);
}

std::string ProgressBar::describe(const Progress& progress) {
  std::string text = progress.stage;
  if (progress.epochs > 0) text += fmt::format(" {}/{}", progress.epoch, progress.epochs);
  text += fmt::format("  {}/{} {}", progress.done, progress.total, progress.unit);
  if (progress.rate > 0) text += fmt::format("  {:.{}f} {}/s", progress.rate, progress.rate < 10 ? 1 : 0, progress.unit);
  if (progress.done < progress.total && progress.remainingSeconds >= 0) text += "  " + durationText(progress.remainingSeconds) + " left";
  return text;
}

std::string ProgressBar::render(const Progress& progress, int columns) {
  const double share = progress.total > 0 ? std::clamp(double(progress.done) / double(progress.total), 0.0, 1.0) : 0.0;
  const int filled = int(share * kBarCells);
  std::string text =
      "[" + std::string(std::size_t(filled), '#') + std::string(std::size_t(kBarCells - filled), '.') + "] " + describe(progress);
  if (int(text.size()) >= columns) text.resize(std::size_t(columns - 1));
  return text;
}

void ProgressBar::show(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const bool finished = progress.done >= progress.total;
  if (m_isTerminal) {
    if (!finished && progress.stage == m_stage && now - m_last < kBarInterval) return;
    std::fprintf(stderr, "\r%s\x1b[K", render(progress, m_columns).c_str());
    std::fflush(stderr);
    m_drawn = true;
  } else {
    if (progress.stage != m_stage) m_last = now - kLineInterval + kFirstLine;
    m_stage = progress.stage;
    if (finished ? progress.elapsedSeconds < kWorthALine : now - m_last < kLineInterval) return;
    std::fprintf(stderr, "%s\n", describe(progress).c_str());
  }
  m_stage = progress.stage;
  m_last = now;
}

void ProgressBar::clear() {
  if (!m_drawn) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  m_drawn = false;
}

}  // namespace gps::cli
