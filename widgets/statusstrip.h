#pragma once
// The strip at the foot of every page: the job at the left, the standing notice, device and language at the right.
#include <QWidget>

#include "widgets/progressvalue.h"

class QProgressBar;

namespace gps::ui {

class Button;
class Label;

enum class JobState { Idle, Running, Pausing, Paused, Stopping, Finished, Cancelled, Failed };

class StatusStrip : public QWidget {
  Q_OBJECT
 public:
  explicit StatusStrip(QWidget* parent = nullptr);
  // "Gradient pass done: 55 batches, 41 s"; the dot, bar and cancel button follow the state.
  void setJob(JobState state, const QString& text);
  // Shown beside the text while the job runs.
  void setProgress(const ProgressValue& progress);
  void setDevice(const QString& text);    // "GPU 2.2 of 80 GiB" or "CPU, 2 threads"
  void setLanguage(const QString& text);  // "EN", "中文"
  JobState state() const { return m_state; }
  QString jobText() const;

 Q_SIGNALS:
  void cancelRequested();
  void jobActivated();  // the user clicked the job's text: show the page it belongs to
  void languageRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Dot;
  void refresh();
  void fit();
  int lacking() const;
  JobState m_state = JobState::Idle;
  QString m_text;
  ProgressValue m_progress;
  Dot* m_dot;
  Button* m_job;
  QProgressBar* m_bar;
  Label* m_remaining;
  Button* m_cancel;
  Label* m_notice;
  Label* m_device;
  Button* m_language;
  bool m_hasDevice = false, m_hasLanguage = false;
};

}  // namespace gps::ui
