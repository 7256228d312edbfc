#include "app/demorun.h"

#include <QDir>
#include <QSaveFile>
#include <exception>

#include "app/engine/failuretext.h"
#include "app/pages/casespage.h"
#include "core/drawing/overlay.h"
#include "core/io/imagewriter.h"

namespace gps::app {

using namespace Qt::StringLiterals;

QString DemoReport::text() const {
  if (!isComplete) return u"demo: not complete: %1\n"_s.arg(problem);
  return u"demo: %1 validation pictures, %2 epochs, %3 s\n"_s.arg(pictures).arg(epochs).arg(seconds, 0, 'f', 1) +
         u"mDice before %1, after %2 (%3)\n"_s.arg(diceBefore, 0, 'f', 3).arg(diceAfter, 0, 'f', 3).arg(diceAfter - diceBefore, 0, 'f', 3) +
         u"longest block of the window while training: %1 ms, at most %2 ms computing\n"_s.arg(longestBlockMs, 0, 'f', 1)
             .arg(computedMs, 0, 'f', 1) +
         u"pictures: %1\n"_s.arg(folder);
}

DemoRun::DemoRun(MainWindow& window, QObject* parent) : QObject(parent), m_window(window) {
  connect(&window.session(), &Session::jobEnded, this, &DemoRun::jobEnded);
}

DemoRun::~DemoRun() { m_pool.waitForDone(); }

void DemoRun::start() {
  m_report = {};
  m_isRunning = true;
  m_clock.start();
  Session& session = m_window.session();
  session.openDemo();
  if (session.project().model.weightsPath.empty()) give(u"the sample weights were not found; run scripts/demo.sh or set GPS_WEIGHTS"_s);
}

void DemoRun::give(const QString& problem) {
  if (!m_isRunning) return;
  m_isRunning = false;
  m_report.problem = problem;
  Q_EMIT finished(m_report);
}

void DemoRun::jobEnded(JobKind kind, JobOutcome outcome) {
  if (!m_isRunning) return;
  Session& session = m_window.session();
  if (outcome == JobOutcome::Failed && !isQuiet(kind)) {
    const auto failure = session.failure(kind);
    return give(failure ? failure->details : u"a job failed"_s);
  }
  if (outcome == JobOutcome::Cancelled && !isQuiet(kind)) return give(u"stopped"_s);
  switch (kind) {
    case JobKind::ListRuns:  // the last of what opening a project asks for
      m_window.showPage(u"selection"_s);
      session.setKeptPerRow(1);
      if (const QString why = session.whyNoGradientPass(); !why.isEmpty()) return give(why);
      session.runGradientPass();
      break;
    case JobKind::GradientPass:
      m_window.showPage(u"train"_s);
      m_probe.start();
      session.startTraining();
      break;
    case JobKind::Train:
      m_probe.stop();
      m_report.longestBlockMs = m_probe.longestMs();
      m_report.computedMs = m_probe.computedMs();
      m_window.showPage(u"cases"_s);
      break;
    case JobKind::Score: {
      const auto *before = session.scores(0), *after = session.scores(session.run().bestEpoch());
      if (!before || !before->summary || !after || !after->summary) break;
      m_report.diceBefore = before->summary->diceMean;
      m_report.diceAfter = after->summary->diceMean;
      m_report.pictures = after->summary->n;
      m_report.epochs = session.run().lastEpoch();
      savePictures();
      break;
    }
    default:
      break;
  }
}

void DemoRun::savePictures() {
  Session& session = m_window.session();
  m_isRunning = false;
  m_report.folder = session.project().folder + "/exports/demo"_L1;
  struct Pair {
    DataItem item;
    std::shared_ptr<const ProbabilityMap> before, after;
  };
  std::vector<Pair> pairs;
  const std::string split = session.scoredSplit().toStdString();
  for (const DataItem& item : session.data()->items) {
    if (item.split != split) continue;
    const QString id = QString::fromStdString(item.id);
    pairs.push_back({item, session.prediction(id, 0), session.prediction(id, session.run().bestEpoch())});
  }
  m_pool.start([this, pairs, images = session.images(), folder = m_report.folder] {
    QString problem;
    try {
      QDir().mkpath(folder);
      for (const Pair& pair : pairs) {
        const RgbImage image = images->loadImage(pair.item.imagePath);
        const MaskImage truth = images->loadMask(pair.item.maskPath);
        const std::string stem = folder.toStdString() + "/" + pair.item.id;
        if (pair.before) writeRgb(stem + "_before.png", drawOverlay(image, *pair.before, &truth));
        if (pair.after) writeRgb(stem + "_after.png", drawOverlay(image, *pair.after, &truth));
      }
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(
        this,
        [this, problem] {
          m_report.isComplete = problem.isEmpty();
          m_report.problem = problem;
          m_report.seconds = double(m_clock.elapsed()) / 1000;
          QSaveFile file(m_report.folder + "/report.txt"_L1);
          if (file.open(QIODevice::WriteOnly)) {
            file.write(m_report.text().toUtf8());
            file.commit();
          }
          Q_EMIT finished(m_report);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
