#include "widgets/schemebars.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/blocktree.h"
#include "widgets/drawnexport.h"
#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kRowUnits = 11, kFewestRowUnits = 8.5;
}  // namespace

SchemeBars::SchemeBars(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SchemeBars::setRows(const QList<SchemeRow>& rows) {
  const bool isOtherCount = rows.size() != m_rows.size();
  m_rows = rows;
  m_focused = std::min(m_focused, int(m_rows.size()) - 1);
  m_hovered = std::min(m_hovered, int(m_rows.size()) - 1);
  if (isOtherCount) updateGeometry();
  update();
}

void SchemeBars::setCanRemove(bool on) {
  m_canRemove = on;
  update();
}

void SchemeBars::setHighlightedBlock(const QString& block) {
  if (block == m_highlighted) return;
  m_highlighted = block;
  describe();
  update();
}

QList<SchemeBars::Bar> SchemeBars::barsOf(const SelectionCounts& counts) {
  QList<Bar> bars;
  for (const BlockCount& row : counts.perBlock) {
    const QString block = QString::fromStdString(row.block);
    auto it = bars.isEmpty() || bars.last().block != block
                  ? std::find_if(bars.begin(), bars.end(), [&](const Bar& bar) { return bar.block == block; })
                  : bars.end() - 1;
    if (it == bars.end()) it = bars.insert(it, {block, 0});
    it->selected += row.selected;
  }
  return bars;
}

QStringList SchemeBars::linesOf(const QString& id) const {
  QStringList lines;
  for (const SchemeRow& row : m_rows) {
    if (row.id != id || !row.counts) continue;
    for (const Bar& bar : barsOf(*row.counts)) lines << blockLabel(bar.block) % u'\t' % groupedCount(bar.selected);
  }
  return lines;
}

// Not taller than a row needs, so that one or two rows do not stretch over the card.
QRectF SchemeBars::rectOfRow(int row, const QSizeF& size) const {
  const double height = std::min(size.height() / double(std::max<qsizetype>(1, m_rows.size())), Theme::instance().unit() * 14);
  return {0, row * height, size.width(), height};
}

QRect SchemeBars::rowRect(const QString& id) const {
  for (int i = 0; i < m_rows.size(); ++i)
    if (m_rows[i].id == id) return rectOfRow(i, size()).toRect();
  return {};
}

QRectF SchemeBars::plotOf(const QRectF& row) const {
  const double u = Theme::instance().unit();
  const double line = QFontMetricsF(Theme::instance().font(TextRole::Small)).height();
  return row.adjusted(0, line + u * 1.25, 0, -u * 0.75);
}

QRectF SchemeBars::crossOf(const QRectF& row) const {
  const double u = Theme::instance().unit();
  return {row.right() - u * 2.5, row.top(), u * 2.5, u * 2.75};
}

int SchemeBars::rowAt(const QPointF& pos) const {
  for (int i = 0; i < m_rows.size(); ++i)
    if (rectOfRow(i, size()).contains(pos)) return i;
  return -1;
}

QString SchemeBars::blockAt(int row, const QPointF& pos) const {
  if (row < 0 || !m_rows[row].counts) return {};
  const auto bars = barsOf(*m_rows[row].counts);
  const QRectF plot = plotOf(rectOfRow(row, size()));
  const double at = (pos.x() - plot.left()) / plot.width() * double(bars.size());
  return at >= 0 && at < double(bars.size()) ? bars[int(at)].block : QString();
}

void SchemeBars::walkBlocks(int by) {
  if (m_focused < 0 || !m_rows[m_focused].counts) return;
  const auto bars = barsOf(*m_rows[m_focused].counts);
  if (bars.isEmpty()) return;
  const auto at = std::find_if(bars.begin(), bars.end(), [this](const Bar& bar) { return bar.block == m_highlighted; });
  const auto to = at == bars.end() ? 0 : std::clamp<qsizetype>(at - bars.begin() + by, 0, bars.size() - 1);
  Q_EMIT blockActivated(bars[to].block);
}

void SchemeBars::setHovered(int row) {
  m_hovered = row;
  setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
}

void SchemeBars::describe() {
  if (m_focused < 0 || m_focused >= m_rows.size()) return setAccessibleDescription({});
  const SchemeRow& row = m_rows[m_focused];
  setAccessibleDescription(row.title % u'\n' % (row.note.isEmpty() ? linesOf(row.id).join(u'\n') : row.note));
}

void SchemeBars::mouseMoveEvent(QMouseEvent* event) {
  m_pointer = event->position();
  setHovered(rowAt(m_pointer));
}

void SchemeBars::leaveEvent(QEvent*) { setHovered(-1); }

void SchemeBars::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position());
  if (event->button() != Qt::LeftButton || row < 0) return;
  m_focused = row;
  const QString id = m_rows[row].id;
  if (m_canRemove && crossOf(rectOfRow(row, size())).contains(event->position()))
    Q_EMIT removeRequested(id);
  else {
    if (const QString block = blockAt(row, event->position()); !block.isEmpty()) Q_EMIT blockActivated(block);
    Q_EMIT chosen(id);
  }
}

void SchemeBars::keyPressEvent(QKeyEvent* event) {
  const int last = int(m_rows.size()) - 1;
  const auto to = [&](int row) {
    m_focused = std::clamp(row, 0, std::max(0, last));
    describe();
    update();
  };
  if (last < 0) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Up:
      return to(m_focused - 1);
    case Qt::Key_Down:
      return to(m_focused + 1);
    case Qt::Key_Left:
      return walkBlocks(-1);
    case Qt::Key_Right:
      return walkBlocks(1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (m_focused >= 0) Q_EMIT chosen(m_rows[m_focused].id);
      return;
    case Qt::Key_Delete:
      if (m_focused >= 0 && m_canRemove) Q_EMIT removeRequested(m_rows[m_focused].id);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void SchemeBars::focusInEvent(QFocusEvent* event) {
  if (m_focused < 0 && !m_rows.isEmpty()) m_focused = 0;
  describe();
  update();
  QWidget::focusInEvent(event);
}

void SchemeBars::focusOutEvent(QFocusEvent* event) {
  update();
  QWidget::focusOutEvent(event);
}

bool SchemeBars::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos());
    QString text;
    if (row >= 0) {
      const QRectF at = rectOfRow(row, size());
      if (m_canRemove && crossOf(at).contains(help->pos())) {
        text = tr("Take this scheme away");
      } else if (const QString block = blockAt(row, help->pos()); !block.isEmpty()) {
        for (const Bar& bar : barsOf(*m_rows[row].counts))
          if (bar.block == block) text = tr("%1: %2 weights").arg(blockLabel(block), groupedCount(bar.selected));
      }
    }
    text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

QSize SchemeBars::sizeHint() const {
  const Theme& theme = Theme::instance();
  return {theme.px(28), theme.px(kRowUnits * double(std::max<qsizetype>(1, m_rows.size())))};
}

QSize SchemeBars::minimumSizeHint() const {
  const Theme& theme = Theme::instance();
  return {theme.px(22), theme.px(kFewestRowUnits * double(std::max<qsizetype>(1, m_rows.size())))};
}

void SchemeBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, size(), false);
}

void SchemeBars::paint(QPainter& painter, const QSizeF& size, bool exported) const {
  const Theme& theme = Theme::instance();
  const ThemeName name = exported ? ThemeName::Light : theme.name();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const double u = theme.unit();
  const QFont small = theme.font(TextRole::Small);
  QFont strong = small;
  strong.setWeight(QFont::DemiBold);
  painter.setRenderHint(QPainter::Antialiasing);
  for (int i = 0; i < m_rows.size(); ++i) {
    const SchemeRow& row = m_rows[i];
    const QRectF at = rectOfRow(i, size), plot = plotOf(at);
    const bool hovered = !exported && (i == m_hovered || (hasFocus() && i == m_focused));
    if (hovered)
      drawRounded(painter, at.adjusted(-u * 0.75, -u * 0.25, u * 0.75, -u * 0.25), u * 0.75,
                  mixed(color(Token::Surface), color(Token::Text), 0.05));
    const QFont& font = row.isCurrent ? strong : small;
    const QFontMetricsF metrics(font), plain(small);
    painter.setOpacity(row.isStale && !exported ? 0.45 : 1);
    qint64 most = 0;
    const auto bars = row.counts ? barsOf(*row.counts) : QList<Bar>();
    for (const Bar& bar : bars) most = std::max(most, bar.selected);
    const bool showsCross = hovered && m_canRemove;
    const QString range = bars.isEmpty() ? QString() : tr("up to %1").arg(compactCount(double(most)));
    const double right = showsCross ? crossOf(at).left() - u * 0.5 : at.right();
    const double rangeWidth = plain.horizontalAdvance(range);
    painter.setFont(small);
    painter.setPen(color(Token::Text2));
    painter.drawText(QRectF(right - rangeWidth, at.top() + u * 0.5, rangeWidth, plain.height()), Qt::AlignRight | Qt::AlignVCenter, range);
    painter.setFont(font);
    painter.setPen(color(row.isCurrent ? Token::Text : Token::Text2));
    const double titleWidth = std::max(0.0, right - rangeWidth - u);
    painter.drawText(QRectF(at.left(), at.top() + u * 0.5, titleWidth, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.title, Qt::ElideRight, titleWidth));
    if (showsCross) {
      const QPointF c = crossOf(at).center();
      painter.setPen(QPen(color(Token::Text2), 1.5, Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(c + QPointF(-u * 0.45, -u * 0.45), c + QPointF(u * 0.45, u * 0.45));
      painter.drawLine(c + QPointF(-u * 0.45, u * 0.45), c + QPointF(u * 0.45, -u * 0.45));
    }
    if (!row.note.isEmpty() || bars.isEmpty()) {
      painter.setFont(small);
      painter.setPen(color(Token::Text2));
      painter.drawText(plot, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, row.note.isEmpty() ? tr("Counting…") : row.note);
      painter.setOpacity(1);
      continue;
    }
    const double step = plot.width() / double(bars.size()), width = std::max(1.0, step - std::max(1.0, step * 0.18));
    // A wash behind the block that is looked at, as in the other bars.
    for (int b = 0; b < bars.size() && !exported; ++b)
      if (!m_highlighted.isEmpty() && bars[b].block == m_highlighted)
        painter.fillRect(QRectF(plot.left() + step * b - (step - width) / 2, plot.top(), step, plot.height()), color(Token::AccentWash));
    const QColor fill = row.isCurrent ? theme.kindColor(u"qkv"_s) : color(Token::Ghost);
    for (int b = 0; b < bars.size(); ++b) {
      const double h = most > 0 ? plot.height() * double(bars[b].selected) / double(most) : 0;
      if (h > 0)
        drawRounded(painter, QRectF(plot.left() + step * b, plot.bottom() - h, width, std::max(1.0, h)), h > 3 && width > 3 ? 1.5 : 0,
                    fill);
    }
    painter.setPen(QPen(mixed(Theme::gridColor(name), color(Token::Text2), 0.35), 1));
    const double y = std::round(plot.bottom()) + 0.5;
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setOpacity(1);
  }
}

static QSizeF exportInner(qsizetype rows) {
  const Theme& theme = Theme::instance();
  return {double(theme.px(48)), theme.px(11) * double(std::max<qsizetype>(1, rows))};
}

QSize SchemeBars::exportSize(const QString&) const {
  const double margin = Theme::instance().unit() * 2, head = Theme::instance().unit() * 3;
  const QSizeF inner = exportInner(m_rows.size());
  return {int(inner.width() + 2 * margin), int(inner.height() + head + 2 * margin)};
}

bool SchemeBars::drawExport(QPaintDevice& device, const QString& title) const {
  return drawTitled(device, *this, title, title, [this](QPainter& painter) { paint(painter, exportInner(m_rows.size()), true); });
}

TextTable SchemeBars::exportTable() const {
  QList<QStringList> rows;
  for (const SchemeRow& row : m_rows)
    if (row.counts)
      for (const Bar& bar : barsOf(*row.counts)) rows.append({row.title, bar.block, QString::number(bar.selected)});
  return textTable({u"scheme"_s, u"block"_s, u"selected"_s}, rows);
}

}  // namespace gps::ui
