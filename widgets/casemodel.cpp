#include <QTransform>
#include <cmath>

#include "widgets/casetable.h"
#include "widgets/contours.h"
#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/thumbnailrows.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSmallEdge = 112, kLargeKiB = 96 * 1024;
constexpr double kPoorDice = 0.5;  // below this a case is drawn in the bad tone

constexpr int kRatings = 5;

bool isText(int column) { return column == CaseModel::Id || column == CaseModel::Remark; }

double valueOf(const CaseRow& row, int column) {
  switch (column) {
    case CaseModel::Dice:
      return row.dice;
    case CaseModel::Iou:
      return row.iou;
    case CaseModel::Precision:
      return row.precision;
    case CaseModel::Recall:
      return row.recall;
    case CaseModel::BoundaryF:
      return row.boundaryF;
    case CaseModel::Hd95:
      return row.hd95;
    case CaseModel::Area:
      return row.areaShare;
    case CaseModel::Marked:
      return row.markedShare;
    case CaseModel::Rating:
      return row.rating > 0 ? row.rating : std::nan("");
    default:
      return std::nan("");
  }
}

QString textOf(const CaseRow& row, int column) {
  if (column == CaseModel::Id) return row.id;
  if (column == CaseModel::Remark) return row.remark;
  const double value = valueOf(row, column);
  if (std::isnan(value)) return column == CaseModel::Rating ? QString() : u"–"_s;
  switch (column) {
    case CaseModel::Area:
    case CaseModel::Marked:
      return sharePercent(value);
    case CaseModel::Hd95:
      return QString::number(value, 'f', 1);
    case CaseModel::Rating:
      return QString::number(row.rating);
    default:
      return QString::number(value, 'f', 2);
  }
}

}  // namespace

CaseModel::CaseModel(QObject* parent) : QAbstractTableModel(parent), m_large(kLargeKiB) {}

void CaseModel::setRows(const QList<CaseRow>& rows) {
  bool same = rows.size() == m_rows.size();
  for (qsizetype i = 0; same && i < rows.size(); ++i) same = rows[i].id == m_rows[i].id;
  if (same) {
    m_rows = rows;
    if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    return;
  }
  beginResetModel();
  m_rows = rows;
  m_index.clear();
  for (int i = 0; i < m_rows.size(); ++i) m_index.insert(m_rows[i].id, i);
  endResetModel();
}

void CaseModel::setThumbnail(const QString& id, const QImage& image) {
  if (std::max(image.width(), image.height()) <= kSmallEdge) {
    m_thumbnails.insert(id, image);
  } else {
    m_large.insert(id, new QImage(image), std::max(1, int(image.sizeInBytes() / 1024)));
    if (!m_thumbnails.contains(id))
      m_thumbnails.insert(id, image.scaled(kSmallEdge, kSmallEdge, Qt::KeepAspectRatio, Qt::SmoothTransformation));
  }
  if (const int row = m_index.value(id, -1); row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, 0), {RowRole::Thumbnail});
}

void CaseModel::setSmallMap(const QString& id, std::shared_ptr<const ProbabilityMap> map) {
  if (m_small.value(id) == map) return;
  m_small.insert(id, std::move(map));
  m_outlines.remove(id);
  if (const int row = m_index.value(id, -1); row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, 0), {RowRole::Outline});
}

void CaseModel::setThreshold(double threshold) {
  if (threshold == m_threshold) return;
  m_threshold = threshold;
  m_outlines.clear();
  if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, 0), {RowRole::Outline});
}

void CaseModel::setValueColumn(int column) {
  if (column == Id) column = Dice;
  if (column == m_valueColumn) return;
  m_valueColumn = column;
  if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, 0), {RowRole::Value});
}

QString CaseModel::key(int column) {
  static const QStringList keys{u"id"_s,   u"dice"_s, u"iou"_s,    u"precision"_s, u"recall"_s, u"boundary"_s,
                                u"hd95"_s, u"area"_s, u"marked"_s, u"rating"_s,    u"remark"_s};
  return keys.value(column);
}

bool CaseModel::hasThumbnail(int r) const { return m_thumbnails.contains(m_rows[r].id); }

int CaseModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int CaseModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant CaseModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_rows.size()) return {};
  const CaseRow& row = m_rows[index.row()];
  const double value = valueOf(row, index.column());
  switch (role) {
    case Qt::DisplayRole:
      return textOf(row, index.column());
    case Qt::ToolTipRole:
      if (index.column() == Remark) return row.remark;
      if (index.column() == Hd95 && std::isnan(value) && !std::isnan(row.boundaryF))
        return CaseTable::tr("Undefined: either the ground truth or the prediction is empty.");
      if (index.column() == Rating && row.rating > 0) return CaseTable::tr("%1 of %2").arg(row.rating).arg(kRatings);
      if (index.column() == Id || std::isnan(value)) return row.id;
      return QString::number(value, 'f', 6);
    case Qt::TextAlignmentRole:
      return int(isText(index.column()) ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ForegroundRole:
      if (index.column() == Dice && row.dice < kPoorDice) return Theme::instance().color(Token::Bad);
      if (index.column() > Dice) return Theme::instance().color(Token::Text2);
      return {};
    case SortRole:
      return isText(index.column()) ? QVariant(textOf(row, index.column())) : QVariant(value);
    case RowRole::Id:
    case RowRole::Title:
      return row.id;
    case RowRole::Thumbnail:
      if (const QImage* large = m_large.object(row.id)) return *large;
      return m_thumbnails.contains(row.id) ? QVariant(m_thumbnails.value(row.id)) : QVariant();
    case RowRole::Small:
      if (!row.hasTruth) return CaseTable::tr("no ground truth");
      return std::isnan(row.areaShare) ? CaseTable::tr("not scored yet") : CaseTable::tr("area %1 %").arg(qRound(row.areaShare * 100));
    case RowRole::Outline: {
      const auto map = m_small.value(row.id);
      if (!map || map->empty()) return {};
      auto known = m_outlines.constFind(row.id);
      if (known == m_outlines.cend()) {
        QList<QPolygonF> lines = contoursOf(*map, m_threshold);
        const QTransform shares = QTransform::fromScale(1.0 / map->width, 1.0 / map->height);
        for (QPolygonF& line : lines) line = shares.map(line);
        known = m_outlines.insert(row.id, lines);
      }
      return QVariant::fromValue(*known);
    }
    case RowRole::Value:
      return this->index(index.row(), m_valueColumn).data();
    case RowRole::ValueColor:
      return m_valueColumn == Dice && row.dice < kPoorDice ? QVariant(Theme::instance().color(Token::Bad)) : QVariant();
    default:
      return {};
  }
}

QVariant CaseModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return int(isText(section) ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole) {
    switch (section) {
      case Dice:
        return tr("Dice = 2TP / (2TP + FP + FN); 1 when truth and prediction are both empty");
      case Iou:
        return tr("IoU = TP / (TP + FP + FN); 1 when truth and prediction are both empty");
      case Precision:
        return tr("Precision = TP / (TP + FP); nothing marked: 1 if nothing was there, else 0");
      case Recall:
        return tr("Recall = TP / (TP + FN); 1 when nothing was there");
      case BoundaryF:
        return tr(
            "Boundary F = 2PR / (P + R), P and R the shares of the predicted and the true outline within 0.75 % of the picture's "
            "diagonal of the other; both masks empty: 1, one empty: 0");
      case Hd95:
        return tr(
            "HD95 = 95th percentile of the distances of all outline pixels to the other outline, both directions together, in pixels "
            "of the source picture; both masks empty: 0, one empty: undefined");
      case Marked:
        return tr("Area of the prediction in the picture");
      case Rating:
        return tr("Your rating, 1 to 5");
      case Area:
        return tr("Area of the ground truth in the picture");
      default:
        return {};
    }
  }
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Id:
      return tr("Image");
    case Dice:
      return tr("Dice");
    case Iou:
      return tr("IoU");
    case Precision:
      return tr("Precision");
    case Recall:
      return tr("Recall");
    case BoundaryF:
      return tr("Boundary F");
    case Hd95:
      return tr("HD95, px");
    case Area:
      return tr("Area");
    case Marked:
      return tr("Marked");
    case Rating:
      return tr("Rating");
    case Remark:
      return tr("Remark");
    default:
      return {};
  }
}

}  // namespace gps::ui
