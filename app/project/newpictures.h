#pragma once
// A folder of pictures without masks: what the model outlines in each, as it comes, and saving it. Waits while another job runs. GUI
// thread.
#include <QImage>
#include <QList>
#include <QThreadPool>
#include <array>
#include <atomic>
#include <memory>

#include "app/project/looking.h"
#include "app/project/newpicturessaver.h"
#include "core/values/overlaystyle.h"
#include "widgets/pyramids.h"

namespace gps::app {

// True for a folder with pictures in it that is no data set to train with: no masks, no lists of splits or classes, no folders of them.
// Other files may lie beside the pictures. Looks at names and at the first lines of tables.
bool holdsOnlyPictures(const QString& folder);

class NewPictures : public Looking {
  Q_OBJECT
 public:
  struct Item {
    QString name, path;
    bool isSeen = false;
    QString problem;  // set: it could not be read
    int width = 0, height = 0;
    std::shared_ptr<const NewPictureSeen> seen;
  };

  NewPictures(EngineApi& engine, Session& session, QObject* parent = nullptr);
  ~NewPictures() override;

  // Begins as soon as nothing else runs. usesRun: the best values of the run on screen, where there is one.
  void open(const QString& folder, bool usesRun = true);
  void open(const QStringList& files, bool usesRun = true);  // these pictures alone
  void openAgain(bool usesRun) { begin(usesRun); }
  const QString& folder() const { return m_folder; }  // of files: the one of the first
  bool isOfFiles() const { return !m_files.isEmpty(); }
  const QList<Item>& items() const { return m_items; }
  int seenCount() const { return m_seen; }
  QStringList unreadable() const;
  double share(int index, double threshold) const;  // of the picture above it, 0…1; NaN: not there

  // Answers shown(); the newest wish counts.
  void show(int index);
  // Answers thumbnailReady() for these, outlined at the threshold.
  void drawThumbnails(const QList<int>& indices, const OverlayStyle& style);
  void redrawThumbnails(const OverlayStyle& style);  // all; older drawings are given up

  // Masks, overlays and a table of areas into a new folder inside this one. Answers saveProgress() and saved().
  void save(const QString& into, const SeenAs& seen);
  void cancelSave();
  bool isSaving() const { return m_isSaving; }

 Q_SIGNALS:
  void seen(int index);  // one more
  void shown(int index, std::shared_ptr<const gps::ui::PicturePyramid> picture, std::shared_ptr<const gps::ui::MapPyramid> map);
  void thumbnailReady(int index, const QImage& image);
  void saveProgress(int done, int total);
  // problem empty: all of it; folder empty: nothing; details: technical English, of a problem of the disk.
  void saved(const QString& folder, const QString& problem, const QString& details);

 protected:
  RunId start(const Values& values) override;
  void take(const MessageBody& body) override;
  void forget() override;

 private:
  QThreadPool m_readers, m_savers;
  QString m_folder;
  QStringList m_files;  // empty: all of the folder
  QList<Item> m_items;
  int m_seen = 0;
  std::shared_ptr<const NewPictureMaps> m_maps;
  std::shared_ptr<std::atomic<int>> m_wish = std::make_shared<std::atomic<int>>(0);     // numbers the pictures asked for
  std::shared_ptr<std::atomic<int>> m_drawing = std::make_shared<std::atomic<int>>(0);  // and the rounds of thumbnails
  std::shared_ptr<std::atomic<bool>> m_stopSave = std::make_shared<std::atomic<bool>>(false);
  bool m_isSaving = false;
};

}  // namespace gps::app
