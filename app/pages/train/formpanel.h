#pragma once
// The settings of the next run in three faces: fields, the text of run.toml, the command line that does the same.
#include "app/project/traindraft.h"
#include "widgets/card.h"

class QComboBox;
class QPlainTextEdit;

namespace gps::ui {
class Button;
class ConfigText;
class Label;
class PropertyForm;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class FormPanel : public ui::Card {
  Q_OBJECT
 public:
  FormPanel(Session& session, TrainDraft& draft, QWidget* parent = nullptr);
  ui::PropertyForm* form() const { return m_form; }
  ui::ConfigText* text() const { return m_text; }
  QPlainTextEdit* command() const { return m_command; }
  QComboBox* presets() const { return m_presets; }
  void showFace(const QString& id);  // "form", "text", "command"
  QString face() const;
  void retranslate();

 private:
  void buildForm();
  void refresh();
  void refreshForm();
  void refreshText();
  void refreshPreset();
  void fillPresets();
  void choosePreset(int index);
  void textEdited();
  Session& m_session;
  TrainDraft& m_draft;
  ui::SegmentedControl* m_faces;
  QComboBox* m_presets;
  ui::Label* m_presetNote;
  QWidget *m_fields, *m_commandFace;
  ui::PropertyForm* m_form = nullptr;
  ui::Button *m_more, *m_copy;
  ui::ConfigText* m_text;
  QPlainTextEdit* m_command;
  TaskKind m_task = TaskKind::Segmentation;
  bool m_isReading = false, m_showsAll = false;
};

}  // namespace gps::app
