#pragma once
// Asks for the name of a selection; stays open while it is written, so that a name that is taken can be changed.
#include <QDialog>

#include "app/project/explorer.h"

class QLineEdit;

namespace gps::ui {
class Button;
class Label;
}  // namespace gps::ui

namespace gps::app {

class SaveDialog : public QDialog {
  Q_OBJECT
 public:
  SaveDialog(Explorer& explorer, QWidget* parent = nullptr);
  QLineEdit* name() const { return m_name; }
  ui::Label* problem() const { return m_problem; }

 public Q_SLOTS:
  void save();

 private:
  void say(const QString& problem);
  Explorer& m_explorer;
  QLineEdit* m_name;
  ui::Label* m_problem;
  ui::Button* m_save;
};

}  // namespace gps::app
