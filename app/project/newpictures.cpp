#include "app/project/newpictures.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QtMath>
#include <algorithm>
#include <cmath>

#include "app/engine/pictureloader.h"
#include "app/project/tablekind.h"
#include "core/drawing/overlay.h"
#include "core/io/opencvimagesource.h"

namespace gps::app {

using namespace Qt::StringLiterals;

static const QStringList kPictureEndings{u"png"_s, u"jpg"_s, u"jpeg"_s, u"bmp"_s, u"tif"_s, u"tiff"_s, u"webp"_s};

namespace {

bool isPicture(const QFileInfo& file) { return kPictureEndings.contains(file.suffix().toLower()); }

// train.txt, val200.txt, train_fit.txt, test.json …: who is in which split, or of which class.
bool isSplitList(const QFileInfo& file) {
  static const QRegularExpression name(u"^((train|training|val|valid|validation|dev|test|testing)\\d*)+(_fit|_val)?$"_s);
  const QString ending = file.suffix().toLower();
  return (ending == "txt"_L1 || ending == "json"_L1) && name.match(file.completeBaseName().toLower()).hasMatch();
}

// A table that gives pictures their masks or classes.
bool isDataTable(const QFileInfo& file) {
  return file.suffix().toLower() == "csv"_L1 && tableKindOf(file.filePath()) == TableKind::Pictures;
}

// A picture beside its mask: x.jpg, x_mask.png.
bool holdsMasks(const QSet<QString>& stems) {
  for (const QString& stem : stems)
    for (const auto& suffix : {"_mask"_L1, "-mask"_L1, ".mask"_L1, "_masks"_L1, "_seg"_L1, "-seg"_L1, "_segmentation"_L1, "_label"_L1,
                               "_gt"_L1, "-gt"_L1, "_truth"_L1, "_groundtruth"_L1})
      if (stem.endsWith(suffix) && stems.contains(stem.chopped(suffix.size()))) return true;
  return false;
}

// Of masks, of splits, or of classes, of which there are two at least.
bool holdsDataFolders(const QDir& dir) {
  static const QStringList known{u"masks"_s,       u"mask"_s,       u"labels"_s, u"ground truth"_s, u"ground_truth"_s,
                                 u"groundtruth"_s, u"gt"_s,         u"train"_s,  u"val"_s,          u"training"_s,
                                 u"valid"_s,       u"validation"_s, u"dev"_s,    u"test"_s,         u"testing"_s};
  int withPictures = 0;
  for (const QFileInfo& folder : dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
    if (known.contains(folder.fileName().toLower())) return true;
    const auto files = QDir(folder.filePath()).entryInfoList(QDir::Files);
    withPictures += std::any_of(files.begin(), files.end(), isPicture);
  }
  return withPictures > 1;
}

}  // namespace

bool holdsOnlyPictures(const QString& folder) {
  const QDir dir(folder);
  QSet<QString> stems;
  for (const QFileInfo& file : dir.entryInfoList(QDir::Files)) {
    if (isPicture(file)) stems.insert(file.completeBaseName().toLower());
    if (isSplitList(file) || isDataTable(file)) return false;
  }
  return !stems.isEmpty() && !holdsMasks(stems) && !holdsDataFolders(dir);
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
  m_files.clear();
  begin(usesRun);
}

void NewPictures::open(const QStringList& files, bool usesRun) {
  m_files = files;
  m_folder = files.isEmpty() ? QString() : QFileInfo(files.first()).absolutePath();
  begin(usesRun);
}

RunId NewPictures::start(const Values& values) {
  NewPicturesRequest request;
  request.model = values.model;
  request.folder = m_folder;
  request.files = m_files;
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

void NewPictures::save(const QString& into, const SeenAs& seen) {
  if (m_isSaving || m_seen == 0) return;
  const QString source = m_files.size() == 1 ? QFileInfo(m_files.first()).completeBaseName() : m_folder;
  NewPicturesOrder order{into, source, {}, seen, madeWithModel(), madeWith()};
  for (int i = 0; i < m_items.size(); ++i)
    if (m_items[i].isSeen || !m_items[i].problem.isEmpty())
      order.pictures << SavedPicture{i, m_items[i].name, m_items[i].path, m_items[i].problem};
  m_isSaving = true;
  *m_stopSave = false;
  Q_EMIT changed();
  m_savers.start([this, order, maps = m_maps, stop = m_stopSave] {
    const auto tell = [this](int done, int total) {
      QMetaObject::invokeMethod(
          this, [this, done, total] { Q_EMIT saveProgress(done, total); }, Qt::QueuedConnection);
    };
    const SavedResults results = saveNewPictures(order, *maps, *stop, tell);
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
