#pragma once
// Where one is in a video: play, a slider over its frames, the number of the frame, its time. Keys of the page: K plays or stops.
#include <QTimer>
#include <QWidget>

class QSpinBox;

namespace gps::ui {
class IconButton;
class Label;
class Slider;
}  // namespace gps::ui

namespace gps::app {

// "1:02.480"; hours where there are some.
QString frameTimeText(double seconds);

class VideoScrub : public QWidget {
  Q_OBJECT
 public:
  explicit VideoScrub(QWidget* parent = nullptr);
  void setFrames(int count);               // 0: nothing to scrub
  void setFrame(int number);               // does not emit
  void setSeconds(double at, double end);  // NaN: not known
  // Frames to go on by while it plays, and how long each stays, at least until arrived().
  void setPace(int step, int milliseconds);
  void arrived();  // the frame wished for is on screen
  // Motion is reduced: nothing plays by itself.
  void setStill(bool isStill);
  int frame() const;
  int frames() const { return m_count; }
  bool isPlaying() const { return m_isPlaying; }
  void play(bool on);
  void focusNumber();
  ui::Slider* slider() const { return m_slider; }
  QSpinBox* number() const { return m_number; }
  ui::IconButton* playButton() const { return m_play; }

 Q_SIGNALS:
  void frameWished(int number);  // by the user or while it plays

 protected:
  void changeEvent(QEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void retranslate();
  void refresh();
  void goOn();
  ui::IconButton* m_play;
  ui::Slider* m_slider;
  QSpinBox* m_number;
  ui::Label *m_of, *m_time;
  QTimer m_beat;
  int m_count = 0, m_step = 1;
  bool m_isPlaying = false, m_hasArrived = true, m_isStill = false;
};

}  // namespace gps::app
