#pragma once
// Values of a field under the pixels of a view, bilinear between its samples. Private to the viewer.
#include <QRect>
#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/pyramids.h"

namespace gps::ui {

template <typename T>
class FieldSampler {
 public:
  // rect: in view pixels from the picture's corner; scale: view pixels per picture pixel.
  FieldSampler(const FieldLevel<T>& field, int level, double scale, const QRect& rect)
      : m_field(field), m_step(1.0 / (scale * double(1 << level))), m_rect(rect), m_isPlain(std::abs(m_step - 1) < 1e-9) {
    if (m_isPlain) return;
    m_columns.resize(std::size_t(rect.width()));
    m_shares.resize(std::size_t(rect.width()));
    for (int x = 0; x < rect.width(); ++x) {
      const double at = std::clamp((rect.x() + x + 0.5) * m_step - 0.5, 0.0, double(field.width - 1));
      const int column = std::min(int(at), std::max(0, field.width - 2));
      m_columns[std::size_t(x)] = column;
      m_shares[std::size_t(x)] = float(at - column);
    }
    m_mixed.resize(std::size_t(m_columns.back() - m_columns.front() + 2));
  }

  // out [count]: row y of the rect, counted from its top, from column x on.
  void row(int y, int x, int count, float* out) {
    if (m_isPlain) {
      const T* from = m_field.row(std::clamp(m_rect.y() + y, 0, m_field.height - 1));
      const int left = m_rect.x() + x;
      if (left >= 0 && left + count <= m_field.width) {
        for (int i = 0; i < count; ++i) out[i] = float(from[left + i]);
      } else {
        for (int i = 0; i < count; ++i) out[i] = float(from[std::clamp(left + i, 0, m_field.width - 1)]);
      }
      return;
    }
    const double at = std::clamp((m_rect.y() + y + 0.5) * m_step - 0.5, 0.0, double(m_field.height - 1));
    const int line = std::min(int(at), std::max(0, m_field.height - 2));
    const auto share = float(at - line);
    const int* columns = m_columns.data() + x;
    const float* shares = m_shares.data() + x;
    const int first = columns[0], reach = columns[count - 1] - first + 2, there = std::min(reach, m_field.width - first);
    const T* a = m_field.row(line) + first;
    const T* b = m_field.row(std::min(line + 1, m_field.height - 1)) + first;
    float* mixed = m_mixed.data();
    for (int i = 0; i < there; ++i) mixed[i] = float(a[i]) + (float(b[i]) - float(a[i])) * share;
    if (there < reach) mixed[there] = mixed[there - 1];
    for (int i = 0; i < count; ++i) {
      const float* pair = mixed + (columns[i] - first);
      out[i] = pair[0] + (pair[1] - pair[0]) * shares[i];
    }
  }

 private:
  const FieldLevel<T>& m_field;
  double m_step;  // samples per view pixel
  QRect m_rect;
  bool m_isPlain;               // one sample a pixel
  std::vector<int> m_columns;   // the sample left of each pixel
  std::vector<float> m_shares;  // of the one right of it
  std::vector<float> m_mixed;   // a row between two rows of samples
};

}  // namespace gps::ui
