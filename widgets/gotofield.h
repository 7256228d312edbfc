#pragma once
// A field that is there only while it is asked for: takes a number, counted from 1, or a piece of a name.
#include <QLineEdit>
#include <functional>

namespace gps::ui {

class GoToField : public QLineEdit {
  Q_OBJECT
 public:
  // names: those to choose from, in the order of their numbers; asked when Enter is pressed.
  explicit GoToField(std::function<QStringList()> names, QWidget* parent = nullptr);
  void ask();

 Q_SIGNALS:
  void chosen(int place);  // in the names, from 0; the field is hidden before

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void choose();
  void retranslate();
  std::function<QStringList()> m_names;
};

}  // namespace gps::ui
