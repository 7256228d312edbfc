#pragma once
// Before runs begin or wait: what speaks against them, and the question whether to go on all the same. What a person has waved through
// once is not asked again. Nothing waits for the disk: how much is free was asked for beforehand.
#include <QSet>
#include <functional>

#include "app/pages/train/costwarnings.h"
#include "app/project/diskspace.h"
#include "app/project/runqueue.h"

class QMessageBox;

namespace gps::app {

class Leaks;

class Preflight : public QObject {
  Q_OBJECT
 public:
  // window: the question stands over it.
  Preflight(Session& session, const RunQueue& queue, const Leaks& leaks, QWidget* window);
  // Of the settings as they are; null: they were not measured.
  void setMeasured(std::shared_ptr<const TrainCost> cost) { m_cost = std::move(cost); }
  QList<RunWarning> warnings() const;  // against the run that the settings describe
  // go: at once, or when a person says so.
  void begin(std::function<void()> go);
  void enqueue(const QList<TrainSpec>& runs, std::function<void()> go);
  QMessageBox* question() const { return m_question; }  // null: none is open
  DiskSpace& disk() { return m_disk; }

 Q_SIGNALS:
  void diskChanged();

 private:
  enum class Purpose { Begin, Enqueue };
  double bytesOf(const TrainSpec& run) const;
  QList<RunWarning> warningsOf(const QList<TrainSpec>& runs) const;
  void pass(Purpose purpose, int runs, QList<RunWarning> warnings, std::function<void()> go);
  Session& m_session;
  const RunQueue& m_queue;
  const Leaks& m_leaks;
  QWidget* m_window;
  DiskSpace m_disk;
  std::shared_ptr<const TrainCost> m_cost;
  QMessageBox* m_question = nullptr;
  QSet<QString> m_wavedThrough;  // keys
};

}  // namespace gps::app
