#include "widgets/casetable.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

#include "widgets/button.h"
#include "widgets/casegallery.h"
#include "widgets/choicebox.h"
#include "widgets/gotofield.h"
#include "widgets/label.h"
#include "widgets/theme.h"
#include "widgets/thumbnailrows.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kUsual[] = {CaseModel::Dice,      CaseModel::Iou,  CaseModel::Precision, CaseModel::Recall,
                          CaseModel::BoundaryF, CaseModel::Hd95, CaseModel::Area};
constexpr double kRemarkUnits = 20;
}  // namespace

CaseTable::CaseTable(QWidget* parent)
    : QWidget(parent),
      m_model(new CaseModel(this)),
      m_filter(new CaseFilter(this)),
      m_search(new QLineEdit),
      m_hint(new Label({}, TextRole::Caption, Token::Warn)),
      m_stack(new QStackedWidget),
      m_list(new ThumbnailRows),
      m_table(new QTableView),
      m_sort(new ChoiceBox),
      m_order(new IconButton(u"sort-ascending"_s, {})),
      m_goTo(new GoToField([this] { return visibleIds(); })) {
  m_filter->setSourceModel(m_model);
  m_filter->sort(CaseModel::Dice, Qt::AscendingOrder);
  m_search->setClearButtonEnabled(true);
  m_hint->setWordWrap(true);
  m_hint->hide();
  m_list->setModel(m_filter);
  prepare(m_table);
  m_stack->addWidget(m_list);
  m_stack->addWidget(m_table);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.75));
  layout->addWidget(m_search);
  layout->addWidget(m_hint);
  layout->addWidget(m_goTo);
  auto* sorting = new QHBoxLayout;
  sorting->setSpacing(Theme::instance().px(0.75));
  sorting->addWidget(m_sort, 1);
  sorting->addWidget(m_order);
  connect(m_goTo, &GoToField::chosen, this, [this](int place) {
    const QString id = visibleIds().value(place);
    setCurrentId(id);
    m_list->setFocus();
    Q_EMIT currentIdChanged(id);
  });
  connect(m_sort, &ChoiceBox::chosen, this, [this](const QString& key) {
    // Scores from the worst on, areas from the smallest on, names from A on.
    const int column = columnOf(key);
    userSorting(column, column == CaseModel::Hd95 ? Qt::DescendingOrder : Qt::AscendingOrder);
  });
  connect(m_order, &IconButton::clicked, this,
          [this] { userSorting(sortColumn(), sortOrder() == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder); });
  layout->addWidget(m_stack, 1);
  layout->insertLayout(layout->indexOf(m_stack), sorting);
  connect(m_list, &ThumbnailRows::thumbnailsRequested, this, &CaseTable::thumbnailsRequested);
  connect(m_search, &QLineEdit::textChanged, this, &CaseTable::applyFilter);
  // Scores that come in move rows: the current case stays in sight where it was in sight.
  connect(m_filter, &CaseFilter::layoutAboutToBeChanged, this, [this] {
    const QModelIndex at = m_list->currentIndex();
    m_follows = at.isValid() && m_list->viewport()->rect().intersects(m_list->visualRect(at));
  });
  connect(m_filter, &CaseFilter::layoutChanged, this, [this] {
    if (m_follows && m_list->currentIndex().isValid()) m_list->scrollTo(m_list->currentIndex());
  });
  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (!m_quiet && current.isValid()) Q_EMIT currentIdChanged(currentId());
  });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    for (QTableView* table : tables()) table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(3.5));
  });
  setShownColumns({});
  retranslate();
}

QList<QTableView*> CaseTable::tables() const { return m_wide ? QList<QTableView*>{m_table, m_wide} : QList<QTableView*>{m_table}; }

void CaseTable::prepare(QTableView* table) {
  table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->setModel(m_filter);
  table->setSelectionModel(m_list->selectionModel());
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setShowGrid(false);
  table->horizontalHeader()->setSortIndicator(m_filter->sortColumn(), m_filter->sortOrder());
  table->setSortingEnabled(true);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(3.5));
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table->setWordWrap(false);
  table->setTextElideMode(Qt::ElideMiddle);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setFrameShape(QFrame::NoFrame);
  table->setMouseTracking(true);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setAccessibleName(tr("Cases"));
  table->installEventFilter(this);
  table->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(table->horizontalHeader(), &QHeaderView::customContextMenuRequested, this,
          [this, table](const QPoint& at) { showColumnMenu(table->horizontalHeader()->mapToGlobal(at)); });
  connect(table, &QTableView::activated, this, [this] { Q_EMIT openRequested(currentId()); });
  connect(table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
    if (!m_quiet) userSorting(column, order);
  });
}

CaseGallery* CaseTable::gallery() {
  if (m_gallery) return m_gallery;
  m_gallery = new CaseGallery;
  m_gallery->setModel(m_filter);
  m_gallery->setSelectionModel(m_list->selectionModel());
  m_gallery->setAccessibleName(tr("Cases"));
  m_gallery->installEventFilter(this);
  connect(m_gallery, &CaseGallery::thumbnailsRequested, this, &CaseTable::thumbnailsRequested);
  connect(m_gallery, &QListView::activated, this, [this] { Q_EMIT openRequested(currentId()); });
  return m_gallery;
}

QTableView* CaseTable::wideTable() {
  if (m_wide) return m_wide;
  m_wide = new QTableView;
  prepare(m_wide);
  setShownColumns(shownColumns());
  return m_wide;
}

int CaseTable::columnOf(const QString& key) {
  for (int column = 0; column < CaseModel::ColumnCount; ++column)
    if (!key.isEmpty() && CaseModel::key(column) == key) return column;
  return -1;
}

int CaseTable::sortColumn() const { return m_filter->sortColumn(); }
Qt::SortOrder CaseTable::sortOrder() const { return m_filter->sortOrder(); }

void CaseTable::setSorting(int column, Qt::SortOrder order) {
  if (column >= 0 && column < CaseModel::ColumnCount) applySorting(column, order);
}

void CaseTable::userSorting(int column, Qt::SortOrder order) {
  if (column < 0) return;
  applySorting(column, order);
  Q_EMIT sortingChanged(column, order);
}

void CaseTable::applySorting(int column, Qt::SortOrder order) {
  m_quiet = true;
  m_filter->sort(column, order);
  m_model->setValueColumn(column);
  for (QTableView* table : tables()) table->horizontalHeader()->setSortIndicator(column, order);
  m_sort->setCurrent(CaseModel::key(column));
  m_order->setIconName(order == Qt::AscendingOrder ? u"sort-ascending"_s : u"sort-descending"_s);
  m_quiet = false;
  if (m_list->currentIndex().isValid()) m_list->scrollTo(m_list->currentIndex());
  m_list->requestSoon();
  if (m_gallery) m_gallery->requestSoon();
}

void CaseTable::askGoTo() { m_goTo->ask(); }

void CaseTable::setShownColumns(const QStringList& keys) {
  for (int c = CaseModel::Dice; c < CaseModel::ColumnCount; ++c) {
    const bool isUsual = std::find(std::begin(kUsual), std::end(kUsual), c) != std::end(kUsual);
    for (QTableView* table : tables()) table->setColumnHidden(c, !(keys.isEmpty() ? isUsual : keys.contains(CaseModel::key(c))));
  }
  for (QTableView* table : tables()) layoutColumns(table);
}

QStringList CaseTable::shownColumns() const {
  QStringList keys;
  for (int c = CaseModel::Dice; c < CaseModel::ColumnCount; ++c)
    if (!m_table->isColumnHidden(c)) keys << CaseModel::key(c);
  return keys;
}

void CaseTable::showColumnMenu(const QPoint& globalPos) {
  auto* menu = new QMenu(this);
  menu->setObjectName(u"columnMenu"_s);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (int c = CaseModel::Dice; c < CaseModel::ColumnCount; ++c) {
    auto* action = menu->addAction(m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString());
    action->setCheckable(true);
    action->setChecked(!m_table->isColumnHidden(c));
    connect(action, &QAction::toggled, this, [this, c](bool on) {
      for (QTableView* table : tables()) {
        table->setColumnHidden(c, !on);
        layoutColumns(table);
      }
      Q_EMIT shownColumnsChanged();
    });
  }
  menu->addSeparator();
  connect(menu->addAction(tr("Usual columns")), &QAction::triggered, this, [this] {
    setShownColumns({});
    Q_EMIT shownColumnsChanged();
  });
  menu->popup(globalPos);
}

void CaseTable::retranslate() {
  m_search->setPlaceholderText(tr("Filter by name or Dice < 0.8"));
  m_search->setToolTip(
      tr("A part of the name, or a comparison of Dice, IoU, precision, recall, boundary, HD95, area, marked or rating such as Dice < 0.8"));
  m_search->setAccessibleName(tr("Filter"));
  m_hint->setText(tr("Write a comparison as Dice < 0.8"));
  const QString current = CaseModel::key(sortColumn());
  QList<std::pair<QString, QString>> options;
  for (int column = CaseModel::Dice; column < CaseModel::ColumnCount; ++column)
    options << std::pair{CaseModel::key(column), tr("by %1").arg(m_model->headerData(column, Qt::Horizontal).toString())};
  options << std::pair{CaseModel::key(CaseModel::Id), tr("by name")};
  m_sort->setOptions(options);
  m_sort->setCurrent(current);
  m_sort->setAccessibleName(tr("Order"));
  m_order->setToolTip(tr("The other way round"));
  m_order->setAccessibleName(m_order->toolTip());
  m_list->setAccessibleName(tr("Cases"));
  m_table->setAccessibleName(tr("Cases"));
}

void CaseTable::layoutColumns(QTableView* table) const {
  const Theme& theme = Theme::instance();
  const QFontMetrics metrics(theme.font(TextRole::Body));
  int used = theme.px(1.5);  // the scroll bar
  for (int column = CaseModel::Dice; column < CaseModel::ColumnCount; ++column) {
    const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    if (table->isColumnHidden(column)) continue;
    const int width = column == CaseModel::Remark ? theme.px(kRemarkUnits)
                                                  : std::max(metrics.horizontalAdvance(title) + theme.px(5.5),
                                                             metrics.horizontalAdvance(u"00.00 %"_s) + theme.px(1.5));
    table->setColumnWidth(column, width);
    used += width;
  }
  table->setColumnWidth(CaseModel::Id, std::max(theme.px(14), table->width() - used));
}

void CaseTable::setRows(const QList<CaseRow>& rows) {
  const QString current = currentId();
  m_quiet = true;
  m_model->setRows(rows);
  m_quiet = false;
  if (currentId() != current) setCurrentId(current);
  m_list->requestSoon();
  if (m_gallery) m_gallery->requestSoon();
  Q_EMIT filterChanged(visibleCount(), totalCount());
}

void CaseTable::setSmallMap(const QString& id, std::shared_ptr<const ProbabilityMap> map) { m_model->setSmallMap(id, std::move(map)); }
void CaseTable::setThreshold(double threshold) { m_model->setThreshold(threshold); }

void CaseTable::setThumbnail(const QString& id, const QImage& image) { m_model->setThumbnail(id, image); }

void CaseTable::setDetailed(bool on) {
  for (QWidget* w : std::initializer_list<QWidget*>{m_sort, m_order}) w->setVisible(!on);  // a table is sorted by its headers
  m_stack->setCurrentWidget(on ? static_cast<QWidget*>(m_table) : m_list);
}

void CaseTable::setFilterText(const QString& text) { m_search->setText(text); }

QString CaseTable::filterText() const { return m_search->text(); }

void CaseTable::applyFilter() {
  const QString current = currentId();
  m_quiet = true;
  const bool readable = m_filter->setText(m_search->text());
  m_quiet = false;
  m_hint->setVisible(!readable);
  if (currentId() != current) {
    m_quiet = true;
    m_list->selectionModel()->clear();
    m_quiet = false;
    setCurrentId(current);
  }
  m_list->requestSoon();
  if (m_gallery) m_gallery->requestSoon();
  Q_EMIT filterChanged(visibleCount(), totalCount());
}

void CaseTable::setCurrentId(const QString& id) {
  m_quiet = true;
  if (m_list->setCurrentId(id)) m_table->scrollTo(m_list->currentIndex());
  if (m_gallery) m_gallery->scrollTo(m_list->currentIndex());
  m_quiet = false;
}

QString CaseTable::currentId() const { return m_list->currentId(); }
int CaseTable::currentPosition() const { return m_list->currentPosition(); }
int CaseTable::visibleCount() const { return m_filter->rowCount(); }
int CaseTable::totalCount() const { return m_model->rowCount(); }
QStringList CaseTable::visibleIds() const { return m_list->ids(); }

void CaseTable::step(int by) {
  m_list->step(by);
  m_table->scrollTo(m_list->currentIndex());
  if (m_gallery) m_gallery->scrollTo(m_list->currentIndex());
}

void CaseTable::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_A || event->key() == Qt::Key_D))
    return step(event->key() == Qt::Key_D ? 1 : -1);
  QWidget::keyPressEvent(event);
}

bool CaseTable::eventFilter(QObject* watched, QEvent* event) {
  if ((watched == m_table || watched == m_wide) && event->type() == QEvent::Resize) layoutColumns(static_cast<QTableView*>(watched));
  // The views would take letters for a search of their own.
  if ((watched == m_table || watched == m_wide || watched == m_gallery) && event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_A || key->key() == Qt::Key_D)) {
      step(key->key() == Qt::Key_D ? 1 : -1);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void CaseTable::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
