#include "widgets/fuzzymatch.h"

#include <QList>
#include <algorithm>

namespace gps::ui {

namespace {
constexpr int kLetter = 1, kAfterMatch = 4, kWordStart = 6, kFirst = 3, kNo = -1000000;
}  // namespace

int fuzzyScore(const QString& typed, const QString& text) {
  QString wanted;
  for (const QChar c : typed)
    if (!c.isSpace()) wanted += c.toCaseFolded();
  if (wanted.isEmpty()) return 0;
  const QString have = text.toCaseFolded();
  const qsizetype n = have.size();
  // best[j]: the best score of the letters so far with the last of them at j.
  QList<int> best(n, kNo);
  for (qsizetype k = 0; k < wanted.size(); ++k) {
    QList<int> next(n, kNo);
    int before = kNo;  // the best with the former letter anywhere left of j
    for (qsizetype j = 0; j < n; ++j) {
      if (have[j] == wanted[k]) {
        const bool isStart = j == 0 || !text[j - 1].isLetterOrNumber() || (text[j].isUpper() && text[j - 1].isLower());
        const int here = kLetter + (isStart ? kWordStart : 0) + (j == 0 ? kFirst : 0);
        const int from = k == 0 ? 0 : std::max(before, j > 0 && best[j - 1] > kNo ? best[j - 1] + kAfterMatch : kNo);
        if (from > kNo) next[j] = from + here;
      }
      before = std::max(before, best[j]);
    }
    best = next;
  }
  const int found = n == 0 ? kNo : *std::max_element(best.begin(), best.end());
  // Of two texts that match alike the shorter one is meant.
  return found <= kNo ? -1 : std::max(0, found * 16 - int(std::min<qsizetype>(n, 15)));
}

}  // namespace gps::ui
