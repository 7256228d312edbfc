#pragma once
// A sentence across the window with one or two answers; nothing waits for it.
#include <QWidget>

#include "widgets/theme.h"

namespace gps::ui {

class Button;
class IconButton;
class Label;

class NoticeBar : public QWidget {
  Q_OBJECT
 public:
  explicit NoticeBar(QWidget* parent = nullptr);
  // Empty answers are not shown. detail: a second, quiet sentence.
  void setNotice(Tone tone, const QString& text, const QString& detail, const QString& primary, const QString& secondary);
  QString text() const;
  Button* primaryButton() const { return m_primary; }
  Button* secondaryButton() const { return m_secondary; }

 Q_SIGNALS:
  void primaryRequested();
  void secondaryRequested();
  void dismissed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void refresh();
  Tone m_tone = Tone::Neutral;
  Label* m_text;
  Label* m_detail;
  Button* m_primary;
  Button* m_secondary;
  IconButton* m_close;
};

}  // namespace gps::ui
