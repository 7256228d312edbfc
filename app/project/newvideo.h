#pragma once
// A video or numbered pictures: what the model outlines in its frames, as they come, the areas over time, and saving it. Frames are decoded
// when they are looked at, outlines come from the disk (app/engine/mapfile.h); no more than a few frames are in memory. GUI thread.
#include <QList>
#include <QThreadPool>
#include <atomic>
#include <memory>

#include "app/project/looking.h"
#include "app/project/newpicturessaver.h"
#include "core/values/overlaystyle.h"
#include "widgets/pyramids.h"

namespace gps::app {

class NewVideo : public Looking {
  Q_OBJECT
 public:
  enum class What { AllFrames, OneFrame, AreasOnly };

  NewVideo(EngineApi& engine, Session& session, QObject* parent = nullptr);
  ~NewVideo() override;

  // A file, or a folder of pictures. every: 1 all frames, 2 every second one …
  void open(const QString& path, int every = 1, bool usesRun = true);
  const QString& path() const { return m_path; }
  int every() const { return m_every; }
  bool isOpen() const { return m_index != nullptr; }  // its first frame has been read
  const VideoInfo& info() const { return m_info; }
  int frameCount() const;                                             // as known so far
  bool isCounted() const;                                             // and for certain
  double secondsOf(int number) const;                                 // NaN: not known
  const QList<VideoFrameSeen>& seenFrames() const { return m_seen; }  // in order; those with a problem too
  const VideoFrameSeen* seenFrame(int number) const;                  // null: nobody has looked at it
  QList<int> unreadable() const;

  // Answers shown(); the newest wish counts.
  void show(int number);

  // Into a new folder inside this one: NAME_000012.png (mask), NAME_000012_overlay.png, area.csv. Answers saveProgress() and saved().
  void save(const QString& into, const SeenAs& seen, What what, int frame = 0);
  void cancelSave() { *m_stopSave = true; }
  bool isSaving() const { return m_isSaving; }

 Q_SIGNALS:
  void seen(int number);  // one more
  // map: null where nobody has looked at the frame; picture: null where it cannot be read.
  void shown(int number, std::shared_ptr<const gps::ui::PicturePyramid> picture, std::shared_ptr<const gps::ui::MapPyramid> map);
  void saveProgress(int done, int total);
  // problem empty: all of it; folder empty: nothing; details: of the system, to copy.
  void saved(const QString& folder, const QString& problem, const QString& details);

 protected:
  RunId start(const Values& values) override;
  void take(const MessageBody& body) override;
  void forget() override;

 private:
  struct Reader;  // of the frames that are looked at; the readers' thread
  QThreadPool m_readers, m_savers;
  QString m_path;
  int m_every = 1;
  VideoInfo m_info;
  std::shared_ptr<FrameIndex> m_index;
  std::shared_ptr<const NewPictureMaps> m_maps;
  std::shared_ptr<Reader> m_reader;
  QList<VideoFrameSeen> m_seen;
  std::shared_ptr<std::atomic<int>> m_wish = std::make_shared<std::atomic<int>>(0);  // numbers the frames asked for
  std::shared_ptr<std::atomic<bool>> m_stopSave = std::make_shared<std::atomic<bool>>(false);
  bool m_isSaving = false;
};

}  // namespace gps::app
