#pragma once
// Does a text hold the letters of what was typed, in order? Higher is better: beginnings of words and runs of letters count more.
#include <QString>

namespace gps::ui {

// Case and blanks of `typed` do not count. Negative: no match; an empty `typed` matches everything with 0.
int fuzzyScore(const QString& typed, const QString& text);

}  // namespace gps::ui
