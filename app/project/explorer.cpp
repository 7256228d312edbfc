#include "app/project/explorer.h"

#include <QFileInfo>
#include <algorithm>

#include "core/selection/gradientfield.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr int kSoonMs = 30;  // a slider on its way asks once for several steps
constexpr int kOverviewWidth = 384, kOverviewHeight = 256;
constexpr int kLongestName = 80;
}  // namespace

Explorer::Explorer(EngineApi& engine, Session& session, QObject* parent) : QObject(parent), m_engine(engine), m_session(session) {
  m_soon.setSingleShot(true);
  connect(&m_soon, &QTimer::timeout, this, &Explorer::ask);
  connect(&m_engine, &EngineApi::message, this, &Explorer::receive);
  // What waited when all was stopped is asked for again.
  connect(&m_engine, &EngineApi::dropped, this, [this](const QList<RunId>& runs) {
    if (runs.contains(m_schemesRun)) m_schemesRun = 0;
    if (runs.contains(m_lookRun)) missedLook();
    refresh();
  });
  connect(&m_engine, &EngineApi::stateChanged, this, [this](RunState state) {
    if (state == RunState::Idle) refresh();
  });
  connect(&m_session, &Session::tableChanged, this, [this] {
    m_wantsLook = true;
    if (const auto own = m_session.table()) keep(own);
    Q_EMIT schemesChanged();
    refresh();
  });
  connect(&m_session, &Session::selectionChanged, this, [this] {
    m_wantsLook = true;
    Q_EMIT schemesChanged();
    refresh();
  });
  connect(&m_session, &Session::keptPerRowChanged, this, [this] {
    m_wantsLook = true;
    refresh();
  });
  connect(&m_session, &Session::modelChanged, this, &Explorer::forget);
  connect(&m_session, &Session::projectChanged, this, &Explorer::forget);
  connect(&m_session, &Session::jobEnded, this, [this] { refresh(); });
}

void Explorer::setActive(bool on) {
  m_isActive = on;
  if (on) refresh();
}

void Explorer::forget() {
  if (m_session.table()) {
    Q_EMIT schemesChanged();  // perhaps of another number
    return refresh();
  }
  m_tables.clear();
  m_look.reset();
  m_structure.reset();
  m_tensor.clear();
  m_window = {};
  m_wantsLook = true;
  m_schemesRun = m_lookRun = 0;
  dismissFailure();
  Q_EMIT schemesChanged();
  Q_EMIT lookChanged();
}

void Explorer::refresh() {
  if (m_isActive && !m_soon.isActive()) m_soon.start(kSoonMs);
}

void Explorer::ask() {
  if (!m_isActive) return;
  askLook();
  askSchemes();
}

// ---- schemes

SelectionSpec Explorer::specOf(const Scheme& scheme) const { return withScheme(m_session.selectionSpec(), scheme); }

// One a scheme, so that a table is at hand again when another one is taken over.
void Explorer::keep(const std::shared_ptr<const SelectionTable>& table) {
  m_tables.removeIf([&](const auto& held) { return schemeOf(held->spec) == schemeOf(table->spec); });
  m_tables << table;
}

std::shared_ptr<const SelectionTable> Explorer::tableOf(const Scheme& scheme) const {
  if (const auto own = m_session.table(); own && schemeOf(own->spec) == scheme) return own;
  const auto it = std::find_if(m_tables.begin(), m_tables.end(), [&](const auto& table) { return schemeOf(table->spec) == scheme; });
  return it == m_tables.end() ? nullptr : *it;
}

QList<Explorer::Row> Explorer::rows() const {
  QList<Row> rows;
  const auto own = m_session.table();
  for (const Scheme& scheme : schemes()) {
    Row row{scheme, tableOf(scheme), false, m_session.isAnswerable(specOf(scheme))};
    const bool isOtherPass = row.table && own && needsPass(scheme.criterion) && row.table->passNumber != own->passNumber;
    row.isStale = isOtherPass || (row.table && (!row.isAnswerable || !isSameTable(row.table->spec, specOf(scheme))));
    rows << row;
  }
  return rows;
}

void Explorer::setSchemes(const QList<Scheme>& schemes) {
  QList<Scheme> kept;
  for (const Scheme& scheme : schemes)
    if (!kept.contains(scheme) && kept.size() < kMostSchemes) kept << scheme;
  m_session.setSchemes(kept);
  Q_EMIT schemesChanged();
  refresh();
}

void Explorer::addScheme(const Scheme& scheme) { setSchemes(schemes() + QList<Scheme>{scheme}); }

void Explorer::removeScheme(const Scheme& scheme) {
  QList<Scheme> left = schemes();
  left.removeAll(scheme);
  setSchemes(left);
}

void Explorer::askSchemes() {
  if (m_session.isBusy() || !m_session.table() || m_session.isTableOnItsWay()) return;
  SchemesRequest request;
  for (const Row& row : rows())
    if (row.isAnswerable && (!row.table || row.isStale)) request.specs.push_back(specOf(row.scheme));
  const bool isAsked = m_schemesRun != 0 &&
                       std::equal(request.specs.begin(), request.specs.end(), m_askedSchemes.begin(), m_askedSchemes.end(), isSameTable);
  if (request.specs.empty() || isAsked) return;
  m_askedSchemes = request.specs;
  m_schemesRun = m_engine.exploreSchemes(request);
}

// ---- one layer

const LayerStructure* Explorer::layer(const QString& tensor) const {
  if (!m_structure) return nullptr;
  const auto name = tensor.toStdString();
  const auto it = std::find_if(m_structure->layers.begin(), m_structure->layers.end(), [&](const auto& l) { return l.tensor == name; });
  return it == m_structure->layers.end() ? nullptr : &*it;
}

QString Explorer::tensorOf(const QString& block, const QString& kind) const {
  if (!m_structure) return {};
  for (const auto& layer : m_structure->layers)
    if (layer.block == block.toStdString() && (kind.isEmpty() || layer.kind == kind.toStdString()))
      return QString::fromStdString(layer.tensor);
  return {};
}

void Explorer::setTensor(const QString& tensor) {
  if (tensor == m_tensor) return;
  m_tensor = tensor;
  m_window = {};
  m_wantsLook = true;
  Q_EMIT lookChanged();
  refresh();
}

void Explorer::setWindow(const TileWindow& window) {
  if (window == m_window) return;
  m_window = window;
  m_wantsLook = true;
  refresh();
}

// It was not answered: of a run that ended before, or of an engine that was stopped.
void Explorer::missedLook() {
  m_lookRun = 0;
  m_wantsLook = true;
}

// One at a time: the next question is of the newest state when the answer is there.
void Explorer::askLook() {
  const bool canAnswer = !m_session.isBusy() || m_session.isTraining();
  if (!m_wantsLook || m_lookRun != 0 || !canAnswer || !m_session.isTableOfScheme() || m_session.isTableOnItsWay()) return;
  m_wantsLook = false;
  LayerRequest request{m_session.selectionSpec(), m_tensor.toStdString(), m_window, 0, 0};
  const bool isWhole = m_window == TileWindow{} || !m_look || m_look->tensor != request.tensor || m_look->overview.score.empty();
  if (isWhole || m_lookedTable != m_session.table()) {
    request.overviewWidth = kOverviewWidth;
    request.overviewHeight = kOverviewHeight;
  }
  m_lookedTable = m_session.table();
  m_lookRun = m_engine.lookAtLayer(request);
}

// ---- kept by name

QString Explorer::suggestedName() const {
  const SelectionSpec& spec = m_session.project().selection;
  return u"%1-%2-k%3"_s.arg(QString::fromStdString(wordOf(spec.level)), QString::fromStdString(wordOf(spec.criterion)))
      .arg(spec.keptPerRow);
}

QString Explorer::whyNotSaved() const {
  if (!m_session.table()) return tr("Run the gradient pass first.");
  if (m_session.isBusy()) return tr("Wait until the present job has ended.");
  if (!m_session.isTableOfScheme()) return tr("Run the new scheme first.");
  return {};
}

QString Explorer::save(const QString& name) {
  if (const QString why = whyNotSaved(); !why.isEmpty()) return why;
  const QString trimmed = name.trimmed();
  if (trimmed.isEmpty()) return tr("Give it a name.");
  if (trimmed.size() > kLongestName) return tr("Choose a shorter name.");
  if (trimmed.startsWith(u'.') || trimmed.contains(u'/') || trimmed.contains(u'\\') || trimmed.contains(u':'))
    return tr("A name has no / \\ : in it and no full stop at its start.");
  const QString path = u"%1/selection/%2.safetensors"_s.arg(m_session.project().folder, trimmed);
  m_saveRun = m_engine.saveSelection({m_session.selectionSpec(), path});
  return {};
}

// ---- answers

void Explorer::dismissFailure() {
  if (!m_failure) return;
  m_failure.reset();
  Q_EMIT failureChanged();
}

void Explorer::receive(const EngineMessage& message) {
  if (message.run == 0) return;
  if (const auto* ready = std::get_if<SchemeReady>(&message.body); ready && message.run == m_schemesRun) {
    keep(ready->table);
    Q_EMIT schemesChanged();
  } else if (const auto* looked = std::get_if<LayerLooked>(&message.body); looked && message.run == m_lookRun) {
    m_lookRun = 0;
    if (!looked->look) return refresh();
    m_structure = looked->look->structure;
    const bool isOfPresent = looked->look->tensor == m_tensor.toStdString();
    if (isOfPresent && !m_tensor.isEmpty()) {
      auto look = std::make_shared<LayerLook>(*looked->look);
      if (look->overview.score.empty() && m_look && m_look->tensor == look->tensor) look->overview = m_look->overview;
      m_look = std::move(look);
    }
    Q_EMIT lookChanged();
    refresh();
  } else if (const auto* kept = std::get_if<SelectionSaved>(&message.body); kept && message.run == m_saveRun) {
    Q_EMIT saved(QFileInfo(kept->path).completeBaseName());
  } else if (const auto* m = std::get_if<JobEnded>(&message.body)) {
    ended(message.run, *m);
  }
}

void Explorer::ended(RunId run, const JobEnded& m) {
  const bool isMissed = m.outcome == JobOutcome::Cancelled || m.job == JobKind::Train;  // one that was asked for within the run
  if (run == m_schemesRun)
    m_schemesRun = 0;
  else if (run == m_lookRun)
    isMissed ? missedLook() : void(m_lookRun = 0);
  else if (run == m_saveRun)
    m_saveRun = 0;
  else
    return;
  if (m.outcome != JobOutcome::Failed || m.job == JobKind::Train) return refresh();
  if (m.job == JobKind::SaveSelection) {
    Q_EMIT notSaved(m.failure);
    return;
  }
  m_failure = m.failure;
  Q_EMIT failureChanged();
}

}  // namespace gps::app
