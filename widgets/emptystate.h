#pragma once
// One sentence, one icon, one primary button, one link.
#include <QWidget>

namespace gps::ui {

class Button;
class Label;

class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(QWidget* parent = nullptr);
  void setIconName(const QString& name);
  void setSentence(const QString& text);
  void setPrimary(const QString& text, const QString& iconName = {});  // empty hides the button
  void setLink(const QString& text);                                   // empty hides the link

 Q_SIGNALS:
  void primaryRequested();
  void linkRequested();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void refresh();
  void balance();
  QString m_iconName;
  Label* m_icon;
  Label* m_sentence;
  Button* m_primary;
  Button* m_link;
};

}  // namespace gps::ui
