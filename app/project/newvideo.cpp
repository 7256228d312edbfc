#include "app/project/newvideo.h"

#include <QtMath>
#include <algorithm>
#include <functional>

#include "app/project/videosaver.h"

namespace gps::app {

struct NewVideo::Reader {
  std::string path;
  std::shared_ptr<FrameIndex> index;
  std::unique_ptr<VideoSource> source;
  RgbImage frame(int number, const std::function<bool()>& isUnwanted) {
    if (!source) source = openVideo(path, index);
    source->setInterrupt(isUnwanted);
    return source->frame(number);
  }
};

NewVideo::NewVideo(EngineApi& engine, Session& session, QObject* parent) : Looking(engine, session, JobKind::LookAtVideo, parent) {
  m_readers.setMaxThreadCount(1);
  m_savers.setMaxThreadCount(1);
}

NewVideo::~NewVideo() {
  ++*m_wish;
  *m_stopSave = true;
  m_readers.clear();
  m_readers.waitForDone();
  m_savers.waitForDone();
}

void NewVideo::open(const QString& path, int every, bool usesRun) {
  m_path = path;
  m_every = std::max(1, every);
  begin(usesRun);
}

void NewVideo::forget() {
  ++*m_wish;
  m_info = {};
  m_index.reset();
  m_maps.reset();
  m_reader.reset();
  m_seen.clear();
}

RunId NewVideo::start(const Values& values) {
  VideoRequest request;
  request.model = values.model;
  request.path = m_path;
  request.runFolder = values.runFolder;
  request.epoch = values.epoch;
  request.every = m_every;
  return engine().lookAtVideo(request);
}

void NewVideo::take(const MessageBody& body) {
  if (const auto* opened = std::get_if<VideoOpened>(&body)) {
    m_info = opened->info;
    m_every = opened->every;
    m_index = opened->index;
    m_maps = opened->maps;
    m_reader = std::make_shared<Reader>(Reader{m_info.path, m_index, nullptr});
    m_seen.clear();
    Q_EMIT changed();
  } else if (const auto* one = std::get_if<VideoFrameSeen>(&body)) {
    m_seen << *one;
    Q_EMIT seen(one->number);
  }
}

bool NewVideo::isCounted() const { return m_index && m_index->isComplete(); }

int NewVideo::frameCount() const {
  if (!m_index) return 0;
  return isCounted() ? m_index->size() : std::max(m_index->size(), m_info.announcedFrames);
}

double NewVideo::secondsOf(int number) const { return m_index ? frameSeconds(m_info, *m_index, number) : qQNaN(); }

const VideoFrameSeen* NewVideo::seenFrame(int number) const {
  const auto at =
      std::lower_bound(m_seen.begin(), m_seen.end(), number, [](const VideoFrameSeen& f, int wanted) { return f.number < wanted; });
  return at != m_seen.end() && at->number == number ? &*at : nullptr;
}

QList<int> NewVideo::unreadable() const {
  QList<int> numbers;
  for (const VideoFrameSeen& frame : m_seen)
    if (!frame.problem.isEmpty()) numbers << frame.number;
  return numbers;
}

void NewVideo::show(int number) {
  if (!m_reader || number < 0) return;
  const VideoFrameSeen* frame = seenFrame(number);
  const bool hasMap = frame && frame->problem.isEmpty();
  const int wish = ++*m_wish;
  m_readers.start([this, number, hasMap, reader = m_reader, maps = m_maps, wish, wishes = m_wish] {
    if (wishes->load() != wish) return;
    std::shared_ptr<const ui::PicturePyramid> picture;
    std::shared_ptr<const ui::MapPyramid> map;
    try {
      const auto isUnwanted = [wish, wishes] { return wishes->load() != wish; };
      picture = ui::PicturePyramid::of(std::make_shared<const RgbImage>(reader->frame(number, isUnwanted)));
      if (hasMap) map = ui::MapPyramid::of(std::make_shared<const ProbabilityMap>(maps->map(number)));
    } catch (const std::exception&) {
      map.reset();  // outside the video, damaged, or gone from the disk since
    }
    QMetaObject::invokeMethod(
        this,
        [this, number, picture, map, wish] {
          if (m_wish->load() == wish) Q_EMIT shown(number, picture, map);
        },
        Qt::QueuedConnection);
  });
}

void NewVideo::save(const QString& into, const SeenAs& seenAs, What what, int frame) {
  if (m_isSaving || m_seen.isEmpty()) return;
  VideoOrder order{into, m_path, m_info.path, m_index, {}, {}, seenAs, madeWithModel(), madeWith()};
  const double threshold = seenAs.style.threshold;
  for (const VideoFrameSeen& seen : m_seen) {
    if (!seen.problem.isEmpty() || (what == What::OneFrame && seen.number != frame)) continue;
    order.areas.push_back({seen.number, seen.seconds, seen.areas.at(threshold), seen.areas.shareAt(threshold)});
    if (what != What::AreasOnly) order.frames << seen.number;
  }
  m_isSaving = true;
  *m_stopSave = false;
  Q_EMIT changed();
  m_savers.start([this, order, maps = m_maps, stop = m_stopSave] {
    const auto tell = [this](int done, int total) {
      QMetaObject::invokeMethod(
          this, [this, done, total] { Q_EMIT saveProgress(done, total); }, Qt::QueuedConnection);
    };
    const SavedResults results = saveVideo(order, *maps, *stop, tell);
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

}  // namespace gps::app
