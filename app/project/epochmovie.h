#pragma once
// One picture with its prediction after each epoch of a run, as an animated GIF or as a sequence of PNG. Composing and writing happen on a
// thread of their own, predictions come from the engine. GUI thread.
#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>

#include "app/project/mapfetch.h"
#include "widgets/composition.h"

namespace gps::app {

struct MovieOrder {
  enum class Kind { Gif, Pictures };
  Kind kind = Kind::Gif;
  QString path;  // Gif: the file, replaced if it is there. Pictures: a folder in which one of its own is made, never one that is there
  QString caseId, runFolder;
  QList<int> epochs;     // 0: the untuned model
  QStringList labels;    // one an epoch; written into the frames of a GIF
  ui::Composition look;  // its picture is the case's
};

class EpochMovie : public QObject {
  Q_OBJECT
 public:
  static constexpr int kLongestGifSide = 1024;  // pixels; a GIF of 4K frames is of no use
  static constexpr int kFrameMs = 300, kLastFrameMs = 1500;
  EpochMovie(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent = nullptr);
  ~EpochMovie() override;
  QString whyNot(const QString& runFolder) const;  // empty: it can start
  void start(const MovieOrder& order);
  void cancel();  // of a GIF nothing is written; pictures that are written stay
  bool isRunning() const { return m_isRunning; }
  int done() const { return m_next; }
  int total() const { return int(m_order.epochs.size()); }
  const QString& written() const { return m_written; }  // file or folder of the last one; empty: none
  const std::optional<Failure>& failure() const { return m_failure; }

 Q_SIGNALS:
  void progressed();
  void finished();

 private:
  struct Work;
  void nextEpoch();
  void inBackground(std::function<void(Work&)> job, std::function<void()> then);
  void end();
  MapFetch m_fetch;
  QThreadPool m_pool;
  MovieOrder m_order;
  std::shared_ptr<Work> m_work;
  std::optional<Failure> m_failure;
  QString m_written;
  int m_next = 0;
  quint64 m_number = 0;
  bool m_isRunning = false;
};

}  // namespace gps::app
