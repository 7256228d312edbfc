#pragma once
// A walk through the epochs of the run on screen, on the picture that is looked at: slider, play, and export as GIF or PNG sequence.
// Hidden while there is no run with an epoch. Once the slider is moved, the other epochs of this picture are computed too, the nearest
// first; the memory of Predictions keeps them.
#include <QTimer>
#include <QWidget>
#include <functional>

#include "app/project/epochmovie.h"

namespace gps::ui {
class Button;
class IconButton;
class Label;
class Slider;
}  // namespace gps::ui

namespace gps::app {

class Predictions;

class EpochTravel : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kStepMs = 300;
  // look: what is on screen, composed when an export begins.
  EpochTravel(EngineApi& engine, Session& session, RunLibrary& runs, Predictions& predictions, std::function<ui::Composition()> look,
              QWidget* parent = nullptr);
  // What is looked at; ends the travel when the picture is another one.
  void setShown(const QString& caseId, const MapSource& shown);
  QList<MapSource> ahead() const;  // to be computed when nothing else is wanted; empty until the slider is moved
  ui::Slider* slider() const { return m_slider; }
  ui::IconButton* playButton() const { return m_play; }
  ui::Button* exportButton() const { return m_export; }
  EpochMovie& movie() { return m_movie; }
  const QList<int>& epochs() const { return m_epochs; }
  bool isPlaying() const { return m_step.isActive(); }
  void exportGif(const QString& path);
  void exportPictures(const QString& folder);

 Q_SIGNALS:
  void epochWished(int epoch);  // of the run on screen; by the user or the player

 protected:
  void changeEvent(QEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void retranslate();
  void refresh();
  void wish(int index);
  void play(bool on);
  void step();
  void askExport();
  void exportMovie(MovieOrder::Kind kind, const QString& path);
  Session& m_session;
  Predictions& m_predictions;
  std::function<ui::Composition()> m_look;
  EpochMovie m_movie;
  ui::IconButton* m_play;
  ui::Slider* m_slider;
  ui::Label* m_label;
  ui::Button* m_export;
  QTimer m_step;
  QList<int> m_epochs;
  QString m_caseId, m_note;
  MapSource m_shown;
  bool m_isTravelling = false;
};

}  // namespace gps::app
