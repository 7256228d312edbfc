#pragma once
// Which run, and its values after which epoch.
#include <QWidget>

#include "app/project/mapsource.h"
#include "app/project/runlibrary.h"

namespace gps::ui {
class ChoiceBox;
class IconButton;
class Label;
}  // namespace gps::ui

namespace gps::app {

class Session;

class SourceChoice : public QWidget {
  Q_OBJECT
 public:
  // isShown: of the run on screen; another one is put on screen. Else of any run, with a button to remove it where isExtra.
  enum class Kind { Shown, Compared, Extra };
  SourceChoice(Session& session, RunLibrary& runs, Kind kind, QWidget* parent = nullptr);
  MapSource source() const;
  void setSource(const MapSource& source);
  void refresh();  // what can be chosen, and its words
  void setLabel(const QString& text);
  ui::ChoiceBox* runBox() const { return m_run; }
  ui::ChoiceBox* epochBox() const { return m_epoch; }

 Q_SIGNALS:
  void changed();  // by the user, or because what was chosen is gone
  void removeRequested();

 private:
  const std::vector<EpochRecord>* epochs() const;
  bool isOnScreen() const;
  int bestEpoch() const;
  void refreshEpochs();
  Session& m_session;
  RunLibrary& m_runs;
  Kind m_kind;
  ui::Label* m_label;
  ui::ChoiceBox *m_run, *m_epoch;
  ui::IconButton* m_remove = nullptr;
  QString m_folder, m_wished = QStringLiteral("best");  // "best", "last", "now" or a number
};

}  // namespace gps::app
