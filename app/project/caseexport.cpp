#include "app/project/caseexport.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "app/engine/failureof.h"
#include "app/project/picturelabel.h"
#include "app/project/session.h"
#include "core/io/cocomasks.h"
#include "core/io/imagewriter.h"
#include "core/values/error.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;

// What the background works on: one picture at a time, and what is gathered for the end. Handed from thread to thread, never shared.
struct CaseExport::Work {
  ExportOrder order;
  std::shared_ptr<const ImageSource> images;
  QHash<QString, DataItem> items;
  QString id;
  std::shared_ptr<const RgbImage> image;  // null: could not be read
  std::shared_ptr<const MaskImage> truth;
  QHash<MapSource, std::shared_ptr<const ProbabilityMap>> maps;
  std::vector<CocoMask> runs;
  int written = 0, kept = 0;
  std::optional<Failure> failure;

  QList<MapSource> sources() const;  // whose predictions are needed
  void read();
  void write();
  RgbImage overlay() const;
  void writeRuns();
  void writeFile(const QString& path, const std::function<void(const std::string&)>& writer);
};

namespace {

// A name of a pack may be any text; a file never leaves the folder.
QString stemInside(const QString& folder, const QString& id) {
  const QString path = QDir::cleanPath(folder + u'/' + id);
  if (path.startsWith(QDir::cleanPath(folder) + u'/')) return path;
  QString name = id;
  return folder + u'/' + name.replace(u'/', u'_').replace(u".."_s, u"_"_s);
}

MaskImage maskAt(const ProbabilityMap& map, double threshold) {
  MaskImage mask{map.width, map.height, std::vector<std::uint8_t>(map.values.size())};
  const auto limit = float(threshold);
  std::transform(map.values.begin(), map.values.end(), mask.pixels.begin(), [limit](float p) { return std::uint8_t(p > limit ? 255 : 0); });
  return mask;
}

}  // namespace

QList<MapSource> CaseExport::Work::sources() const {
  QList<MapSource> all{order.shown};
  if (order.before) all << *order.before;
  for (const ExportPane& pane : order.panes) all << pane.source;
  return all;
}

void CaseExport::Work::read() {
  image.reset(), truth.reset();
  maps.clear();
  try {
    const DataItem& item = items.value(id);
    image = std::make_shared<const RgbImage>(images->loadImage(item.imagePath));
    if (order.kinds.overlay && !item.maskPath.empty()) truth = std::make_shared<const MaskImage>(images->loadMask(item.maskPath));
  } catch (const std::exception&) {
    image.reset();
  }
}

void CaseExport::Work::writeFile(const QString& path, const std::function<void(const std::string&)>& writer) {
  if (!order.mayReplace && QFileInfo::exists(path)) {
    ++kept;
    return;
  }
  QDir().mkpath(QFileInfo(path).path());
  writer(path.toStdString());
  ++written;
}

RgbImage CaseExport::Work::overlay() const {
  ui::Composition look = order.look;
  look.picture = ui::PicturePyramid::of(image);
  look.truth = truth ? ui::MaskPyramid::of(truth) : nullptr;
  const auto pyramid = [this](const MapSource& source) {
    const auto map = maps.value(source);
    return map ? ui::MapPyramid::of(map) : nullptr;
  };
  if (order.panes.size() < 2) {
    look.shown = pyramid(order.shown);
    look.before = order.before ? pyramid(*order.before) : nullptr;
    return look.pixels();
  }
  const int columns = std::max(1, order.columns), rows = (int(order.panes.size()) + columns - 1) / columns;
  const int gap = std::max(4, image->width / 100);
  QImage all(columns * image->width + (columns - 1) * gap, rows * image->height + (rows - 1) * gap, QImage::Format_RGB32);
  all.fill(ui::Theme::overlayColor(ui::OverlayPart::Halo));
  QPainter painter(&all);
  for (int i = 0; i < order.panes.size(); ++i) {
    look.shown = pyramid(order.panes[i].source);
    QImage pane = look.composed();
    drawPictureLabel(pane, order.panes[i].label, Qt::AlignLeft | Qt::AlignTop);
    painter.drawImage(QPoint((i % columns) * (image->width + gap), (i / columns) * (image->height + gap)), pane);
  }
  painter.end();
  return ui::toRgb(all);
}

void CaseExport::Work::write() {
  try {
    const QString stem = stemInside(order.folder, id);
    const auto shown = maps.value(order.shown);
    const MaskImage mask = maskAt(*shown, order.look.style.threshold);
    const ExportKinds& kinds = order.kinds;
    if (kinds.mask) writeFile(stem + ".png"_L1, [&](const std::string& path) { writeMask(path, mask); });
    if (kinds.indexed)
      writeFile(stem + "_indexed.png"_L1, [&](const std::string& path) { writeIndexedMask(path, mask, order.look.style.colour); });
    if (kinds.probability) writeFile(stem + "_prob.png"_L1, [&](const std::string& path) { writeProbability(path, *shown); });
    if (kinds.overlay) writeFile(stem + "_overlay.png"_L1, [this](const std::string& path) { writeRgb(path, overlay()); });
    if (kinds.runs)
      runs.push_back({QFileInfo(QString::fromStdString(items.value(id).imagePath)).fileName().toStdString(), runLengthsOf(mask)});
  } catch (const std::exception& error) {
    failure = failureOf(JobKind::Predict, error);
  }
}

void CaseExport::Work::writeRuns() {
  try {
    writeFile(order.folder + "/masks.json"_L1, [this](const std::string& path) { writeCoco(path, runs); });
  } catch (const std::exception& error) {
    failure = failureOf(JobKind::Predict, error);
  }
}

CaseExport::CaseExport(EngineApi& engine, Session& session, RunLibrary& runs, QObject* parent)
    : QObject(parent), m_session(session), m_fetch(engine, session, runs) {
  m_pool.setMaxThreadCount(1);
  connect(&m_fetch, &MapFetch::ready, this, [this](const std::shared_ptr<const ProbabilityMap>& map) {
    if (!m_isRunning) return;
    m_work->maps.insert(m_fetching, map);
    fetchNext();
  });
  connect(&m_fetch, &MapFetch::failed, this, [this](const Failure& failure) {
    if (m_isRunning) fail(failure);
  });
  for (auto signal : {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged})
    connect(&session, signal, this, &CaseExport::cancel);
}

CaseExport::~CaseExport() {
  ++m_number;
  m_pool.waitForDone();
}

QString CaseExport::whyNot(const ExportOrder& order) const {
  if (m_isRunning) return tr("An export is under way.");
  if (order.cases.isEmpty()) return tr("Choose a picture first.");
  if (!order.kinds.any()) return tr("Choose what to write.");
  if (order.folder.trimmed().isEmpty()) return tr("Choose a folder.");
  QList<MapSource> sources{order.shown, order.before.value_or(order.shown)};
  for (const ExportPane& pane : order.panes) sources << pane.source;
  for (const MapSource& source : std::as_const(sources))
    if (const QString why = m_fetch.whyNot(source); !why.isEmpty()) return why;
  return {};
}

void CaseExport::start(const ExportOrder& order) {
  const auto data = m_session.data();
  if (!whyNot(order).isEmpty() || !data) return;
  ++m_number;
  m_order = order;
  m_work = std::make_shared<Work>();
  m_work->order = order;
  m_work->images = m_session.images();
  for (const DataItem& item : data->items) m_work->items.insert(QString::fromStdString(item.id), item);
  m_result = {};
  m_failure.reset();
  m_next = 0;
  m_isRunning = true;
  m_wasCancelled = false;
  nextCase();
}

// The background job has the work to itself until `then`, which is told on this thread unless the export is another one by then.
void CaseExport::inBackground(std::function<void(Work&)> job, std::function<void()> then) {
  m_pool.start([this, job = std::move(job), then = std::move(then), work = m_work, mine = m_number] {
    job(*work);
    QMetaObject::invokeMethod(
        this,
        [this, then, mine] {
          if (mine == m_number && m_isRunning) then();
        },
        Qt::QueuedConnection);
  });
}

void CaseExport::nextCase() {
  Q_EMIT progressed();
  if (m_next == total()) return finish();
  m_work->id = m_order.cases[m_next];
  inBackground([](Work& work) { work.read(); },
               [this] {
                 if (m_work->image) {
                   if (m_work->id == m_order.lookCase) takeWhatIsSeen();
                   return fetchNext();
                 }
                 m_result.notRead << m_work->id;
                 ++m_next;
                 nextCase();
               });
}

void CaseExport::takeWhatIsSeen() {
  const auto take = [this](const MapSource& source, const std::shared_ptr<const ui::MapPyramid>& map) {
    if (map) m_work->maps.insert(source, map->source());
  };
  if (m_order.before) take(*m_order.before, m_order.look.before);
  for (const ExportPane& pane : std::as_const(m_order.panes)) take(pane.source, pane.map);
  take(m_order.shown, m_order.look.shown);
}

void CaseExport::fetchNext() {
  for (const MapSource& source : m_work->sources()) {
    if (m_work->maps.contains(source)) continue;
    m_fetching = source;
    return m_fetch.fetch(m_work->id, m_work->image, source);
  }
  write();
}

void CaseExport::write() {
  inBackground([](Work& work) { work.write(); },
               [this] {
                 m_result.written = m_work->written;
                 m_result.kept = m_work->kept;
                 if (m_work->failure) return fail(*m_work->failure);
                 ++m_result.pictures;
                 ++m_next;
                 nextCase();
               });
}

void CaseExport::finish() {
  if (!m_order.kinds.runs || m_work->runs.empty()) return end();
  inBackground([](Work& work) { work.writeRuns(); },
               [this] {
                 m_result.written = m_work->written;
                 m_result.kept = m_work->kept;
                 m_failure = m_work->failure;
                 end();
               });
}

void CaseExport::end() {
  m_isRunning = false;
  m_work.reset();
  Q_EMIT finished();
}

void CaseExport::fail(const Failure& failure) {
  m_failure = failure;
  end();
}

void CaseExport::cancel() {
  if (!m_isRunning) return;
  ++m_number;
  m_fetch.cancel();
  m_wasCancelled = true;
  end();
}

}  // namespace gps::app
