#include "widgets/casetable.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

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
      m_table(new QTableView) {
  m_filter->setSourceModel(m_model);
  m_filter->sort(CaseModel::Dice, Qt::AscendingOrder);
  m_search->setClearButtonEnabled(true);
  m_hint->setWordWrap(true);
  m_hint->hide();
  m_list->setModel(m_filter);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->setModel(m_filter);
  m_table->setSelectionModel(m_list->selectionModel());
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setShowGrid(false);
  m_table->setSortingEnabled(true);
  m_table->sortByColumn(CaseModel::Dice, Qt::AscendingOrder);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(3.5));
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->setWordWrap(false);
  m_table->setTextElideMode(Qt::ElideMiddle);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setMouseTracking(true);
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_table->installEventFilter(this);
  m_stack->addWidget(m_list);
  m_stack->addWidget(m_table);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.75));
  layout->addWidget(m_search);
  layout->addWidget(m_hint);
  layout->addWidget(m_stack, 1);
  connect(m_list, &ThumbnailRows::thumbnailsRequested, this, &CaseTable::thumbnailsRequested);
  connect(m_search, &QLineEdit::textChanged, this, &CaseTable::applyFilter);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (!m_quiet && current.isValid()) Q_EMIT currentIdChanged(currentId());
  });
  connect(&Theme::instance(), &Theme::changed, this,
          [this] { m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(3.5)); });
  m_table->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(m_table->horizontalHeader(), &QHeaderView::customContextMenuRequested, this,
          [this](const QPoint& at) { showColumnMenu(m_table->horizontalHeader()->mapToGlobal(at)); });
  connect(m_table, &QTableView::activated, this, [this] { Q_EMIT openRequested(currentId()); });
  setShownColumns({});
  retranslate();
}

void CaseTable::setShownColumns(const QStringList& keys) {
  for (int c = CaseModel::Dice; c < CaseModel::ColumnCount; ++c) {
    const bool isUsual = std::find(std::begin(kUsual), std::end(kUsual), c) != std::end(kUsual);
    m_table->setColumnHidden(c, !(keys.isEmpty() ? isUsual : keys.contains(CaseModel::key(c))));
  }
  layoutColumns();
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
      m_table->setColumnHidden(c, !on);
      layoutColumns();
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
  m_list->setAccessibleName(tr("Cases"));
  m_table->setAccessibleName(tr("Cases"));
}

void CaseTable::layoutColumns() {
  const Theme& theme = Theme::instance();
  const QFontMetrics metrics(theme.font(TextRole::Body));
  int used = theme.px(1.5);  // the scroll bar
  for (int column = CaseModel::Dice; column < CaseModel::ColumnCount; ++column) {
    const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    if (m_table->isColumnHidden(column)) continue;
    const int width = column == CaseModel::Remark ? theme.px(kRemarkUnits)
                                                  : std::max(metrics.horizontalAdvance(title) + theme.px(5.5),
                                                             metrics.horizontalAdvance(u"00.00 %"_s) + theme.px(1.5));
    m_table->setColumnWidth(column, width);
    used += width;
  }
  m_table->setColumnWidth(CaseModel::Id, std::max(theme.px(14), m_table->width() - used));
}

void CaseTable::setRows(const QList<CaseRow>& rows) {
  const QString current = currentId();
  m_quiet = true;
  m_model->setRows(rows);
  m_quiet = false;
  if (currentId() != current) setCurrentId(current);
  m_list->requestSoon();
  Q_EMIT filterChanged(visibleCount(), totalCount());
}

void CaseTable::setThumbnail(const QString& id, const QImage& image) { m_model->setThumbnail(id, image); }

void CaseTable::setDetailed(bool on) { m_stack->setCurrentWidget(on ? static_cast<QWidget*>(m_table) : m_list); }

void CaseTable::setFilterText(const QString& text) { m_search->setText(text); }

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
  Q_EMIT filterChanged(visibleCount(), totalCount());
}

void CaseTable::setCurrentId(const QString& id) {
  m_quiet = true;
  if (m_list->setCurrentId(id)) m_table->scrollTo(m_list->currentIndex());
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
}

void CaseTable::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_A || event->key() == Qt::Key_D))
    return step(event->key() == Qt::Key_D ? 1 : -1);
  QWidget::keyPressEvent(event);
}

bool CaseTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_table && event->type() == QEvent::Resize) layoutColumns();
  // The view would take letters for a search of its own.
  if (watched == m_table && event->type() == QEvent::KeyPress) {
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
