#pragma once
// The progress of a waiting card: text, bar, what is known of rate and time, cancel. Lies over the body.
#include <QTimer>
#include <QWidget>

#include "widgets/progressvalue.h"

class QProgressBar;

namespace gps::ui {

class Button;
class Label;

// Sets a bar from the value and lets it move without end while the total is unknown (unless motion is reduced).
class ProgressDriver : public QObject {
  Q_OBJECT
 public:
  explicit ProgressDriver(QProgressBar* bar);
  void show(const ProgressValue& progress);
  void stop();

 private:
  void advance();
  QProgressBar* m_bar;
  QTimer m_timer;
  double m_phase = 0.3;
};

class BusyOverlay : public QWidget {
  Q_OBJECT
 public:
  explicit BusyOverlay(QWidget* parent);
  void setProgress(const ProgressValue& progress, bool canCancel);

 Q_SIGNALS:
  void cancelRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  Label* m_text;
  QProgressBar* m_bar;
  ProgressDriver* m_driver;
  Label* m_line;
  Button* m_cancel;
  bool m_stopping = false;
  QString m_job;
};

}  // namespace gps::ui
