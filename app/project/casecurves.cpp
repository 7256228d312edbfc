#include "app/project/casecurves.h"

#include <exception>

#include "app/project/session.h"
#include "core/control/imagesource.h"

namespace gps::app {

namespace {
constexpr int kTellMs = 40;
}

ProbabilityMap shrunk(const ProbabilityMap& map, int side) {
  const int step = std::max(1, (std::max(map.width, map.height) + side - 1) / std::max(1, side));
  ProbabilityMap small{(map.width + step - 1) / step, (map.height + step - 1) / step, {}};
  small.values.resize(std::size_t(small.width) * std::size_t(small.height));
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x) {
      const int right = std::min(map.width, (x + 1) * step), bottom = std::min(map.height, (y + 1) * step);
      double sum = 0;
      for (int v = y * step; v < bottom; ++v)
        for (int u = x * step; u < right; ++u) sum += double(map.values[std::size_t(v) * std::size_t(map.width) + std::size_t(u)]);
      small.values[std::size_t(y) * std::size_t(small.width) + std::size_t(x)] = float(sum / ((right - x * step) * (bottom - y * step)));
    }
  return small;
}

CaseCurves::CaseCurves(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  m_pool.setMaxThreadCount(1);
  m_pool.setThreadPriority(QThread::LowPriority);
  m_tell.setSingleShot(true);
  m_tell.setInterval(kTellMs);
  connect(&m_tell, &QTimer::timeout, this, &CaseCurves::changed);
  connect(&session, &Session::scoresChanged, this, &CaseCurves::collect);
  connect(&session, &Session::predictionReady, this, [this](const QString& id, int epoch) {
    if (epoch != Session::kNow) add(id, {m_session.run().folder, epoch}, m_session.prediction(id, epoch));
  });
  for (auto signal : {&Session::projectChanged, &Session::modelChanged, &Session::dataChanged})
    connect(&session, signal, this, &CaseCurves::forget);
}

CaseCurves::~CaseCurves() {
  ++*m_generation;
  m_pool.clear();
  m_pool.waitForDone();
}

// The data are told of twice, the second time checked: the same pictures.
void CaseCurves::forget() {
  const auto data = m_session.data();
  const void* now = data && m_session.model() ? static_cast<const void*>(m_session.images().get()) : nullptr;
  if (now && now == m_data) return;
  m_data = now;
  ++*m_generation;
  m_pool.clear();
  m_waiting = 0;
  m_curves.clear();
  m_taken.clear();
  m_truths.clear();
  if (!data) return;
  for (const DataItem& item : data->items) m_truths.insert(QString::fromStdString(item.id), item.maskPath);
}

const CaseCurve* CaseCurves::of(const QString& caseId, const MapSource& source) const {
  const auto it = m_curves.constFind({caseId, source});
  return it == m_curves.cend() ? nullptr : &*it;
}

void CaseCurves::collect() {
  const RunView& run = m_session.run();
  QList<int> epochs{0};
  for (const EpochRecord& epoch : run.epochs)
    if (epoch.epoch > 0) epochs << epoch.epoch;
  for (const int epoch : epochs) {
    const EpochScores* scores = m_session.scores(epoch);
    if (!scores) continue;
    for (auto it = scores->cases.cbegin(); it != scores->cases.cend(); ++it) {
      const MapSource source{epoch > 0 ? run.folder : QString(), epoch};
      if (!m_taken.contains({it.key(), source})) add(it.key(), source, m_session.prediction(it.key(), epoch));
    }
  }
}

void CaseCurves::adopt(const MapSource& source, const std::map<std::string, CaseCurve>& curves) {
  for (const auto& [id, curve] : curves) {
    const Key key{QString::fromStdString(id), source};
    if (!m_curves.contains(key) && m_truths.contains(key.caseId)) m_curves.insert(key, curve);
  }
  if (!m_tell.isActive()) m_tell.start();
}

void CaseCurves::add(const QString& caseId, const MapSource& source, std::shared_ptr<const ProbabilityMap> map) {
  const Key key{caseId, source};
  const auto images = m_session.images();
  if (!map || !images || !m_truths.contains(caseId) || m_taken.value(key).lock() == map) return;
  m_taken.insert(key, map);
  ++m_waiting;
  m_pool.start([this, key, map, images, truthPath = m_truths.value(caseId), generation = m_generation, mine = m_generation->load()] {
    if (generation->load() != mine) return;
    CaseCurve curve;
    curve.small = std::make_shared<const ProbabilityMap>(shrunk(*map, kSmallSide));
    try {
      if (!truthPath.empty()) {
        const MaskImage truth = images->loadMask(truthPath);
        if (truth.width == map->width && truth.height == map->height)
          curve.counts = std::make_shared<const ThresholdCounts>(ThresholdCounts::of(*map, truth));
      }
    } catch (const std::exception&) {
      curve.counts.reset();  // said where the picture is shown
    }
    QMetaObject::invokeMethod(
        this,
        [this, key, curve, generation, mine] {
          if (generation->load() != mine) return;
          --m_waiting;
          m_curves.insert(key, curve);
          if (!m_tell.isActive()) m_tell.start();
        },
        Qt::QueuedConnection);
  });
}

}  // namespace gps::app
