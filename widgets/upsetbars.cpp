#include "widgets/upsetbars.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/plotpaint.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

struct UpsetBars::Layout {
  QRectF plot;                                                  // of the bars
  double step = 0, barWidth = 0, row = 0, names = 0, dots = 0;  // dots: top of the first row of dots
  int shown = 0, rows = 0;                                      // combinations; selections with a row of their own
  double low = 0, high = 1;
  QList<double> ticks;
  double y(double value, bool log) const {
    const double t = log ? (value > low ? std::log10(value / low) / std::log10(high / low) : 0) : value / high;
    return plot.bottom() - std::clamp(t, 0.0, 1.0) * plot.height();
  }
  double x(int item) const { return plot.left() + step * (item + 0.5); }
};

namespace {
// "93k", "6.5k", "812": what fits over a bar.
QString roughCount(double count) {
  const double digit = count < 1000 ? 1 : std::pow(10.0, std::floor(std::log10(count)) - 1);
  return axisCount(std::round(count / digit) * digit);
}

constexpr double kStep = 3.5, kMostStep = 14, kRow = 2.5, kLeastRow = 1.25, kMostNames = 20, kLeastBars = 13;
constexpr int kMostLeastRows = 64;  // more than these need not fit
constexpr int kMostTold = 12;       // selections in a sentence or a card
}  // namespace

UpsetBars::UpsetBars(QWidget* parent) : ItemPlot(parent) {
  setSpokenName([] { return tr("Positions by the selections that chose them"); });
  connect(this, &ItemPlot::itemActivated, this, [this](int item) {
    const Members& members = m_combinations[item].members;
    m_chosen = members == m_chosen ? Members() : members;
    update();
    Q_EMIT combinationActivated(m_chosen);
  });
}

void UpsetBars::setCombinations(const QStringList& names, const QList<QColor>& colors, const QList<qint64>& counts,
                                const QList<SetCombination>& combinations) {
  if (names != m_names) m_chosen = {};
  m_names = names;
  m_colors = colors;
  m_counts = counts;
  m_combinations = combinations;
  std::stable_sort(m_combinations.begin(), m_combinations.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  itemsChanged();
}

void UpsetBars::setLogScale(bool on) {
  m_log = on;
  update();
}

void UpsetBars::setChosen(const Members& members) {
  m_chosen = members;
  update();
}

UpsetBars::Layout UpsetBars::layoutFor(const QSizeF& size) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  Layout layout;
  const double most = m_combinations.isEmpty() ? 1 : double(m_combinations.first().count);
  if (m_log) {
    const double least = m_combinations.isEmpty() ? 1 : std::max<double>(1, double(m_combinations.last().count));
    layout.high = std::pow(10.0, std::ceil(std::log10(std::max(most, 10.0)) - 1e-9));
    layout.low = std::min(std::pow(10.0, std::floor(std::log10(least) - 0.3)), layout.high / 100);
    for (double t = layout.low; t <= layout.high * 1.001; t *= 10) layout.ticks << t;
  } else {
    layout.high = niceCeil(most * 1.08);  // room for the number over the tallest
    layout.ticks = niceTicks(layout.high);
  }
  double names = 0;
  for (qsizetype i = 0; i < m_names.size(); ++i)
    names = std::max(names, metrics.horizontalAdvance(m_names[i]) + metrics.horizontalAdvance(groupedCount(m_counts.value(i))) + u * 1.5);
  layout.names = std::min({names + u * 3.5, u * kMostNames, size.width() * 0.42});
  const int fit = std::max(2, int(std::max(size.height() * 0.55, size.height() - u * kLeastBars) / (u * kLeastRow)));
  layout.rows = m_names.size() <= fit ? int(m_names.size()) : fit - 1;
  const double rows = double(std::max(1, layout.rows + (layout.rows < m_names.size() ? 1 : 0)));
  layout.row = std::clamp((size.height() * 0.55) / rows, u * kLeastRow, u * kRow);
  layout.dots = size.height() - layout.row * rows;
  const double left = layout.names + u;
  layout.plot = QRectF(left, u * 3, std::max(10.0, size.width() - left), std::max(u * 3, layout.dots - u * 3.75));
  const int count = itemCount();
  layout.step = std::clamp(layout.plot.width() / std::max(1, count), u * kStep, u * kMostStep);
  layout.shown = std::min(count, int(layout.plot.width() / layout.step));
  layout.barWidth = std::min(layout.step * 0.62, u * 6);
  return layout;
}

int UpsetBars::shownCount() const { return layoutFor(size()).shown; }
int UpsetBars::shownRows() const { return layoutFor(size()).rows; }

QString UpsetBars::membersText(const Members& members) const {
  QStringList names;
  members.forEach([&](std::size_t i) {
    if (names.size() < kMostTold) names << m_names.value(qsizetype(i));
  });
  const int left = members.count() - int(names.size());
  return left > 0 ? tr("%1 and %2 more").arg(names.join(u", "_s)).arg(left) : names.join(u", "_s);
}

QString UpsetBars::itemName(int item) const {
  const Members& members = m_combinations[item].members;
  const int by = members.count();
  if (by == m_names.size()) return tr("chosen by all");
  return by == 1 ? tr("only %1").arg(membersText(members)) : tr("only by %1").arg(membersText(members));
}

QStringList UpsetBars::itemLines(int item) const {
  const SetCombination& c = m_combinations[item];
  double all = 0;
  for (const SetCombination& other : m_combinations) all += double(other.count);
  QStringList lines{tr("positions") % u'\t' % groupedCount(c.count),
                    tr("of all that were chosen") % u'\t' % sharePercent(double(c.count) / all)};
  int told = 0;
  c.members.forEach([&](std::size_t member) {
    const auto i = qsizetype(member);
    if (m_counts.value(i) <= 0 || ++told > kMostTold) return;
    lines << tr("of %1").arg(m_names.value(i)) % u'\t' % sharePercent(double(c.count) / double(m_counts[i]));
  });
  if (told > kMostTold) lines << tr("and %1 more in the table").arg(told - kMostTold) % u'\t';
  return lines;
}

PlotTable UpsetBars::table() const {
  PlotTable table{{u"selections"_s, u"count"_s}, {}};
  for (const QString& name : m_names) table.header << name;
  for (const SetCombination& c : m_combinations) {
    QStringList row{QString::number(c.members.count()), QString::number(c.count)};
    for (qsizetype i = 0; i < m_names.size(); ++i) row << QString::number(c.members.has(std::size_t(i)) ? 1 : 0);
    table.rows << row;
  }
  return table;
}

QSize UpsetBars::sizeHint() const { return {Theme::instance().px(64), Theme::instance().px(36)}; }

QSize UpsetBars::minimumSizeHint() const {
  const Theme& theme = Theme::instance();
  return {theme.px(36), theme.px(kLeastBars + kLeastRow * double(std::min<qsizetype>(m_names.size(), kMostLeastRows)))};
}

QSizeF UpsetBars::drawingSize() const {
  const double u = Theme::instance().unit();
  return {u * (kMostNames + 2 + kStep * std::clamp(itemCount(), 6, 40)), u * (28 + kRow * double(m_names.size()))};
}

QRectF UpsetBars::itemRect(int item, const QSizeF& size) const {
  const Layout layout = layoutFor(size);
  return {layout.x(item) - layout.step / 2, layout.plot.top(), layout.step, size.height() - layout.plot.top()};
}

int UpsetBars::itemAt(const QPointF& pos, const QSizeF& size) const {
  const Layout layout = layoutFor(size);
  if (pos.x() < layout.plot.left() || pos.y() < layout.plot.top()) return -1;
  const int item = int((pos.x() - layout.plot.left()) / layout.step);
  return item < layout.shown ? item : -1;
}

int UpsetBars::neighbour(int item, int key) const { return std::min(ItemPlot::neighbour(item, key), std::max(0, shownCount() - 1)); }

void UpsetBars::paint(QPainter& painter, const QSizeF& size, ThemeName name, bool exported) const {
  if (m_names.isEmpty()) return;
  const Theme& theme = Theme::instance();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const double u = theme.unit();
  const Layout layout = layoutFor(size);
  const QFont small = theme.font(TextRole::Small);
  const QFontMetricsF metrics(small);
  const int current = exported ? -1 : currentItem();
  painter.setFont(small);

  // The axis.
  const QColor grid = Theme::gridColor(name);
  for (const double t : layout.ticks) {
    const double y = std::round(layout.y(t, m_log)) + 0.5;
    painter.setPen(QPen(t == layout.ticks.first() ? mixed(grid, color(Token::Text2), 0.35) : grid, 1));
    painter.drawLine(QPointF(layout.plot.left(), y), QPointF(layout.plot.right(), y));
    painter.setPen(color(Token::Text2));
    painter.drawText(QRectF(0, y - metrics.height() / 2, layout.plot.left() - u * 0.75, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, axisCount(t));
  }

  // Rows of dots lie on bands, so that an eye can follow one.
  for (qsizetype i = 0; i < layout.rows; ++i) {
    const QRectF row(0, layout.dots + layout.row * double(i), size.width(), layout.row);
    if (i % 2 == 0) drawRounded(painter, row, u / 2, mixed(color(Token::Surface), color(Token::Inset), 0.6));
    const double y = row.center().y();
    const double mark = u * kMarkUnits;
    paintMark(painter, {u * 0.5 + mark / 2, y}, m_colors.value(i), QString::number(i + 1));
    painter.setFont(small);
    const QString count = groupedCount(m_counts.value(i));
    const double countWidth = metrics.horizontalAdvance(count), left = u * 1.25 + mark;
    painter.setPen(color(Token::Text2));
    painter.drawText(QRectF(left, row.top(), layout.names - left, layout.row), Qt::AlignRight | Qt::AlignVCenter, count);
    painter.setPen(color(Token::Text));
    const double room = layout.names - left - countWidth - u;
    painter.drawText(QRectF(left, row.top(), room, layout.row), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_names[i], Qt::ElideRight, room));
  }

  const int hidden = int(m_names.size()) - layout.rows;
  if (hidden > 0) {
    const QRectF row(u * 1.25 + u * kMarkUnits, layout.dots + layout.row * layout.rows, layout.names, layout.row);
    painter.setPen(color(Token::Text2));
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(tr("and %1 more").arg(hidden), Qt::ElideRight, row.width()));
  }

  for (int i = 0; i < layout.shown; ++i) {
    const SetCombination& c = m_combinations[i];
    const bool isChosen = c.members == m_chosen && !m_chosen.isEmpty();
    if (isChosen || i == current)
      drawRounded(
          painter,
          QRectF(layout.x(i) - layout.step / 2, layout.plot.top() - u * 1.5, layout.step, size.height() - layout.plot.top() + u * 1.5),
          u / 2, isChosen ? color(Token::AccentWash) : mixed(color(Token::Surface), color(Token::Text), 0.05));
    const int by = c.members.count();
    // The colours of SharedBars: by all, by several, by one only.
    const QColor fill = by == m_names.size() ? theme.runColor(2) : by > 1 ? theme.runColor(4) : color(Token::Ghost);
    const double top = layout.y(double(c.count), m_log);
    const QRectF bar(layout.x(i) - layout.barWidth / 2, top, layout.barWidth, std::max(1.0, layout.plot.bottom() - top));
    drawRounded(painter, bar, bar.height() > 4 ? 1.5 : 0, fill);
    const QString number = roughCount(double(c.count));
    if (metrics.horizontalAdvance(number) <= layout.step) {
      painter.setPen(color(Token::Text2));
      painter.drawText(QRectF(layout.x(i) - layout.step / 2, top - metrics.height() - 1, layout.step, metrics.height()), Qt::AlignCenter,
                       number);
    }
    const double radius = std::min({u * 0.6, layout.row * 0.34, layout.step * 0.3});
    // The last row stands for all that have none of their own.
    QList<bool> isInRow(layout.rows + (hidden > 0 ? 1 : 0), false);
    c.members.forEach([&](std::size_t member) {
      if (!isInRow.isEmpty()) isInRow[std::min(qsizetype(member), isInRow.size() - 1)] = true;
    });
    const int first = int(isInRow.indexOf(true)), last = int(isInRow.lastIndexOf(true));
    const auto rowY = [&](int s) { return layout.dots + layout.row * (s + 0.5); };
    if (last > first) {
      painter.setPen(QPen(color(Token::Text), 2));
      painter.drawLine(QPointF(layout.x(i), rowY(first)), QPointF(layout.x(i), rowY(last)));
    }
    painter.setPen(Qt::NoPen);
    for (int s = 0; s < isInRow.size(); ++s) {
      const bool isIn = isInRow[s];
      painter.setBrush(isIn ? color(Token::Text) : mixed(color(Token::Surface), color(Token::Ghost), 0.55));
      const double r = isIn ? radius : radius * 0.6;
      painter.drawEllipse(QPointF(layout.x(i), rowY(s)), r, r);
    }
  }
  painter.setFont(small);
  painter.setPen(color(Token::Text2));
  QString note = tr("positions chosen by exactly these");
  if (layout.shown < itemCount()) note = tr("the largest %1 of %2 combinations").arg(layout.shown).arg(itemCount());
  painter.drawText(QRectF(layout.plot.left(), 0, layout.plot.width(), metrics.height()), Qt::AlignRight | Qt::AlignTop,
                   metrics.elidedText(note, Qt::ElideRight, layout.plot.width()));
}

}  // namespace gps::ui
