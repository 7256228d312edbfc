#pragma once
// Values of a comparison of n selections, for the widget tests and the gallery.
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "widgets/jaccardmatrix.h"
#include "widgets/selectionlist.h"
#include "widgets/sharedbars.h"
#include "widgets/theme.h"
#include "widgets/upsetbars.h"

namespace gps::test {

inline QStringList taskNames(int n) {
  static const QStringList names{QStringLiteral("textures"),   QStringLiteral("sign digits"), QStringLiteral("surface defects"),
                                 QStringLiteral("sprites, x"), QStringLiteral("pets"),        QStringLiteral("histology patches")};
  QStringList all;
  for (int i = 0; i < n; ++i) all << (i < names.size() ? names[i] : QStringLiteral("task %1").arg(i + 1));
  return all;
}

inline QList<QColor> taskColors(int n) {
  QList<QColor> all;
  for (int i = 0; i < n; ++i) all << ui::Theme::instance().runColor(i);
  return all;
}

inline void fill(ui::JaccardMatrix& matrix, int n) {
  QList<double> values, chances;
  for (int a = 0; a < n; ++a)
    for (int b = 0; b < n; ++b) {
      values << (a == b ? NAN : 0.72 - 0.045 * std::abs(a - b) - 0.02 * std::min(a, b));
      chances << (a == b ? NAN : 0.0006 * (1 + std::abs(a - b)));
    }
  matrix.setPairs(taskNames(n), taskColors(n), values, chances);
}

// Every combination of n selections that has one, two or all members.
inline QList<ui::SetCombination> combinations(int n) {
  QList<ui::SetCombination> all{{Members::firstOnes(std::size_t(n)), 64200}};
  for (int a = 0; a < n; ++a) {
    Members one;
    one.add(std::size_t(a));
    all << ui::SetCombination{one, std::max(40, 21300 - 1700 * a)};
    for (int b = a + 1; b < n && n > 2; ++b) {
      Members two = one;
      two.add(std::size_t(b));
      all << ui::SetCombination{two, std::max(20, 5400 - 300 * a - 100 * b)};
    }
  }
  return all;
}

inline QList<qint64> selectedCounts(int n) {
  QList<qint64> counts(n, 0);
  for (const auto& c : combinations(n)) c.members.forEach([&](std::size_t i) { counts[qsizetype(i)] += c.count; });
  return counts;
}

inline QList<ui::SharedBlock> sharedBlocks(int n, int blocks = 12) {
  QList<ui::SharedBlock> all{{QStringLiteral("patch_embed"), 0.6, 0.8, 0.012, 1300, n > 2 ? 400 : 0, 800, 12, 0.7, 0.004}};
  for (int b = 0; b < blocks; ++b) {
    const double inAll = 0.55 - 0.025 * b, inAnother = n > 2 ? inAll + 0.2 : inAll;
    all << ui::SharedBlock{QString::number(b),
                           inAll,
                           inAnother,
                           0.0075 * (n - 1),
                           qint64(9000 * inAll),
                           n > 2 ? 3600 : 0,
                           qint64(9000 * (1.3 - inAnother) * n / 2),
                           66.0 * n,
                           inAll * 0.9,
                           0.0025};
  }
  return all;
}

}  // namespace gps::test
