#pragma once
// Lowest and highest value over any stretch of a growing series, in a time that hardly depends on its length: blocks of 16 values,
// blocks of 16 blocks, and so on. NaN is left out of both. Appending costs the same at the tenth and at the millionth value.
#include <QList>

namespace gps::ui {

class MinMaxIndex {
 public:
  struct Range {
    double low, high;  // both NaN: no value in the stretch
  };
  void clear() { m_levels.clear(); }
  // values.last() is new; all before it are known.
  void extend(const QList<double>& values);
  void rebuild(const QList<double>& values);
  // Over values[from … to), 0 <= from <= to <= values.size(); values as given to extend or rebuild.
  Range over(const QList<double>& values, qsizetype from, qsizetype to) const;

 private:
  QList<QList<Range>> m_levels;  // level 0: blocks of 16 values
};

}  // namespace gps::ui
