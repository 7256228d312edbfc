#pragma once
// Makes a new selection of those compared: what it takes, how many weights that are, and a name to save it under.
#include <QWidget>
#include <memory>

#include "app/engine/selectionsetapi.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace gps::ui {
class Button;
class Label;
}  // namespace gps::ui

namespace gps::app {

class CombineForm : public QWidget {
  Q_OBJECT
 public:
  explicit CombineForm(QWidget* parent = nullptr);
  // Null: nothing to combine. Keeps the operation and a name that was typed.
  void setComparison(std::shared_ptr<const SelectionComparison> comparison, const CompareRequest& request);
  void setChosenCombination(const gps::Members& members);  // of the picture; empty: none
  // Says why a name cannot be taken; empty: it can.
  void setNameCheck(std::function<QString(const QString&)> check);
  void setBusy(bool on);  // while it is written
  void retranslate();

  // As the form stands; `out` is left to the caller.
  CombineRequest request() const;
  QString name() const;
  qint64 positions() const;  // that it would hold
  QComboBox* operationBox() const { return m_operation; }
  QLineEdit* nameEdit() const { return m_name; }
  ui::Button* saveButton() const { return m_save; }
  QSpinBox* atLeastBox() const { return m_atLeast; }
  QComboBox* firstBox() const { return m_first; }

 Q_SIGNALS:
  void saveRequested();

 private:
  void refresh();
  void suggest();
  bool isExactly() const;
  std::shared_ptr<const SelectionComparison> m_comparison;
  CompareRequest m_request;
  Members m_members;
  std::function<QString(const QString&)> m_check;
  QComboBox *m_operation, *m_first;
  QSpinBox* m_atLeast;
  QLineEdit* m_name;
  ui::Label *m_operationLabel, *m_firstLabel, *m_atLeastLabel, *m_nameLabel, *m_count, *m_what, *m_problem;
  ui::Button* m_save;
  bool m_isTyped = false, m_isBusy = false;
};

}  // namespace gps::app
