#pragma once
// An editable text of settings with line numbers. A wrong line is marked and the reason stands below; the text itself is never touched.
#include <QPlainTextEdit>
#include <QWidget>

namespace gps::ui {

class Label;

class ConfigText : public QWidget {
  Q_OBJECT
 public:
  explicit ConfigText(QWidget* parent = nullptr);
  // Does not emit; keeps the place of the cursor by its line.
  void setText(const QString& text);
  QString text() const;
  // line: 1-based, 0 for the whole text. An empty message clears.
  void setProblem(int line, const QString& message);
  int problemLine() const { return m_problemLine; }
  QString problem() const;
  // A quiet word below a text without a problem ("applied").
  void setNote(const QString& note);
  void setReadOnly(bool on, const QString& reason = {});
  QPlainTextEdit* editor() const;

 Q_SIGNALS:
  void textEdited(const QString& text);  // by the user

 private:
  class Editor;
  void refresh();
  Editor* m_editor;
  Label* m_message;
  int m_problemLine = 0;
  QString m_problem, m_note;
  bool m_isSetting = false;
};

}  // namespace gps::ui
