#pragma once
// One run: what it is, how good it is, and what people have added to it.
#include <QWidget>

#include "app/project/runlibrary.h"
#include "app/project/runnotes.h"

class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QToolButton;

namespace gps::ui {
class Badge;
class Button;
class Card;
class IconButton;
class KeyValueList;
class Label;
}  // namespace gps::ui

namespace gps::app {

class RunDetails : public QWidget {
  Q_OBJECT
 public:
  explicit RunDetails(RunNotes& notes, QWidget* parent = nullptr);
  void setRun(const RunPtr& run, const RunPtr& baseline);  // null: none
  QLineEdit* tags() const { return m_tags; }
  QPlainTextEdit* note() const { return m_note; }
  ui::Button* star() const { return m_star; }
  ui::Button* pin() const { return m_pin; }
  ui::IconButton* remove() const { return m_remove; }
  QMenu* colours() const { return m_colours; }

 Q_SIGNALS:
  void deleteRequested(const QString& id);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  void refreshNotes();
  void fillColours();
  RunNotes& m_notes;
  RunPtr m_run, m_baseline;
  ui::Card *m_what, *m_added;
  ui::Badge* m_state;
  ui::Label *m_number, *m_text, *m_problem, *m_colourLabel;
  ui::KeyValueList* m_list;
  ui::Button *m_star, *m_pin;
  ui::IconButton* m_remove;
  QLineEdit* m_tags;
  QPlainTextEdit* m_note;
  QToolButton* m_colour;
  QMenu* m_colours = nullptr;
  QString m_shownId;
};

}  // namespace gps::app
