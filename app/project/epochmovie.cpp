#include "app/project/epochmovie.h"

#include <QDir>
#include <QFileInfo>
#include <utility>
#include <vector>

#include "app/engine/failureof.h"
#include "app/project/picturelabel.h"
#include "app/project/session.h"
#include "core/io/gifwriter.h"
#include "core/io/imagewriter.h"
#include "core/values/error.h"
#include "widgets/overlaycolours.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;

struct EpochMovie::Work {
  MovieOrder order;
  QString folder;  // of the pictures, once it is made
  std::vector<GifFrame> frames;
  std::optional<Failure> failure;

  void add(int index, const std::shared_ptr<const ProbabilityMap>& map);
  void finish();
};

namespace {

QString fileStem(const QString& caseId) { return QFileInfo(caseId).fileName(); }

// A folder that was not there: NAME_versions, NAME_versions-2, …
QString makeOwnFolder(const QString& parent, const QString& caseId) {
  const QString base = parent + u'/' + fileStem(caseId) + "_versions"_L1;
  for (int n = 1; n < 10000; ++n) {
    const QString path = n == 1 ? base : u"%1-%2"_s.arg(base).arg(n);
    if (QFileInfo::exists(path)) continue;
    if (QDir().mkpath(path)) return path;
    break;
  }
  throw Error(ErrorCode::Io, base.toStdString(), "the folder cannot be made", "Check that its parent may be written to and has room");
}

}  // namespace

void EpochMovie::Work::add(int index, const std::shared_ptr<const ProbabilityMap>& map) {
  try {
    ui::Composition look = order.look;
    look.shown = ui::MapPyramid::of(map);
    const RgbImage image = look.pixels();
    if (image.empty()) throw Error(ErrorCode::BadArgument, order.caseId.toStdString(), "there is no picture");
    if (order.kind == MovieOrder::Kind::Gif) {
      QImage frame = ui::toImage(fitted(image, kLongestGifSide));
      drawPictureLabel(frame, order.labels.value(index), Qt::AlignLeft | Qt::AlignBottom);
      frames.push_back({ui::toRgb(frame), index + 1 == order.epochs.size() ? kLastFrameMs : kFrameMs});
      return;
    }
    if (folder.isEmpty()) folder = makeOwnFolder(order.path, order.caseId);
    const QString path = u"%1/%2_version-%3.png"_s.arg(folder, fileStem(order.caseId)).arg(order.epochs[index], 4, 10, QLatin1Char('0'));
    writeRgb(path.toStdString(), image);
  } catch (const std::exception& error) {
    failure = failureOf(JobKind::Predict, error);
  }
}

void EpochMovie::Work::finish() {
  if (order.kind == MovieOrder::Kind::Pictures) return;
  try {
    const auto colour = [](ui::OverlayPart part) { return std::uint32_t(ui::Theme::overlayColor(part).rgb() & 0xffffffu); };
    writeGif(order.path.toStdString(), frames,
             {order.look.style.colour, order.look.style.halo, colour(ui::OverlayPart::Truth), colour(ui::OverlayPart::Halo)});
  } catch (const std::exception& error) {
    failure = failureOf(JobKind::Predict, error);
  }
}

EpochMovie::EpochMovie(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent)
    : QObject(parent), m_fetch(engine, session, runs) {
  m_pool.setMaxThreadCount(1);
  connect(&m_fetch, &MapFetch::ready, this, [this](const std::shared_ptr<const ProbabilityMap>& map) {
    if (!m_isRunning) return;
    inBackground([index = m_next, map](Work& work) { work.add(index, map); },
                 [this] {
                   ++m_next;
                   nextEpoch();
                 });
  });
  connect(&m_fetch, &MapFetch::failed, this, [this](const Failure& failure) {
    if (!m_isRunning) return;
    m_failure = failure;
    end();
  });
  for (auto signal : {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged})
    connect(&session, signal, this, &EpochMovie::cancel);
}

EpochMovie::~EpochMovie() {
  ++m_number;
  m_pool.waitForDone();
}

QString EpochMovie::whyNot(const QString& runFolder) const {
  if (m_isRunning) return tr("An export is under way.");
  return m_fetch.whyNot({runFolder, 1});
}

void EpochMovie::start(const MovieOrder& order) {
  if (!whyNot(order.runFolder).isEmpty() || !order.look.picture || order.epochs.isEmpty()) return;
  ++m_number;
  m_order = order;
  m_work = std::make_shared<Work>();
  m_work->order = order;
  m_failure.reset();
  m_written.clear();
  m_next = 0;
  m_isRunning = true;
  nextEpoch();
}

void EpochMovie::inBackground(std::function<void(Work&)> job, std::function<void()> then) {
  m_pool.start([this, job = std::move(job), then = std::move(then), work = m_work, mine = m_number] {
    job(*work);
    QMetaObject::invokeMethod(
        this,
        [this, then, mine] {
          if (mine != m_number || !m_isRunning) return;
          m_failure = m_work->failure;
          if (m_failure)
            end();
          else
            then();
        },
        Qt::QueuedConnection);
  });
}

void EpochMovie::nextEpoch() {
  Q_EMIT progressed();
  if (m_next < total()) return m_fetch.fetch(m_order.caseId, m_order.look.picture->source(), {m_order.runFolder, m_order.epochs[m_next]});
  inBackground([](Work& work) { work.finish(); },
               [this] {
                 m_written = m_order.kind == MovieOrder::Kind::Gif ? m_order.path : m_work->folder;
                 end();
               });
}

void EpochMovie::end() {
  m_isRunning = false;
  m_work.reset();
  Q_EMIT finished();
}

void EpochMovie::cancel() {
  if (!m_isRunning) return;
  ++m_number;
  m_fetch.cancel();
  end();
}

}  // namespace gps::app
