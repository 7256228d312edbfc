#pragma once
// What to write of which pictures, and where; stays open while it is written. Shows what is on screen: the prediction shown, its threshold
// and its look.
#include <QDialog>

#include "app/project/caseexport.h"

class QCheckBox;
class QLineEdit;
class QProgressBar;

namespace gps::ui {
class Button;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  struct Choice {
    QString current;     // picture on screen
    QStringList listed;  // as the list shows them
    QString source;      // "GPS K=1 · epoch 20"
    ExportOrder order;   // source and look; the rest is chosen here
  };
  ExportDialog(CaseExport& exporter, Choice choice, QWidget* parent = nullptr);
  ui::SegmentedControl* which() const { return m_which; }
  ui::SegmentedControl* existing() const { return m_existing; }
  QLineEdit* folder() const { return m_folder; }
  ui::Button* exportButton() const { return m_export; }
  ui::Button* closeButton() const { return m_close; }
  ui::Label* state() const { return m_state; }
  void setKinds(const ExportKinds& kinds);
  ExportKinds kinds() const;

 Q_SIGNALS:
  void kindsChosen(const gps::app::ExportKinds& kinds);

 public Q_SLOTS:
  void reject() override;

 private:
  ExportOrder order() const;
  void refresh();
  void refreshEnd();
  QString endText() const;
  CaseExport& m_exporter;
  Choice m_choice;
  ui::SegmentedControl *m_which, *m_existing;
  QCheckBox *m_overlay, *m_mask, *m_indexed, *m_probability, *m_runs;
  QLineEdit* m_folder;
  ui::Button *m_browse, *m_export, *m_close;
  QProgressBar* m_bar;
  ui::Label* m_state;
};

}  // namespace gps::app
