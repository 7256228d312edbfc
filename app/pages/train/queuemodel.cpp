#include "app/pages/train/queuemodel.h"

#include <QFileInfo>
#include <QLocale>

#include "app/engine/schemetext.h"
#include "app/pages/cases/sourcewords.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;

QString runSummary(const TrainSpec& spec) {
  QStringList parts;
  if (spec.method != Method::Gps) {
    parts << methodText(spec);
  } else if (!spec.selectionPath.empty()) {
    parts << QFileInfo(QString::fromStdString(spec.selectionPath)).fileName();
  } else {
    parts << u"K = %1"_s.arg(spec.selection.keptPerRow) << SchemeText::title(schemeOf(spec.selection));
  }
  parts << u"lr %1"_s.arg(ui::settingNumber(spec.learningRate)) << QueueModel::tr("%n epoch(s)", nullptr, spec.epochs)
        << QueueModel::tr("seed %1").arg(spec.seed);
  return parts.join(u" · "_s);
}

static QString stateText(const QueuedRun& run) {
  switch (run.state) {
    case QueueState::Waiting:
      return run.spec.runFolder.empty() ? QueueModel::tr("waits") : QueueModel::tr("waits, goes on");
    case QueueState::Running:
      return QueueModel::tr("runs");
    case QueueState::Done:
      return QueueModel::tr("done");
    case QueueState::Failed:
      return QueueModel::tr("failed");
    case QueueState::Cancelled:
      return QueueModel::tr("stopped");
  }
  return {};
}

static ui::Tone toneOf(QueueState state) {
  switch (state) {
    case QueueState::Running:
      return ui::Tone::Accent;
    case QueueState::Done:
      return ui::Tone::Good;
    case QueueState::Failed:
      return ui::Tone::Bad;
    case QueueState::Cancelled:
      return ui::Tone::Warn;
    case QueueState::Waiting:
      break;
  }
  return ui::Tone::Neutral;
}

QueueModel::QueueModel(RunQueue& queue, QObject* parent) : QAbstractTableModel(parent), m_queue(queue), m_runs(queue.runs()) {
  connect(&queue, &RunQueue::changed, this, &QueueModel::update);
}

// Rows come, go and move one by one in use; a queue is short.
void QueueModel::update() {
  const auto& now = m_queue.runs();
  const bool isSameOrder = now.size() == m_runs.size() &&
                           std::equal(now.begin(), now.end(), m_runs.begin(), [](const auto& a, const auto& b) { return a.id == b.id; });
  if (isSameOrder) {
    m_runs = now;
    if (!m_runs.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(int(m_runs.size()) - 1, kColumns - 1));
    return;
  }
  beginResetModel();
  m_runs = now;
  endResetModel();
}

void QueueModel::retranslate() {
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
  if (!m_runs.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(int(m_runs.size()) - 1, kColumns - 1));
}

int QueueModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_runs.size()); }
int QueueModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }
QString QueueModel::idAt(int row) const { return row >= 0 && row < m_runs.size() ? m_runs[row].id : QString(); }

int QueueModel::rowOf(const QString& id) const {
  for (int i = 0; i < m_runs.size(); ++i)
    if (m_runs[i].id == id) return i;
  return -1;
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_runs.size()) return {};
  const QueuedRun& run = m_runs[index.row()];
  if (role == Qt::DisplayRole) {
    if (index.column() == Run) return run.group.isEmpty() ? runSummary(run.spec) : run.group + u": "_s + runSummary(run.spec);
    if (index.column() == State) return stateText(run);
    return QLocale().toString(run.added.time(), QLocale::ShortFormat);
  }
  if (role == Qt::ForegroundRole && index.column() == State && run.state != QueueState::Waiting)
    return ui::Theme::instance().toneColor(toneOf(run.state));
  if (role == Qt::ToolTipRole) {
    QStringList lines{runSummary(run.spec)};
    if (!run.spec.runFolder.empty()) lines << QString::fromStdString(run.spec.runFolder);
    if (!run.problem.isEmpty()) lines << run.problem;
    return lines.join(u'\n');
  }
  return {};
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return section == Run ? tr("Run") : section == State ? tr("State") : tr("Added");
}

}  // namespace gps::app
