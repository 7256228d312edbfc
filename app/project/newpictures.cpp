#include "app/project/newpictures.h"

#include <QDir>
#include <QPointer>
#include <QtMath>
#include <cmath>

#include "app/engine/pictureloader.h"
#include "app/project/newpicturessaver.h"
#include "app/project/session.h"
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

NewPictures::NewPictures(EngineApi& engine, Session& session, QObject* parent) : QObject(parent), m_engine(engine), m_session(session) {
  m_readers.setMaxThreadCount(1);
  m_savers.setMaxThreadCount(1);
  connect(&m_engine, &EngineApi::message, this, &NewPictures::receive);
  connect(&m_session, &Session::jobChanged, this, &NewPictures::tryStart);
  connect(&m_session, &Session::projectChanged, this, [this, project = QString()]() mutable {
    if (m_session.project().folder == project) return;
    project = m_session.project().folder;
    if (m_phase != Phase::Empty && m_phase != Phase::Waiting) forget();
  });
  connect(&m_session, &Session::modelChanged, this, &NewPictures::tryStart);
}

NewPictures::~NewPictures() {
  ++*m_wish;
  ++*m_drawing;
  *m_stopSave = true;
  m_readers.clear();
  m_readers.waitForDone();
  m_savers.waitForDone();
}

bool NewPictures::hasRun() const { return !m_session.run().folder.isEmpty() && m_session.run().bestEpoch() > 0; }

QString NewPictures::whyNot() const {
  if (!m_session.project().isOpen()) return tr("Open a project with a model first.");
  if (!m_session.model()) return tr("Choose a model first.");
  if (m_session.model()->description.task != TaskKind::Segmentation) return tr("This model tells classes apart; it outlines nothing.");
  return {};
}

void NewPictures::forget() {
  ++*m_wish;
  ++*m_drawing;
  m_items.clear();
  m_seen = 0;
  m_maps.reset();
  m_run = 0;
  setPhase(Phase::Empty);
}

void NewPictures::setPhase(Phase phase) {
  m_phase = phase;
  Q_EMIT changed();
}

void NewPictures::open(const QString& folder, bool usesRun) {
  if (m_phase == Phase::Looking) m_session.stopJob();
  forget();
  m_folder = folder;
  m_usesRun = usesRun;
  setPhase(Phase::Waiting);
  tryStart();
}

void NewPictures::tryStart() {
  if (m_phase != Phase::Waiting || m_session.isBusy() || !whyNot().isEmpty()) return;
  NewPicturesRequest request;
  request.model = m_session.project().model;
  request.model.classes = 0;
  request.folder = m_folder;
  if (m_usesRun && hasRun()) {
    request.runFolder = m_session.run().folder;
    request.epoch = m_session.run().bestEpoch();
  }
  m_phase = Phase::Looking;
  m_run = m_engine.lookAtNewPictures(request);
  m_session.follow(JobKind::LookAtPictures, m_run);
  Q_EMIT changed();
}

void NewPictures::cancel() {
  if (m_phase == Phase::Waiting) return setPhase(Phase::Cancelled);
  if (m_phase != Phase::Looking) return;
  m_session.stopJob();
  if (m_session.isBusy()) return;
  m_run = 0;  // it had not begun: no end will be told
  setPhase(Phase::Cancelled);
}

void NewPictures::receive(const EngineMessage& message) {
  if (m_run == 0 || message.run != m_run) return;
  if (const auto* found = std::get_if<NewPicturesFound>(&message.body)) {
    m_maps = found->maps;
    m_items.clear();
    for (qsizetype i = 0; i < found->names.size(); ++i) {
      Item item;
      item.name = found->names[i];
      item.path = found->paths[i];
      m_items << item;
    }
    Q_EMIT changed();
  } else if (const auto* one = std::get_if<NewPictureSeen>(&message.body); one && one->index < m_items.size()) {
    Item& item = m_items[one->index];
    item.isSeen = one->problem.isEmpty();
    item.problem = one->problem;
    item.width = one->width;
    item.height = one->height;
    item.seen = std::make_shared<const NewPictureSeen>(*one);
    if (item.isSeen) ++m_seen;
    Q_EMIT seen(one->index);
  } else if (const auto* ended = std::get_if<JobEnded>(&message.body)) {
    m_run = 0;
    setPhase(ended->outcome == JobOutcome::Finished    ? Phase::Done
             : ended->outcome == JobOutcome::Cancelled ? Phase::Cancelled
                                                       : Phase::Failed);
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
