#include "widgets/casetable.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"
#include "widgets/thumbnaildelegate.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAskDelayMs = 30;
constexpr double kRowUnits = 7.5, kPictureUnits = 6;

class CaseDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {Theme::instance().px(24), Theme::instance().px(kRowUnits)};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = QRectF(option.rect).adjusted(0, u * 0.25, 0, -u * 0.25);
    if (option.state & QStyle::State_Selected)
      drawRounded(*painter, row, u * 0.75, theme.color(Token::AccentWash));
    else if (option.state & QStyle::State_MouseOver)
      drawRounded(*painter, row, u * 0.75, mixed(theme.color(Token::Surface), theme.color(Token::Text), 0.045));
    const double side = u * kPictureUnits;
    const QVariant thumbnail = index.data(CaseModel::ThumbnailRole);
    const QImage image = thumbnail.value<QImage>();
    drawThumbnail(*painter, QRectF(row.left() + u, row.center().y() - side / 2, side, side), image, thumbnail.isValid() && image.isNull());
    const double dice = index.data(CaseModel::DiceRole).toDouble(), area = index.data(CaseModel::AreaRole).toDouble();
    QFont score = theme.font(TextRole::Page);
    const QString diceText = std::isnan(dice) ? u"–"_s : QString::number(dice, 'f', 2);
    const double scoreWidth = QFontMetricsF(score).horizontalAdvance(u"0.00"_s) + u;
    painter->setFont(score);
    const QVariant tone = index.sibling(index.row(), CaseModel::Dice).data(Qt::ForegroundRole);
    painter->setPen(tone.isValid() ? tone.value<QColor>() : theme.color(Token::Text));
    painter->drawText(QRectF(row.right() - scoreWidth - u, row.top(), scoreWidth, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                      diceText);
    const QRectF text(row.left() + side + u * 2.25, row.top(), row.width() - side - scoreWidth - u * 4.25, row.height());
    const QFont name = theme.font(TextRole::Body), small = theme.font(TextRole::Small);
    const QFontMetricsF nameMetrics(name), smallMetrics(small);
    const double block = nameMetrics.height() + smallMetrics.height() + u * 0.25, top = row.center().y() - block / 2;
    painter->setFont(name);
    painter->setPen(theme.color(Token::Text));
    painter->drawText(QRectF(text.left(), top, text.width(), nameMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      nameMetrics.elidedText(index.data(CaseModel::IdRole).toString(), Qt::ElideMiddle, text.width()));
    painter->setFont(small);
    painter->setPen(theme.color(Token::Text2));
    const QString areaText = !index.data(CaseModel::TruthRole).toBool() ? CaseTable::tr("no ground truth")
                             : std::isnan(area)                         ? CaseTable::tr("not scored yet")
                                                                        : CaseTable::tr("area %1 %").arg(qRound(area * 100));
    painter->drawText(QRectF(text.left(), top + nameMetrics.height() + u * 0.25, text.width(), smallMetrics.height()),
                      Qt::AlignLeft | Qt::AlignVCenter, smallMetrics.elidedText(areaText, Qt::ElideRight, text.width()));
  }
};

}  // namespace

CaseTable::CaseTable(QWidget* parent)
    : QWidget(parent),
      m_model(new CaseModel(this)),
      m_filter(new CaseFilter(this)),
      m_search(new QLineEdit),
      m_hint(new Label({}, TextRole::Caption, Token::Warn)),
      m_stack(new QStackedWidget),
      m_list(new QListView),
      m_table(new QTableView),
      m_timer(new QTimer(this)) {
  m_filter->setSourceModel(m_model);
  m_filter->sort(CaseModel::Dice, Qt::AscendingOrder);
  m_search->setClearButtonEnabled(true);
  m_hint->setWordWrap(true);
  m_hint->hide();
  m_list->setModel(m_filter);
  m_list->setItemDelegate(new CaseDelegate(m_list));
  m_list->setUniformItemSizes(true);
  m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
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
  for (QAbstractItemView* view : {static_cast<QAbstractItemView*>(m_list), static_cast<QAbstractItemView*>(m_table)}) {
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setFrameShape(QFrame::NoFrame);
    view->setMouseTracking(true);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->installEventFilter(this);
    m_stack->addWidget(view);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.75));
  layout->addWidget(m_search);
  layout->addWidget(m_hint);
  layout->addWidget(m_stack, 1);
  m_timer->setSingleShot(true);
  m_timer->setInterval(kAskDelayMs);
  connect(m_timer, &QTimer::timeout, this, &CaseTable::requestVisible);
  connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, m_timer, qOverload<>(&QTimer::start));
  connect(m_search, &QLineEdit::textChanged, this, &CaseTable::applyFilter);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (!m_quiet && current.isValid()) Q_EMIT currentIdChanged(currentId());
  });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    m_list->doItemsLayout();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().px(3.5));
  });
  retranslate();
}

void CaseTable::retranslate() {
  m_search->setPlaceholderText(tr("Filter by name or Dice < 0.8"));
  m_search->setToolTip(tr("A part of the name, or a comparison of Dice, IoU, precision, recall or area such as Dice < 0.8"));
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
    const int width = std::max(metrics.horizontalAdvance(title) + theme.px(4.5), metrics.horizontalAdvance(u"00.00 %"_s) + theme.px(1.5));
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
  m_timer->start();
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
  m_timer->start();
  Q_EMIT filterChanged(visibleCount(), totalCount());
}

void CaseTable::setCurrentId(const QString& id) {
  if (id.isEmpty()) return;
  for (int row = 0; row < m_filter->rowCount(); ++row) {
    const QModelIndex at = m_filter->index(row, 0);
    if (at.data(CaseModel::IdRole).toString() != id) continue;
    m_quiet = true;
    m_list->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_quiet = false;
    m_list->scrollTo(at);
    m_table->scrollTo(at);
    return;
  }
}

QString CaseTable::currentId() const { return m_list->currentIndex().data(CaseModel::IdRole).toString(); }
int CaseTable::currentPosition() const { return m_list->currentIndex().isValid() ? m_list->currentIndex().row() + 1 : 0; }
int CaseTable::visibleCount() const { return m_filter->rowCount(); }
int CaseTable::totalCount() const { return m_model->rowCount(); }

QStringList CaseTable::visibleIds() const {
  QStringList ids;
  for (int row = 0; row < m_filter->rowCount(); ++row) ids << m_filter->index(row, 0).data(CaseModel::IdRole).toString();
  return ids;
}

void CaseTable::step(int by) {
  const int count = m_filter->rowCount();
  if (count == 0) return;
  const int next = std::clamp(currentPosition() == 0 ? (by > 0 ? 0 : count - 1) : currentPosition() - 1 + by, 0, count - 1);
  const QModelIndex at = m_filter->index(next, 0);
  m_list->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  m_list->scrollTo(at);
  m_table->scrollTo(at);
}

void CaseTable::requestVisible() {
  if (!isVisible() || m_stack->currentWidget() != m_list) return;
  const int rowHeight = Theme::instance().px(kRowUnits);
  const int first = std::max(0, m_list->verticalScrollBar()->value() / rowHeight - 1);
  const int last = std::min(m_filter->rowCount() - 1, first + m_list->viewport()->height() / rowHeight + 3);
  QStringList ids;
  for (int row = first; row <= last; ++row) {
    const QModelIndex at = m_filter->index(row, 0);
    const QString id = at.data(CaseModel::IdRole).toString();
    if (m_asked.contains(id) || at.data(CaseModel::ThumbnailRole).isValid()) continue;
    m_asked.insert(id);
    ids << id;
  }
  if (!ids.isEmpty()) Q_EMIT thumbnailsRequested(ids, int(Theme::instance().px(kPictureUnits) * devicePixelRatioF()));
}

void CaseTable::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_A || event->key() == Qt::Key_D))
    return step(event->key() == Qt::Key_D ? 1 : -1);
  QWidget::keyPressEvent(event);
}

bool CaseTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_table && event->type() == QEvent::Resize) layoutColumns();
  // The views would take letters for their own search.
  if (event->type() == QEvent::KeyPress) {
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

void CaseTable::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_timer->start();
}

void CaseTable::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_timer->start();
}

}  // namespace gps::ui
