#pragma once
// A text with a type role and a colour token that follows the theme. Elides on the right when asked.
#include <QLabel>

#include "widgets/theme.h"

namespace gps::ui {

class Label : public QLabel {
  Q_OBJECT
 public:
  explicit Label(const QString& text = {}, TextRole role = TextRole::Body, Token token = Token::Text, QWidget* parent = nullptr);
  void setTextRole(TextRole role);
  void setToken(Token token);
  // The full text is kept in the tooltip while it is cut.
  void setElided(bool on);

 protected:
  void paintEvent(QPaintEvent* event) override;
  QSize minimumSizeHint() const override;

 private:
  void refresh();
  TextRole m_role;
  Token m_token;
  bool m_elided = false;
};

}  // namespace gps::ui
