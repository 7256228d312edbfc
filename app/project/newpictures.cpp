#include "app/project/newpictures.h"

#include <QDir>
#include <QtMath>
#include <cmath>

#include "app/engine/pictureloader.h"
#include "app/project/newpicturessaver.h"
#include "core/drawing/overlay.h"
#include "core/io/opencvimagesource.h"

namespace gps::app {

using namespace Qt::StringLiterals;

static const QStringList kPictureEndings{u"png"_s, u"jpg"_s, u"jpeg"_s, u"bmp"_s, u"tif"_s, u"tiff"_s, u"webp"_s};

bool holdsOnlyPictures(const QString& folder) {
  const QDir dir(folder);
  bool hasPicture = false;
  QSet<QString> stems;
  for (const QFileInfo& file : dir.entryInfoList(QDir::Files)) {
    if (kPictureEndings.contains(file.suffix().toLower())) {
      hasPicture = true;
      stems.insert(file.completeBaseName());
    } else if (file.suffix() == "csv"_L1 || file.suffix() == "txt"_L1 || file.suffix() == "json"_L1) {
      return false;  // a list of a data set
    }
  }
  for (const QString& stem : stems)
    if (stem.endsWith("_mask"_L1) && stems.contains(stem.chopped(5))) return false;
  return hasPicture && dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty();
}

NewPictures::NewPictures(EngineApi& engine, Session& session, QObject* parent) : Looking(engine, session, JobKind::LookAtPictures, parent) {
  m_readers.setMaxThreadCount(1);
  m_savers.setMaxThreadCount(1);
}

NewPictures::~NewPictures() {
  ++*m_wish;
  ++*m_drawing;
  *m_stopSave = true;
  m_readers.clear();
  m_readers.waitForDone();
  m_savers.waitForDone();
}

void NewPictures::forget() {
  ++*m_wish;
  ++*m_drawing;
  m_items.clear();
  m_seen = 0;
  m_maps.reset();
}

void NewPictures::open(const QString& folder, bool usesRun) {
  m_folder = folder;
  begin(usesRun);
}

RunId NewPictures::start(const Values& values) {
  NewPicturesRequest request;
  request.model = values.model;
  request.folder = m_folder;
  request.runFolder = values.runFolder;
  request.epoch = values.epoch;
  return engine().lookAtNewPictures(request);
}

void NewPictures::take(const MessageBody& body) {
  if (const auto* found = std::get_if<NewPicturesFound>(&body)) {
    m_maps = found->maps;
    m_items.clear();
    for (qsizetype i = 0; i < found->names.size(); ++i) {
      Item item;
      item.name = found->names[i];
      item.path = found->paths[i];
      m_items << item;
    }
    Q_EMIT changed();
  } else if (const auto* one = std::get_if<NewPictureSeen>(&body); one && one->index < m_items.size()) {
    Item& item = m_items[one->index];
    item.isSeen = one->problem.isEmpty();
    item.problem = one->problem;
    item.width = one->width;
    item.height = one->height;
    item.seen = std::make_shared<const NewPictureSeen>(*one);
    if (item.isSeen) ++m_seen;
    Q_EMIT seen(one->index);
  }
}

QStringList NewPictures::unreadable() const {
  QStringList names;
  for (const Item& item : m_items)
    if (!item.problem.isEmpty()) names << item.name;
  return names;
}

double NewPictures::share(int index, double threshold) const {
  const Item& item = m_items[index];
  if (!item.isSeen) return qQNaN();
  const int step = std::clamp(int(std::lround(threshold * 100)), 0, 100);
  return double(item.seen->above[std::size_t(step)]) / (double(item.width) * item.height);
}

void NewPictures::show(int index) {
  if (index < 0 || index >= m_items.size() || !m_items[index].isSeen) return;
  const int wish = ++*m_wish;
  m_readers.start(
      [this, index, path = m_items[index].path.toStdString(), maps = m_maps, wish, wishes = m_wish] {
        if (wishes->load() != wish) return;
        std::shared_ptr<const ui::PicturePyramid> picture;
        std::shared_ptr<const ui::MapPyramid> map;
        try {
          picture = ui::PicturePyramid::of(std::make_shared<const RgbImage>(OpenCvImageSource().loadImage(path)));
          map = ui::MapPyramid::of(std::make_shared<const ProbabilityMap>(maps->map(index)));
        } catch (const std::exception&) {
          picture.reset();  // gone from the disk since
        }
        QMetaObject::invokeMethod(
            this,
            [this, index, picture, map, wish] {
              if (m_wish->load() == wish) Q_EMIT shown(index, picture, map);
            },
            Qt::QueuedConnection);
      },
      1);
}

void NewPictures::drawThumbnails(const QList<int>& indices, const OverlayStyle& style) {
  for (const int index : indices) {
    if (index < 0 || index >= m_items.size() || !m_items[index].isSeen) continue;
    m_readers.start([this, index, seen = m_items[index].seen, style, rounds = m_drawing, round = m_drawing->load()] {
      if (rounds->load() != round) return;
      const RgbImage& small = *seen->thumbnail;
      ProbabilityMap map{small.width, small.height, std::vector<float>(seen->thumbnailMap.size())};
      for (std::size_t i = 0; i < map.values.size(); ++i) map.values[i] = float(seen->thumbnailMap[i]) / 255.0F;
      const QImage drawn = toQImage(drawOverlay(small, map, nullptr, style));
      QMetaObject::invokeMethod(
          this,
          [this, index, drawn, round] {
            if (m_drawing->load() == round) Q_EMIT thumbnailReady(index, drawn);
          },
          Qt::QueuedConnection);
    });
  }
}

void NewPictures::redrawThumbnails(const OverlayStyle& style) {
  ++*m_drawing;
  QList<int> all;
  for (int i = 0; i < m_items.size(); ++i) all << i;
  drawThumbnails(all, style);
}

void NewPictures::save(const QString& into, const OverlayStyle& style) {
  if (m_isSaving || m_seen == 0) return;
  QList<SavedPicture> pictures;
  for (int i = 0; i < m_items.size(); ++i)
    if (m_items[i].isSeen || !m_items[i].problem.isEmpty())
      pictures << SavedPicture{i, m_items[i].name, m_items[i].path, m_items[i].problem};
  m_isSaving = true;
  *m_stopSave = false;
  Q_EMIT changed();
  m_savers.start([this, into, style, pictures, maps = m_maps, stop = m_stopSave, source = m_folder] {
    const auto tell = [this](int done, int total) {
      QMetaObject::invokeMethod(
          this, [this, done, total] { Q_EMIT saveProgress(done, total); }, Qt::QueuedConnection);
    };
    const SavedResults results = saveNewPictures(into, source, pictures, *maps, style, *stop, tell);
    QMetaObject::invokeMethod(
        this,
        [this, results] {
          m_isSaving = false;
          Q_EMIT saved(results.folder, results.problem, results.details);
          Q_EMIT changed();
        },
        Qt::QueuedConnection);
  });
}

void NewPictures::cancelSave() { *m_stopSave = true; }

}  // namespace gps::app
