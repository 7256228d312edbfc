#pragma once
// What belongs to the person: look, language, size, keys; and what the program is.
#include "app/pages/page.h"

class QCheckBox;
class QKeySequenceEdit;
class QTreeWidget;

namespace gps::ui {
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class Actions;

// A library the program is built with.
struct ProgramPart {
  QString name, version, licence;
};

class SettingsPage : public Page {
  Q_OBJECT
 public:
  SettingsPage(Session& session, Actions& actions, QWidget* parent = nullptr);
  void setParts(const QList<ProgramPart>& parts);
  void setCurrentLanguage(const QString& code);  // the one on screen, after "system" was resolved
  ui::SegmentedControl* scale() const { return m_scale; }
  ui::SegmentedControl* theme() const { return m_theme; }
  QString fontText() const;  // which font draws Chinese, or what to install
  // The family that has Simplified Chinese; empty: none on this computer.
  static QString chineseFont();

 Q_SIGNALS:
  void languageRequested(const QString& code);
  void layoutResetRequested();

 protected:
  void retranslate() override;

 private:
  void fillKeys();
  void takeKeys();
  void refreshLook();
  void refreshAbout();
  Actions& m_actions;
  QList<ProgramPart> m_parts;
  ui::Card *m_look, *m_start, *m_keysCard, *m_about;
  ui::Label *m_themeLabel, *m_languageLabel, *m_scaleLabel, *m_font, *m_keyHint, *m_keyNote, *m_use, *m_local, *m_versions;
  ui::SegmentedControl *m_theme, *m_contrast, *m_language, *m_scale;
  ui::Label* m_contrastLabel;
  QCheckBox *m_motion, *m_opensLast;
  ui::Button *m_resetLayout, *m_setKeys, *m_defaultKeys, *m_allDefaults;
  QTreeWidget* m_keys;
  QKeySequenceEdit* m_edit;
};

// "General", "Run", … for the group of an action.
QString actionCategory(const QString& category);

}  // namespace gps::app
