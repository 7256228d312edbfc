#include "widgets/runtable.h"

#include <QCheckBox>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/button.h"
#include "widgets/flowlayout.h"
#include "widgets/label.h"
#include "widgets/modeltext.h"
#include "widgets/runviewsbutton.h"
#include "widgets/theme.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kRowUnits = 3.5;
// Shown until the user chooses others.
constexpr RunModel::Column kUsual[] = {RunModel::Name,         RunModel::Star,  RunModel::Phase,   RunModel::Method, RunModel::K,
                                       RunModel::LearningRate, RunModel::Seed,  RunModel::Epochs,  RunModel::Best,   RunModel::Difference,
                                       RunModel::Last,         RunModel::Leaks, RunModel::Seconds, RunModel::Tags};

QString columnTitle(const RunModel& model, int column) {
  const QString title = model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
  return title.isEmpty() ? model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString() : title;
}

}  // namespace

RunTable::RunTable(QWidget* parent)
    : QWidget(parent),
      m_model(new RunModel(this)),
      m_filter(new RunFilter(this)),
      m_search(new QLineEdit),
      m_hint(new Label({}, TextRole::Caption, Token::Warn)),
      m_hideFailed(new QCheckBox),
      m_onlyStarred(new QCheckBox),
      m_columns(new Button({}, ButtonRole::Ghost, u"columns"_s)),
      m_views(new RunViewsButton([this] { return presentView(); })),
      m_table(new QTableView) {
  m_filter->setSourceModel(m_model);
  m_search->setClearButtonEnabled(true);
  m_hint->setObjectName("filterHint"_L1);
  m_hint->hide();
  m_table->setModel(m_filter);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setMouseTracking(true);
  m_table->setTextElideMode(Qt::ElideMiddle);
  m_table->setTabKeyNavigation(false);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->verticalHeader()->hide();
  m_table->setCornerWidget(new QWidget);
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setStretchLastSection(true);  // a chosen row reaches the card's edge
  m_table->horizontalHeader()->setSectionsMovable(true);
  m_table->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
  m_table->setSortingEnabled(true);
  m_table->sortByColumn(RunModel::Started, Qt::DescendingOrder);
  m_table->installEventFilter(this);
  enableCopy(m_table);
  auto* bar = new FlowLayout;
  bar->setSpacing(Theme::instance().px(1.5));
  bar->addWidget(m_search);
  bar->addWidget(m_hideFailed);
  bar->addWidget(m_onlyStarred);
  bar->addWidget(m_columns);
  bar->addWidget(m_views);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.75));
  layout->addLayout(bar);
  layout->addWidget(m_hint);
  layout->addWidget(m_table, 1);

  connect(m_search, &QLineEdit::textChanged, this, &RunTable::applyFilter);
  connect(m_hideFailed, &QCheckBox::toggled, this, [this](bool on) {
    m_filter->setHidesFailed(on);
    Q_EMIT visibleChanged();
  });
  connect(m_onlyStarred, &QCheckBox::toggled, this, [this](bool on) {
    m_filter->setOnlyStarred(on);
    Q_EMIT visibleChanged();
  });
  connect(m_views, &RunViewsButton::chosen, this, &RunTable::showView);
  connect(m_views, &RunViewsButton::viewsEdited, this, &RunTable::viewsEdited);
  connect(m_columns, &Button::clicked, this, [this] { showColumnMenu(m_columns->mapToGlobal(QPoint(0, m_columns->height()))); });
  connect(m_table->horizontalHeader(), &QHeaderView::customContextMenuRequested, this,
          [this](const QPoint& at) { showColumnMenu(m_table->horizontalHeader()->mapToGlobal(at)); });
  connect(m_model, &RunModel::tickRequested, this, [this](const QString& id, bool on) { Q_EMIT tickRequested({id}, on); });
  connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
    if (index.column() != RunModel::Star) return;
    const QString id = index.data(RunModel::IdRole).toString();
    Q_EMIT starRequested({id}, !m_model->row(m_model->rowOf(id)).isStarred);
  });
  connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
    if (index.column() != RunModel::Star) Q_EMIT openRequested(index.data(RunModel::IdRole).toString());
  });
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
    if (!m_quiet) Q_EMIT currentIdChanged(currentId());
  });
  connect(&Theme::instance(), &Theme::changed, this, &RunTable::layoutColumns);
  setShownColumns({});
  retranslate();
}

void RunTable::retranslate() {
  m_search->setPlaceholderText(tr("Filter: a word, tag:paper, best > 0.8"));
  m_search->setToolTip(
      tr("Words of the name, state, method, tags and note, and comparisons of every column, such as best > 0.8, k = 3, lr <= 1e-3, "
         "weight_decay > 0 or optimizer = sgd; all must hold."));
  m_search->setAccessibleName(tr("Filter runs"));
  m_hint->setText(tr("Write a comparison as best > 0.8 or method = full"));
  m_hideFailed->setText(tr("Hide failed"));
  m_onlyStarred->setText(tr("Starred only"));
  m_columns->setText(tr("Columns"));
  m_table->setAccessibleName(tr("Runs"));
  m_table->setAccessibleDescription(
      tr("Space ticks a run for the plots, S stars it, B pins it as the baseline, Enter opens it, Delete deletes it."));
  layoutColumns();
}

// Wide enough for what is in sight; the name takes what is left.
void RunTable::layoutColumns() {
  const Theme& theme = Theme::instance();
  m_table->verticalHeader()->setDefaultSectionSize(theme.px(kRowUnits));
  const QFontMetrics metrics(theme.font(TextRole::Body));
  constexpr int kSampled = 60;  // rows
  for (int c = 0; c < m_model->columnCount(); ++c) {
    if (c == RunModel::Star) {
      m_table->setColumnWidth(c, theme.px(4));
      continue;
    }
    int widest = metrics.horizontalAdvance(m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString()) + theme.px(2);
    for (int r = 0; r < std::min(kSampled, m_model->rowCount()); ++r)
      widest = std::max(widest, metrics.horizontalAdvance(m_model->index(r, c).data().toString()) + theme.px(1));
    if (c == RunModel::Started) widest += theme.px(2);
    if (c == RunModel::Name) widest += theme.px(6);  // tick box and stroke
    const int most = c == RunModel::Name ? theme.px(40) : theme.px(26);
    m_table->setColumnWidth(c, std::min(widest + theme.px(1), most));
  }
}

void RunTable::setRows(const QList<RunRow>& rows) {
  const bool isFirst = m_model->rowCount() == 0;
  const auto before = m_model->rowCount();
  const QString current = currentId();
  m_quiet = true;
  m_model->setRows(rows);
  m_quiet = false;
  const bool hadTags = m_hasTags;
  m_hasTags = std::any_of(rows.begin(), rows.end(), [](const RunRow& row) { return !row.tags.isEmpty(); });
  if (m_isUsual && m_hasTags != hadTags) setShownColumns({});
  if (isFirst || m_model->rowCount() != before) layoutColumns();
  if (currentId() != current) {
    setCurrentId(current);
    Q_EMIT currentIdChanged(currentId());
  }
  Q_EMIT visibleChanged();
}

void RunTable::setTicked(const QSet<QString>& ids) { m_model->setTicked(ids); }

void RunTable::setBaseline(const QString& id) {
  m_model->setBaseline(id);
  if (m_isUsual) setShownColumns({});
}

void RunTable::setOnlyIds(const QSet<QString>* ids) {
  m_filter->setOnlyIds(ids);
  Q_EMIT visibleChanged();
}

void RunTable::setExtraColumns(const QList<RunColumn>& columns) {
  if (columns == m_model->extraColumns()) return;
  const QStringList chosen = chosenColumns();
  const QHeaderView* header = m_table->horizontalHeader();
  const QString sorted = m_model->key(header->sortIndicatorSection());
  const Qt::SortOrder order = header->sortIndicatorOrder();
  m_model->setExtraColumns(columns);
  setShownColumns(chosen);
  if (!m_search->text().isEmpty()) applyFilter();  // it may name one of them
  if (const int column = m_model->columnOf(sorted); column >= RunModel::ColumnCount) m_table->sortByColumn(column, order);
  layoutColumns();
}

void RunTable::setShownColumns(const QStringList& keys) {
  m_isUsual = keys.isEmpty();
  m_absent = keys;
  for (int c = 0; c < m_model->columnCount(); ++c) {
    m_absent.removeAll(m_model->key(c));
    // Without a baseline there is nothing to tell from it; without tags a column of them only takes room.
    const bool isUsual = std::find(std::begin(kUsual), std::end(kUsual), c) != std::end(kUsual) &&
                         (c != RunModel::Difference || !m_model->baseline().isEmpty()) && (c != RunModel::Tags || m_hasTags);
    const bool isShown = c == RunModel::Name || (keys.isEmpty() ? isUsual : keys.contains(m_model->key(c)));
    m_table->setColumnHidden(c, !isShown);
  }
}

QStringList RunTable::shownColumns() const {
  QStringList keys;
  for (int c = 0; c < m_model->columnCount(); ++c)
    if (!m_table->isColumnHidden(c)) keys << m_model->key(c);
  return keys;
}

QStringList RunTable::chosenColumns() const { return m_isUsual ? QStringList() : shownColumns() + m_absent; }

void RunTable::setFilterText(const QString& text) { m_search->setText(text); }

RunTableView RunTable::presentView() const {
  const QHeaderView* header = m_table->horizontalHeader();
  const bool isUsualOrder = header->sortIndicatorSection() == RunModel::Started && header->sortIndicatorOrder() == Qt::DescendingOrder;
  RunTableView view{{},
                    chosenColumns(),
                    m_search->text().trimmed(),
                    m_hideFailed->isChecked(),
                    m_onlyStarred->isChecked(),
                    isUsualOrder ? QString() : m_model->key(header->sortIndicatorSection()),
                    header->sortIndicatorOrder() == Qt::DescendingOrder};
  return view;
}

void RunTable::showView(const RunTableView& view) {
  m_search->setText(view.filter);
  m_hideFailed->setChecked(view.hidesFailed);
  m_onlyStarred->setChecked(view.onlyStarred);
  const int column = m_model->columnOf(view.sort);
  if (column < 0)
    m_table->sortByColumn(RunModel::Started, Qt::DescendingOrder);
  else
    m_table->sortByColumn(column, view.isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
  setShownColumns(view.columns);
  Q_EMIT shownColumnsChanged();
}

void RunTable::applyFilter() {
  m_hint->setVisible(!m_filter->setText(m_search->text()));
  Q_EMIT visibleChanged();
}

void RunTable::setCurrentId(const QString& id) {
  const int row = m_model->rowOf(id);
  const QModelIndex at = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, RunModel::Name));
  m_quiet = true;
  if (at.isValid())
    m_table->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  else
    m_table->selectionModel()->clear();
  m_quiet = false;
}

QString RunTable::currentId() const { return m_table->currentIndex().data(RunModel::IdRole).toString(); }

QStringList RunTable::selectedIds() const {
  QStringList ids;
  for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) ids << index.data(RunModel::IdRole).toString();
  if (ids.isEmpty() && !currentId().isEmpty()) ids << currentId();
  return ids;
}

QStringList RunTable::visibleIds() const {
  QStringList ids;
  for (int r = 0; r < m_filter->rowCount(); ++r) ids << m_filter->index(r, 0).data(RunModel::IdRole).toString();
  return ids;
}

QStringList RunTable::matchingIds() const {
  QStringList ids;
  for (int r = 0; r < m_model->rowCount(); ++r)
    if (m_filter->matches(r)) ids << m_model->row(r).id;
  return ids;
}

void RunTable::showColumnMenu(const QPoint& at) {
  auto* menu = new QMenu(this);
  menu->setObjectName(u"columnMenu"_s);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (int c = RunModel::Star; c < RunModel::ColumnCount; ++c) addColumnChoice(menu, c);
  const std::pair<RunColumn::Group, QString> groups[] = {{RunColumn::Group::Metric, tr("Other metrics")},
                                                         {RunColumn::Group::Setting, tr("Settings that differ")}};
  for (const auto& [group, title] : groups) {
    auto* more = menu->addMenu(title);
    for (int c = RunModel::ColumnCount; c < m_model->columnCount(); ++c)
      if (m_model->extraColumns()[c - RunModel::ColumnCount].group == group) addColumnChoice(more, c);
    more->menuAction()->setVisible(!more->isEmpty());
  }
  menu->addSeparator();
  connect(menu->addAction(tr("Usual columns")), &QAction::triggered, this, [this] {
    setShownColumns({});
    Q_EMIT shownColumnsChanged();
  });
  menu->popup(at);
}

void RunTable::addColumnChoice(QMenu* menu, int column) {
  auto* action = menu->addAction(columnTitle(*m_model, column));
  action->setCheckable(true);
  action->setChecked(!m_table->isColumnHidden(column));
  connect(action, &QAction::toggled, this, [this, key = m_model->key(column)](bool on) {
    const int now = m_model->columnOf(key);
    if (now < 0) return;
    m_table->setColumnHidden(now, !on);
    m_isUsual = false;
    Q_EMIT shownColumnsChanged();
  });
}

bool RunTable::handleKey(int key) {
  const QStringList ids = selectedIds();
  if (ids.isEmpty()) return false;
  const int row = m_model->rowOf(currentId().isEmpty() ? ids.first() : currentId());
  if (row < 0) return false;
  const RunRow current = m_model->row(row);
  switch (key) {
    case Qt::Key_Space:
      Q_EMIT tickRequested(ids, !m_model->ticked().contains(current.id));
      return true;
    case Qt::Key_S:
      Q_EMIT starRequested(ids, !current.isStarred);
      return true;
    case Qt::Key_B:
      Q_EMIT baselineRequested(current.id == m_model->baseline() ? QString() : current.id);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      Q_EMIT openRequested(current.id);
      return true;
    case Qt::Key_Delete:
      Q_EMIT deleteRequested(ids);
      return true;
    default:
      return false;
  }
}

bool RunTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_table && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() == Qt::NoModifier && handleKey(key->key())) return true;
  }
  return QWidget::eventFilter(watched, event);
}

void RunTable::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
