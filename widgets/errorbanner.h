#pragma once
// What happened, the likely cause, what to do, details to copy. Repeated errors update one banner.
#include <QWidget>

class QPlainTextEdit;
class QVBoxLayout;

namespace gps::ui {

class Button;
class IconButton;
class Label;

class ErrorBanner : public QWidget {
  Q_OBJECT
 public:
  explicit ErrorBanner(QWidget* parent = nullptr);
  // Empty parts are left out. details is shown on request and copied by a button.
  void setMessage(const QString& what, const QString& why, const QString& remedy, const QString& details = {});
  // Buttons such as "Use batch 4", the best first.
  void setActions(const QStringList& texts);
  QString text() const;  // the three sentences in one line, for tests and the log

 Q_SIGNALS:
  void dismissed();
  void actionRequested(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  Label* m_what;
  Label* m_why;
  Label* m_remedy;
  QPlainTextEdit* m_details;
  Button* m_showDetails;
  Button* m_copy;
  QVBoxLayout* m_actions;
  IconButton* m_close;
};

}  // namespace gps::ui
