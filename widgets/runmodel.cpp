#include "widgets/runmodel.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QHash>
#include <QLocale>
#include <QPainter>
#include <QPixmap>
#include <array>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icon.h"
#include "widgets/modeltext.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<QLatin1StringView, RunModel::ColumnCount> kKeys = {
    "name"_L1,      "star"_L1,    "state"_L1,    "method"_L1,    "k"_L1,          "level"_L1, "criterion"_L1, "lr"_L1,
    "seed"_L1,      "epochs"_L1,  "best"_L1,     "diff"_L1,      "best_epoch"_L1, "last"_L1,  "leaks"_L1,     "trainable"_L1,
    "delta_mib"_L1, "seconds"_L1, "peak_mib"_L1, "precision"_L1, "started"_L1,    "tags"_L1,  "note"_L1};

// The stroke of a run's curve.
QPixmap stroke(int slot) {
  const Theme& theme = Theme::instance();
  const double ratio = qApp->devicePixelRatio();
  const QSize size(theme.px(2), theme.px(1.5));
  QPixmap pixmap(size * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  if (slot < 0) return pixmap;
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  // On a chosen row of a dark table it keeps the ground that it has in the plots: 3 to 1.
  if (theme.isDark()) drawRounded(painter, QRectF(QPointF(), size), size.height() / 2.0, theme.color(Token::Surface));
  QPen pen(theme.runColor(slot % kRunColours), 3, Qt::SolidLine, slot < kRunColours ? Qt::RoundCap : Qt::FlatCap);
  if (slot >= kRunColours) pen.setDashPattern({1.6, 1.1});
  painter.setPen(pen);
  const double y = size.height() / 2.0;
  painter.drawLine(QPointF(3, y), QPointF(size.width() - 3, y));
  return pixmap;
}

// The same in every language.
QString phaseWord(RunPhase phase) {
  switch (phase) {
    case RunPhase::Running:
      return u"running"_s;
    case RunPhase::Finished:
      return u"finished"_s;
    case RunPhase::Stopped:
      return u"stopped"_s;
    case RunPhase::Failed:
      return u"failed"_s;
    case RunPhase::Unreadable:
      break;
  }
  return u"unreadable"_s;
}

const QString& shown(const QString& words, const QString& word) { return words.isEmpty() ? word : words; }

QString valueText(const RunRow& row, double value) {
  if (std::isnan(value)) return u"–"_s;
  return row.isClassification ? QString::number(100 * value, 'f', 1) + u" %"_s : QString::number(value, 'f', 3);
}

}  // namespace

QString runPhaseText(RunPhase phase) {
  switch (phase) {
    case RunPhase::Running:
      return RunModel::tr("running");
    case RunPhase::Finished:
      return RunModel::tr("finished");
    case RunPhase::Stopped:
      return RunModel::tr("stopped");
    case RunPhase::Failed:
      return RunModel::tr("failed");
    case RunPhase::Unreadable:
      return RunModel::tr("unreadable");
  }
  return {};
}

RunModel::RunModel(QObject* parent) : QAbstractTableModel(parent) {}

int RunModel::columnOf(const QString& key) const {
  for (int column = 0; column < columnCount(); ++column)
    if (this->key(column) == key) return column;
  return -1;
}

QString RunModel::key(int column) const {
  if (const RunColumn* more = extra(column)) return more->key;
  return column >= 0 && column < ColumnCount ? QString(kKeys[size_t(column)]) : QString();
}

const RunColumn* RunModel::extra(int column) const {
  return column >= ColumnCount && column < columnCount() ? &m_extras[column - ColumnCount] : nullptr;
}

void RunModel::setExtraColumns(const QList<RunColumn>& columns) {
  if (columns == m_extras) return;
  if (!m_extras.isEmpty()) {
    beginRemoveColumns({}, ColumnCount, columnCount() - 1);
    m_extras.clear();
    endRemoveColumns();
  }
  if (columns.isEmpty()) return;
  beginInsertColumns({}, ColumnCount, ColumnCount + int(columns.size()) - 1);
  m_extras = columns;
  endInsertColumns();
}

bool RunModel::isText(int column) const {
  if (const RunColumn* more = extra(column)) return more->kind == RunColumn::Kind::Text;
  switch (column) {
    case RunModel::Name:
    case RunModel::Star:
    case RunModel::Phase:
    case RunModel::Method:
    case RunModel::Level:
    case RunModel::Criterion:
    case RunModel::Precision:
    case RunModel::Started:
    case RunModel::Tags:
    case RunModel::Note:
    case RunModel::Leaks:
      return true;
    default:
      return false;
  }
}

// A date between numbers and words stands in the middle, away from both.
int RunModel::alignmentOf(int column) const {
  return int((column == RunModel::Started ? Qt::AlignHCenter : isText(column) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

int RunModel::rowOf(const QString& id) const {
  for (int r = 0; r < m_rows.size(); ++r)
    if (m_rows[r].id == id) return r;
  return -1;
}

void RunModel::setRows(const QList<RunRow>& rows) {
  QHash<QString, qsizetype> wanted;
  for (qsizetype i = 0; i < rows.size(); ++i) wanted.insert(rows[i].id, i);
  for (int r = int(m_rows.size()) - 1; r >= 0; --r) {
    if (wanted.contains(m_rows[r].id)) continue;
    beginRemoveRows({}, r, r);
    m_rows.removeAt(r);
    endRemoveRows();
  }
  m_baseRow = rowOf(m_baseline);
  QSet<QString> known;
  bool isBaseNew = false;  // the differences of all rows are others
  for (int r = 0; r < m_rows.size(); ++r) {
    known.insert(m_rows[r].id);
    const RunRow& now = rows[wanted.value(m_rows[r].id)];
    if (now == m_rows[r]) continue;
    m_rows[r] = now;
    Q_EMIT dataChanged(index(r, 0), index(r, columnCount() - 1));
    if (r == m_baseRow) isBaseNew = true;
  }
  if (isBaseNew) tellAll();
  QList<RunRow> added;
  for (const RunRow& row : rows)
    if (!known.contains(row.id)) added << row;
  if (added.isEmpty()) return;
  beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + added.size()) - 1);
  m_rows += added;
  endInsertRows();
  if (m_baseRow < 0 && !m_baseline.isEmpty() && (m_baseRow = rowOf(m_baseline)) >= 0) tellAll();
}

void RunModel::tellAll() {
  if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
}

void RunModel::setTicked(const QSet<QString>& ids) {
  if (ids == m_ticked) return;
  m_ticked = ids;
  tellAll();
}

void RunModel::setBaseline(const QString& id) {
  if (id == m_baseline) return;
  m_baseline = id;
  m_baseRow = rowOf(id);
  tellAll();
}

int RunModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int RunModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount + int(m_extras.size()); }

double RunModel::difference(const RunRow& row) const {
  const int base = m_baseRow;
  if (base < 0 || base >= m_rows.size() || m_rows[base].isClassification != row.isClassification) return std::nan("");
  return row.best - m_rows[base].best;
}

QString RunModel::extraText(const RunRow& row, const RunColumn& column) const {
  const QVariant value = row.extras.value(column.key);
  if (!value.isValid()) return u"–"_s;
  switch (column.kind) {
    case RunColumn::Kind::Score:
      return valueText(row, value.toDouble());
    case RunColumn::Kind::Number:
      return column.group == RunColumn::Group::Setting ? settingNumber(value.toDouble()) : significant(value.toDouble(), 4);
    case RunColumn::Kind::Text:
      break;
  }
  return value.toString();
}

QString RunModel::text(const RunRow& row, int column) const {
  if (const RunColumn* more = extra(column)) return extraText(row, *more);
  const auto number = [](bool isKnown, const QString& shown) { return isKnown ? shown : u"–"_s; };
  switch (column) {
    case Name:
      return row.id;
    case Phase:
      return runPhaseText(row.phase);
    case Method:
      return shown(row.methodText, row.method);
    case K:
      return row.share > 0 ? sharePercent(row.share) : number(row.keptPerRow > 0, QString::number(row.keptPerRow));
    case Level:
      return shown(row.levelText, row.level);
    case Criterion:
      return shown(row.criterionText, row.criterion);
    case LearningRate:
      return std::isnan(row.learningRate) ? u"–"_s : settingNumber(row.learningRate);
    case Seed:
      return number(row.phase != RunPhase::Unreadable, QString::number(row.seed));
    case Epochs:
      return row.plannedEpochs > 0 ? tr("%1 of %2").arg(row.epochs).arg(row.plannedEpochs) : u"–"_s;
    case Best:
      return valueText(row, row.best);
    case Leaks:
      return row.leaks.isEmpty() ? u"–"_s : row.leaks;
    case Difference: {
      if (row.id == m_baseline) return tr("baseline");
      const double d = difference(row);
      return std::isnan(d) ? u"–"_s : signedNumber(row.isClassification ? 100 * d : d, row.isClassification ? 1 : 3);
    }
    case BestEpoch:
      return number(row.bestEpoch > 0, QString::number(row.bestEpoch));
    case Last:
      return valueText(row, row.last);
    case Trainable:
      return number(row.trainable >= 0, groupedCount(row.trainable));
    case Delta:
      return number(row.deltaMib > 0, mebibytesText(row.deltaMib));
    case Seconds:
      return number(row.seconds > 0, durationText(row.seconds));
    case Peak:
      return number(row.peakMib > 0, mebibytesText(row.peakMib));
    case Precision:
      return row.precision;
    case Started:
      return number(row.startedMs > 0, QDateTime::fromMSecsSinceEpoch(row.startedMs).toString(u"yyyy-MM-dd HH:mm"_s));
    case Tags:
      return row.tags.join(u", "_s);
    case Note:
      return QString(row.note).replace(u'\n', u' ');
    default:
      return {};
  }
}

// What sorting and files use.
QVariant RunModel::exact(const RunRow& row, int column) const {
  const double nan = std::nan("");
  if (extra(column)) return row.extras.value(key(column), isText(column) ? QVariant(QString()) : QVariant(nan));
  switch (column) {
    case Star:
      return row.isStarred ? 1 : 0;
    case K:
      return row.share > 0 ? QVariant(row.share) : row.keptPerRow > 0 ? QVariant(double(row.keptPerRow)) : QVariant(nan);
    case Phase:
      return phaseWord(row.phase);
    case Method:
      return row.method;
    case Level:
      return row.level;
    case Criterion:
      return row.criterion;
    case LearningRate:
      return row.learningRate;
    case Seed:
      return row.phase == RunPhase::Unreadable ? QVariant(nan) : QVariant(double(row.seed));
    case Epochs:
      return double(row.epochs);
    case Best:
      return row.best;
    case Difference:
      return difference(row);
    case BestEpoch:
      return row.bestEpoch > 0 ? double(row.bestEpoch) : nan;
    case Last:
      return row.last;
    case Trainable:
      return row.trainable >= 0 ? double(row.trainable) : nan;
    case Delta:
      return row.deltaMib > 0 ? row.deltaMib : nan;
    case Seconds:
      return row.seconds > 0 ? row.seconds : nan;
    case Peak:
      return row.peakMib > 0 ? row.peakMib : nan;
    case Started:
      return row.startedMs > 0 ? QDateTime::fromMSecsSinceEpoch(row.startedMs).toString(Qt::ISODate) : QString();
    case Note:
      return row.note;
    default:
      return text(row, column);
  }
}

QVariant RunModel::decoration(const RunRow& row, int column) const {
  const Theme& theme = Theme::instance();
  if (column == Name) return stroke(m_ticked.contains(row.id) ? row.colour : -1);
  if (column == Star)
    return iconPixmap(row.isStarred ? u"star-on"_s : u"star"_s, row.isStarred ? theme.runColor(1) : theme.color(Token::Ghost), theme.px(2),
                      qApp->devicePixelRatio());
  return {};
}

QString RunModel::toolTip(const RunRow& row, int column) const {
  if (column == Star) return row.isStarred ? tr("Starred; S or a click takes the star away") : tr("S or a click gives a star");
  if ((column == Phase || column == Name) && !row.problem.isEmpty()) return row.problem;
  if (column == Note) return row.note;
  if (column == Leaks && !row.leakToolTip.isEmpty()) return row.leakToolTip;
  const RunColumn* more = extra(column);
  const bool isNumber = more && more->kind != RunColumn::Kind::Text;
  if (isNumber || column == Best || column == Last || column == Difference || column == LearningRate || column == Seconds) {
    const double value = exact(row, column).toDouble();
    return std::isnan(value) ? QString() : QLocale::c().toString(value, 'g', 9);
  }
  return text(row, column);
}

QVariant RunModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_rows.size()) return {};
  const RunRow& row = m_rows[index.row()];
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return column == Star ? QVariant() : QVariant(text(row, column));
    case Qt::AccessibleTextRole:
      return column == Star ? (row.isStarred ? tr("starred") : tr("no star")) : text(row, column);
    case Qt::ToolTipRole:
      return toolTip(row, column);
    case Qt::CheckStateRole:
      return column == Name ? QVariant(m_ticked.contains(row.id) ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::DecorationRole:
      return decoration(row, column);
    case Qt::TextAlignmentRole:
      return alignmentOf(column);
    case Qt::ForegroundRole: {
      const Theme& theme = Theme::instance();
      if (column == Leaks && row.leakTone != Tone::Neutral) return theme.toneColor(row.leakTone);
      if (column == Phase) {
        const bool isBad = row.phase == RunPhase::Failed || row.phase == RunPhase::Unreadable;
        return isBad                            ? theme.color(Token::Bad)
               : row.phase == RunPhase::Running ? theme.color(Token::Accent)
               : row.phase == RunPhase::Stopped ? theme.color(Token::Warn)
                                                : theme.color(Token::Text2);
      }
      if (column == Difference && row.id != m_baseline) {
        const double d = difference(row);
        if (d > 0) return theme.color(Token::Good);
        if (d < 0) return theme.color(Token::Bad);
      }
      if (column == Name || column == Best) return {};
      return theme.color(Token::Text2);
    }
    case Qt::FontRole:
      return row.id == m_baseline && column == Name ? QVariant(Theme::instance().font(TextRole::Strong)) : QVariant();
    case kExactRole:
    case SortRole:
      return exact(row, column);
    case IdRole:
      return row.id;
    default:
      return {};
  }
}

Qt::ItemFlags RunModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return QAbstractTableModel::flags(index);
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
  return index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

bool RunModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || index.column() != Name || role != Qt::CheckStateRole) return false;
  Q_EMIT tickRequested(m_rows[index.row()].id, value.toInt() == Qt::Checked);
  return true;
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  if (role == Qt::TextAlignmentRole) return alignmentOf(section);
  if (role == kExactRole) return key(section);
  const bool isTip = role == Qt::ToolTipRole;
  if (role != Qt::DisplayRole && !isTip) return {};
  if (const RunColumn* more = extra(section)) return isTip ? more->tip : more->title;
  switch (section) {
    case Name:
      return tr("Run");
    case Star:
      return isTip ? tr("Star") : QString();
    case Phase:
      return tr("State");
    case Method:
      return tr("Method");
    case K:
      return isTip ? tr("Inputs kept per neuron, K, or the share of the weights") : tr("K");
    case Level:
      return isTip ? tr("Level at which the budget is spent") : tr("Level");
    case Criterion:
      return isTip ? tr("What weights are ranked by") : tr("Criterion");
    case LearningRate:
      return isTip ? tr("Learning rate at the start") : tr("Learning rate");
    case Seed:
      return tr("Seed");
    case Epochs:
      return isTip ? tr("Epochs done, of those planned") : tr("Epochs");
    case Best:
      return isTip ? tr("Value of the best epoch: Dice, mean over the pictures, or the share of right classes; in fp32 where it was "
                        "measured so")
                   : tr("Best");
    case Leaks:
      return isTip ? tr("What speaks against its values: splits that leak, pictures it should not have been made from, weights that have "
                        "seen them")
                   : tr("Leaks");
    case Difference:
      return isTip ? tr("Best value minus that of the baseline") : tr("To baseline");
    case BestEpoch:
      return isTip ? tr("Epoch of the best value") : tr("At epoch");
    case Last:
      return isTip ? tr("Value of the last epoch, in the precision of training") : tr("Last");
    case Trainable:
      return isTip ? tr("Values that are trained, head or decoder with them") : tr("Trainable");
    case Delta:
      return isTip ? tr("Size of the files that carry the best epoch") : tr("Delta");
    case Seconds:
      return isTip ? tr("Training and validation, selection not included") : tr("Time");
    case Peak:
      return isTip ? tr("Highest memory") : tr("Peak memory");
    case Precision:
      return tr("Precision");
    case Started:
      return tr("Started");
    case Tags:
      return tr("Tags");
    case Note:
      return tr("Note");
    default:
      return {};
  }
}

}  // namespace gps::ui
