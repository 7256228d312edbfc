#include "widgets/blockbars.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "widgets/blockbarslayout.h"
#include "widgets/blocktree.h"
#include "widgets/format.h"
#include "widgets/plotpaint.h"
#include "widgets/theme.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

BlockBars::BlockBars(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAttribute(Qt::WA_OpaquePaintEvent, false);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void BlockBars::setCounts(const SelectionCounts& counts) {
  m_counts = counts;
  rebuild();
}

void BlockBars::setGhost(const SelectionCounts& counts, const QString& label) {
  m_ghost = counts;
  m_ghostLabel = label;
  m_hasGhost = true;
  rebuild();
}

void BlockBars::clearGhost() {
  m_hasGhost = false;
  rebuild();
}

void BlockBars::setMeasure(Measure measure) {
  m_measure = measure;
  m_top = 0;
  rebuild();
}

void BlockBars::setLogScale(bool on) {
  m_log = on;
  update();
}

void BlockBars::setAxisCaption(const QString& text) {
  m_caption = text;
  update();
}

void BlockBars::setHighlightedBlock(const QString& block) {
  if (block == m_highlighted) return;
  m_highlighted = block;
  update();
}

void BlockBars::rebuild() {
  m_bars.clear();
  m_kinds.clear();
  const auto barOf = [this](const std::string& name) -> Bar* {
    const QString block = QString::fromStdString(name);
    // Rows of one block stand together; looking at the last bar first makes this linear.
    if (!m_bars.isEmpty() && m_bars.last().block == block) return &m_bars.last();
    for (Bar& bar : m_bars)
      if (bar.block == block) return &bar;
    return nullptr;
  };
  for (const BlockCount& row : m_counts.perBlock) {
    Bar* bar = barOf(row.block);
    if (!bar) {
      m_bars.append({QString::fromStdString(row.block), {}, 0, 0, -1, 0});
      bar = &m_bars.last();
    }
    const QString kind = QString::fromStdString(row.kind);
    if (!m_kinds.contains(kind)) m_kinds << kind;
    bar->segments.append({kind, double(row.selected), double(row.available), row.scoreSum});
    bar->selected += double(row.selected);
    bar->available += double(row.available);
  }
  if (m_hasGhost) {
    for (const BlockCount& row : m_ghost.perBlock) {
      Bar* bar = barOf(row.block);
      if (!bar) continue;
      bar->ghost = std::max(bar->ghost, 0.0) + double(row.selected);
      bar->ghostAvailable += double(row.available);
      const QString kind = QString::fromStdString(row.kind);
      for (Segment& segment : bar->segments) {
        if (segment.kind != kind) continue;
        segment.ghostSelected = double(row.selected);
        segment.ghostScoreSum = row.scoreSum;
      }
    }
  }
  if (m_hovered >= m_bars.size()) m_hovered = -1;
  updateRange();
  update();
}

double BlockBars::valueOf(const Bar& bar) const {
  if (m_measure == Measure::MeanScore) {
    double most = 0;
    for (const Segment& segment : bar.segments) most = std::max(most, segment.mean());
    return most;
  }
  return m_measure == Measure::Count ? bar.selected : bar.available > 0 ? bar.selected / bar.available : 0;
}

double BlockBars::ghostOf(const Bar& bar) const {
  if (bar.ghost < 0) return -1;
  if (m_measure == Measure::MeanScore) {
    double most = 0;
    for (const Segment& segment : bar.segments) most = std::max(most, segment.ghostMean());
    return most;
  }
  return m_measure == Measure::Count ? bar.ghost : bar.ghostAvailable > 0 ? bar.ghost / bar.ghostAvailable : 0;
}

void BlockBars::updateRange() {
  double most = 0;
  for (const Bar& bar : m_bars) most = std::max({most, valueOf(bar), ghostOf(bar)});
  // A little air over the tallest bar; shrinks only when a third would stay empty.
  const double wanted = niceCeil(most * 1.02);
  if (wanted > m_top || most < m_top * 0.66) m_top = wanted;
}

QStringList BlockBars::blocks() const {
  QStringList all;
  for (const Bar& bar : m_bars) all << bar.block;
  return all;
}

QStringList BlockBars::blockLines(const QString& block) const {
  for (const Bar& bar : m_bars) {
    if (bar.block != block) continue;
    QStringList lines{tr("selected") % u'\t' % groupedCount(qint64(bar.selected)), tr("of available") % u'\t' % compactCount(bar.available),
                      tr("share") % u'\t' % sharePercent(bar.available > 0 ? bar.selected / bar.available : 0)};
    double sum = 0;
    for (const Segment& segment : bar.segments) sum += segment.scoreSum;
    if (sum > 0 && bar.selected > 0) lines << tr("mean |score|") % u'\t' % significant(sum / bar.selected, 3);
    if (bar.ghost >= 0) lines << m_ghostLabel % u'\t' % groupedCount(qint64(bar.ghost));
    for (const Segment& segment : bar.segments) {
      if (segment.available <= 0) continue;
      const QString number = m_measure == Measure::MeanScore && segment.scoreSum > 0 ? significant(segment.mean(), 3)
                             : segment.selected > 0                                  ? groupedCount(qint64(segment.selected))
                                                                                     : tr("excluded");
      lines << Theme::kindLabel(segment.kind) % u'\t' % number;
    }
    return lines;
  }
  return {};
}

QSize BlockBars::sizeHint() const { return {Theme::instance().px(60), Theme::instance().px(34)}; }
QSize BlockBars::minimumSizeHint() const { return {Theme::instance().px(36), Theme::instance().px(20)}; }

int BlockBars::barAt(const QPointF& pos) const {
  const Layout layout = layoutFor(size());
  if (m_bars.isEmpty() || pos.x() < layout.plot.left() || pos.x() >= layout.plot.right()) return -1;
  if (pos.y() < layout.plot.top() || pos.y() > layout.plot.bottom() + Theme::instance().unit() * 3) return -1;
  return std::clamp(int((pos.x() - layout.plot.left()) / layout.step), 0, int(m_bars.size()) - 1);
}

QString BlockBars::kindAt(int index, const QPointF& pos) const {
  const Layout layout = layoutFor(size());
  const Bar& bar = m_bars[index];
  const QRectF full = layout.bar(index);
  if (pos.x() < full.left() || pos.x() > full.right() || pos.y() > layout.plot.bottom()) return {};
  if (m_measure == Measure::MeanScore) {
    const int at = int((pos.x() - full.left()) / full.width() * double(bar.segments.size()));
    return at < bar.segments.size() ? bar.segments[at].kind : QString();
  }
  const double height = layout.plot.bottom() - layout.y(valueOf(bar));
  double bottom = layout.plot.bottom();
  for (const Segment& segment : bar.segments) {
    if (bar.selected <= 0 || segment.selected <= 0) continue;
    const double h = height * segment.selected / bar.selected;
    if (pos.y() <= bottom && pos.y() >= bottom - h) return segment.kind;
    bottom -= h;
  }
  return {};
}

void BlockBars::hover(int index) {
  if (index == m_hovered) return;
  m_hovered = index;
  setAccessibleDescription(index < 0 ? QString() : blockLabel(m_bars[index].block) % u'\n' % blockLines(m_bars[index].block).join(u'\n'));
  update();
  Q_EMIT blockHovered(index < 0 ? QString() : m_bars[index].block);
}

void BlockBars::mouseMoveEvent(QMouseEvent* event) { hover(barAt(event->position())); }

void BlockBars::mousePressEvent(QMouseEvent* event) {
  const int index = barAt(event->position());
  if (event->button() != Qt::LeftButton || index < 0) return;
  const QString block = m_bars[index].block, kind = kindAt(index, event->position());
  Q_EMIT blockActivated(block);
  if (!kind.isEmpty()) Q_EMIT segmentActivated(block, kind);
}

void BlockBars::leaveEvent(QEvent*) { hover(-1); }

void BlockBars::keyPressEvent(QKeyEvent* event) {
  if (m_bars.isEmpty()) return QWidget::keyPressEvent(event);
  const int last = int(m_bars.size()) - 1;
  switch (event->key()) {
    case Qt::Key_Left:
      return hover(m_hovered < 0 ? last : std::max(0, m_hovered - 1));
    case Qt::Key_Right:
      return hover(m_hovered < 0 ? 0 : std::min(last, m_hovered + 1));
    case Qt::Key_Home:
      return hover(0);
    case Qt::Key_End:
      return hover(last);
    case Qt::Key_Escape:
      if (m_hovered < 0) break;
      return hover(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (m_hovered >= 0) Q_EMIT blockActivated(m_bars[m_hovered].block);
      return;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void BlockBars::focusOutEvent(QFocusEvent* event) {
  if (!underMouse()) hover(-1);
  QWidget::focusOutEvent(event);
}

}  // namespace gps::ui
