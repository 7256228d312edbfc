#include "app/project/scorestore.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include "app/project/smallmapfile.h"
#include "core/checkpoints/deltapath.h"
#include "core/checkpoints/readers/sha256.h"
#include "core/evaluation/figures/casefile.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

std::string hashOf(const QString& path) {
  if (path.isEmpty()) return {};
  try {
    return sha256OfFile(path.toStdString());
  } catch (const std::exception&) {
    return "unreadable";
  }
}

QString textOf(const std::map<std::string, std::string>& basis) {
  std::string all;
  for (const auto& [key, value] : basis) all += key + '=' + value + '\n';
  return QString::fromStdString(all);
}

QString outlinesPathOf(const QString& path, double threshold) {
  return u"%1-at-%2.json"_s.arg(path.chopped(u".json"_s.size())).arg(threshold, 0, 'f', 2);
}

QString mapsPathOf(const QString& path) { return path.chopped(u"json"_s.size()) + "maps"_L1; }

// Scores can be made again: what cannot be kept is no failure of anything.
void write(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()) file.commit();
}

std::map<std::string, CaseCurve> joined(const std::map<std::string, ThresholdCounts>& counts, const SmallMaps& maps) {
  std::map<std::string, CaseCurve> curves;
  for (const auto& [id, c] : counts) curves[id].counts = std::make_shared<const ThresholdCounts>(c);
  for (const auto& [id, map] : maps) curves[id].small = map;
  return curves;
}

}  // namespace

ScoreStore::ScoreStore(Session& session, QObject* parent) : QObject(parent), m_session(session) {
  m_pool.setMaxThreadCount(1);
  for (auto signal : {&Session::dataChanged, &Session::modelChanged, &Session::runChanged, &Session::jobStateChanged})
    connect(&session, signal, this, &ScoreStore::look);
  connect(&session, &Session::scoresChanged, this, &ScoreStore::keep);
}

ScoreStore::~ScoreStore() { flush(); }

QString ScoreStore::pathOf(int epoch) const {
  const QString split = m_session.scoredSplit();
  if (epoch < 0 || split.isEmpty() || !m_session.project().isOpen()) return {};
  if (epoch == 0) return m_session.project().folder + "/cases/"_L1 + split + "-untuned.json"_L1;
  const QString folder = m_session.run().folder;
  return folder.isEmpty() ? QString() : u"%1/cases/%2-epoch-%3.json"_s.arg(folder, split).arg(epoch, 4, 10, QLatin1Char('0'));
}

QString ScoreStore::deltaPath(int epoch) const {
  return epoch > 0 ? m_session.run().folder + "/deltas/"_L1 + QString::fromStdString(deltaName(epoch, false)) : QString();
}

ScoreStore::Basis ScoreStore::basis() const {
  const TrainSpec spec = m_session.resolvedTrainSpec();
  return {{"model", spec.model.id},
          {"base_hash", m_session.model()->baseHash},
          {"data_hash", m_session.data()->dataHash},
          {"split", m_session.scoredSplit().toStdString()},
          {"image_size", std::to_string(spec.model.imageSize)},
          {"prompt", wordOf(spec.model.prompt)},
          {"preprocess", wordOf(spec.model.preprocess)},
          {"precision", wordOf(spec.device.precision)}};
}

QList<int> ScoreStore::epochs() const {
  QList<int> epochs{0};
  for (const int epoch : {m_session.run().bestEpoch(), m_session.run().lastEpoch()})
    if (epoch > 0 && !epochs.contains(epoch)) epochs << epoch;
  return epochs;
}

bool ScoreStore::isBasisKnown() const {
  const Session& s = m_session;
  return s.data() && s.isDataChecked() && !s.data()->dataHash.empty() && s.model() && s.task() == TaskKind::Segmentation;
}

bool ScoreStore::lookForOutlines(int epoch, double threshold) {
  const QString path = pathOf(epoch);
  if (path.isEmpty() || !isBasisKnown()) return false;
  m_pool.start([this, path, threshold, wanted = basis(), delta = deltaPath(epoch), epoch]() mutable {
    const QString file = outlinesPathOf(path, threshold);
    if (!QFileInfo::exists(file)) return;
    wanted["values_hash"] = hashOf(delta);
    auto there = storedCases(file.toStdString(), wanted);
    if (!there || there->threshold != threshold) return;
    QMetaObject::invokeMethod(
        this,
        [this, path, epoch, threshold, cases = std::move(there->cases)] {
          if (path == pathOf(epoch)) Q_EMIT outlinesFound(epoch, threshold, cases);
        },
        Qt::QueuedConnection);
  });
  return true;
}

void ScoreStore::keepOutlines(int epoch, double threshold, std::shared_ptr<const SegmentationScore> score) {
  const QString path = pathOf(epoch);
  if (path.isEmpty() || !isBasisKnown()) return;
  m_pool.start([path, threshold, wanted = basis(), delta = deltaPath(epoch), score = std::move(score)]() mutable {
    wanted["values_hash"] = hashOf(delta);
    QDir().mkpath(QFileInfo(path).path());
    write(outlinesPathOf(path, threshold), QByteArray::fromStdString(caseFileText({wanted, threshold, score->perImage})));
  });
}

void ScoreStore::useCurves(CaseCurves& curves) {
  m_curves = &curves;
  connect(&curves, &CaseCurves::changed, this, &ScoreStore::keep);
}

void ScoreStore::look() {
  const Session& s = m_session;
  if (s.isBusy() || !isBasisKnown()) return;
  for (const int epoch : epochs()) {
    const QString path = pathOf(epoch);
    Basis wanted = basis();
    const QString question = textOf(wanted);
    if (path.isEmpty() || s.scores(epoch) || m_looked.value(path) == question) continue;
    m_looked.insert(path, question);
    m_pool.start([this, path, wanted, delta = deltaPath(epoch), epoch]() mutable {
      if (!QFileInfo::exists(path)) return;
      wanted["values_hash"] = hashOf(delta);
      auto file = storedCases(path.toStdString(), wanted);
      if (!file) return;
      auto curves = joined(file->curves, storedSmallMaps(mapsPathOf(path), textOf(wanted)));
      QMetaObject::invokeMethod(
          this,
          [this, path, epoch, file = std::move(*file), curves = std::move(curves)] {
            // Another run or data set may be open by now.
            if (path != pathOf(epoch) || m_session.isBusy()) return;
            if (m_curves) m_curves->adopt({epoch > 0 ? m_session.run().folder : QString(), epoch}, curves);
            m_session.adoptScores(epoch, file.cases);
          },
          Qt::QueuedConnection);
    });
  }
}

// Of every case that is scored, or of none.
std::map<std::string, CaseCurve> ScoreStore::curvesOf(int epoch) const {
  std::map<std::string, CaseCurve> curves;
  const auto* scores = m_session.scores(epoch);
  if (!m_curves || !scores || !scores->summary) return curves;
  for (const CaseScore& c : scores->summary->perImage) {
    const CaseCurve* curve = m_curves->of(QString::fromStdString(c.id), {epoch > 0 ? m_session.run().folder : QString(), epoch});
    if (!curve || !curve->counts) return {};
    curves.emplace(c.id, *curve);
  }
  return curves;
}

// Twice: the scores as soon as they are complete, and once more with their curves, which are counted beside.
void ScoreStore::keep() {
  const Session& s = m_session;
  if (!s.data() || !s.model() || s.data()->dataHash.empty()) return;
  for (const int epoch : epochs()) {
    const auto* scores = s.scores(epoch);
    const QString path = pathOf(epoch);
    if (!scores) m_looked.remove(path);  // cleared: the file may answer again
    if (!scores || !scores->summary || path.isEmpty()) continue;
    const Kept kept = m_kept.value(path);
    const bool isSame = kept.summary == scores->summary;
    if (isSame && (kept.curves > 0 || (m_curves && m_curves->waiting() > 0))) continue;
    auto curves = curvesOf(epoch);
    if (isSame && curves.empty()) continue;
    m_kept.insert(path, {scores->summary, curves.size()});
    m_looked.insert(path, textOf(basis()));  // what is written need not be read
    if (scores->summary->perImage.empty()) continue;
    m_pool.start([path, wanted = basis(), delta = deltaPath(epoch), summary = scores->summary, curves = std::move(curves)]() mutable {
      wanted["values_hash"] = hashOf(delta);
      std::map<std::string, ThresholdCounts> counts;
      SmallMaps maps;
      for (const auto& [id, curve] : curves) {
        counts.emplace(id, *curve.counts);
        if (curve.small) maps.emplace(id, curve.small);
      }
      QDir().mkpath(QFileInfo(path).path());
      // What came from there need not be written again.
      if (const auto there = storedCases(path.toStdString(), wanted); !there || there->curves.size() < counts.size())
        write(path, QByteArray::fromStdString(caseFileText({wanted, 0.5, summary->perImage, counts})));
      if (storedSmallMaps(mapsPathOf(path), textOf(wanted)).size() < maps.size())
        write(mapsPathOf(path), smallMapBytes(maps, textOf(wanted)));
    });
  }
}

}  // namespace gps::app
