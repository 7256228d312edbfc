#include "widgets/difftable.h"

#include <QHeaderView>
#include <QTableView>

#include "widgets/modeltext.h"
#include "widgets/theme.h"

namespace gps::ui {

DiffModel::DiffModel(QObject* parent) : QAbstractTableModel(parent) {}

void DiffModel::setRuns(const QStringList& runs, const QStringList& keys, const QList<QStringList>& values) {
  beginResetModel();
  m_runs = runs;
  m_keys.clear();
  m_values.clear();
  for (qsizetype k = 0; k < keys.size(); ++k) {
    const QStringList row = values.value(k);
    bool differs = false;
    for (qsizetype r = 1; r < runs.size(); ++r) differs = differs || row.value(r) != row.value(0);
    if (!differs) continue;
    m_keys << keys[k];
    m_values << row;
  }
  endResetModel();
}

int DiffModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_keys.size()); }
int DiffModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_runs.size()) + 1; }

QVariant DiffModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_keys.size()) return {};
  const QStringList& row = m_values[index.row()];
  const int run = index.column() - 1;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return run < 0 ? m_keys[index.row()] : row.value(run);
    case Qt::ForegroundRole:
      if (run < 0) return Theme::instance().color(Token::Text2);
      return row.value(run) == row.value(0) ? QVariant() : QVariant(Theme::instance().color(Token::Accent));
    case Qt::FontRole:
      return run > 0 && row.value(run) != row.value(0) ? QVariant(Theme::instance().font(TextRole::Strong)) : QVariant();
    default:
      return {};
  }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return section == 0 ? tr("Setting") : m_runs.value(section - 1);
  return {};
}

QTableView* makePlainTable(QAbstractItemModel* model, const QString& name) {
  auto* view = new QTableView;
  view->setModel(model);
  view->setAccessibleName(name);
  view->setSelectionBehavior(QAbstractItemView::SelectRows);
  view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view->setFrameShape(QFrame::NoFrame);
  view->setShowGrid(false);
  view->setWordWrap(false);
  view->setTabKeyNavigation(false);
  view->setTextElideMode(Qt::ElideMiddle);
  view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  view->verticalHeader()->hide();
  view->setCornerWidget(new QWidget);
  view->horizontalHeader()->setHighlightSections(false);
  view->horizontalHeader()->setStretchLastSection(true);
  const auto fit = [view] {
    view->verticalHeader()->setDefaultSectionSize(Theme::instance().px(3.25));
    view->resizeColumnsToContents();
    for (int c = 0; c < view->model()->columnCount(); ++c)
      view->setColumnWidth(c, qMin(view->columnWidth(c) + Theme::instance().px(1), Theme::instance().px(26)));
  };
  QObject::connect(&Theme::instance(), &Theme::changed, view, fit);
  QObject::connect(model, &QAbstractItemModel::modelReset, view, fit);
  fit();
  enableCopy(view);
  return view;
}

}  // namespace gps::ui
