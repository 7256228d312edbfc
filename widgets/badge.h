#pragma once
// A short word on a wash of its tone ("leak-free", "3 problems").
#include <QWidget>

#include "widgets/theme.h"

namespace gps::ui {

class Badge : public QWidget {
  Q_OBJECT
 public:
  explicit Badge(const QString& text = {}, Tone tone = Tone::Neutral, QWidget* parent = nullptr);
  void setText(const QString& text);
  void setTone(Tone tone);
  QString text() const { return m_text; }
  Tone tone() const { return m_tone; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString m_text;
  Tone m_tone;
};

}  // namespace gps::ui
