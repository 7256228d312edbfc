#pragma once
// The main job on the sample project without a hand on the mouse: gradient pass, K = 1, training, scores, pictures before and after.
#include <QObject>
#include <QString>
#include <QThreadPool>

#include "app/eventloopprobe.h"
#include "app/mainwindow.h"

namespace gps::app {

struct DemoReport {
  bool isComplete = false;
  QString problem;  // one line, when not complete
  QString folder;   // of the pictures
  double diceBefore = 0, diceAfter = 0;
  int pictures = 0, epochs = 0;
  double seconds = 0;
  double longestBlockMs = 0, computedMs = 0;  // of the window's thread while training; the most it computed at once
  QString text() const;                       // plain English lines for the terminal
};

class DemoRun : public QObject {
  Q_OBJECT
 public:
  explicit DemoRun(MainWindow& window, QObject* parent = nullptr);
  ~DemoRun() override;  // waits for the pictures that are being written
  void start();

 Q_SIGNALS:
  void finished(const gps::app::DemoReport& report);

 private:
  void jobEnded(JobKind kind, JobOutcome outcome);
  void give(const QString& problem);
  void savePictures();
  MainWindow& m_window;
  EventLoopProbe m_probe;
  QElapsedTimer m_clock;
  DemoReport m_report;
  bool m_isRunning = false;
  QThreadPool m_pool;
};

}  // namespace gps::app
