#include "widgets/jaccardmatrix.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/plotpaint.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

struct JaccardMatrix::Layout {
  QRectF grid;
  double cell = 0, names = 0;  // names: room for those of rows
};

namespace {

constexpr double kMostCell = 7.5, kLeastCell = 1.5, kLegendUnits = 5, kLeastName = 8;
constexpr double kLeastPixels = 0.25;  // of a cell: of very many all are shown, however small
constexpr int kMostLeastCells = 64;    // in a row; more than these may be smaller
constexpr int kLegendSteps = 128;

QString shareText(double value) { return std::isnan(value) ? u"–"_s : QString::number(value, 'f', 2); }
// Chance is small: one significant digit of it, without the zero before the point.
QString chanceText(double value) {
  if (std::isnan(value)) return u"–"_s;
  if (value > 0 && value < 0.0005) return u"≈0"_s;
  const QString text = value >= 0.095 ? QString::number(value, 'f', 2) : QString::number(value, 'f', value >= 0.0095 ? 2 : 3);
  return text.startsWith(u"0."_s) ? text.mid(1) : text;
}

}  // namespace

JaccardMatrix::JaccardMatrix(QWidget* parent) : ItemPlot(parent) {
  setSpokenName([] { return tr("Jaccard of every pair of selections"); });
}

void JaccardMatrix::setPairs(const QStringList& names, const QList<QColor>& colors, const QList<double>& values,
                             const QList<double>& chances) {
  m_names = names;
  m_colors = colors;
  m_values = values;
  m_chances = chances;
  double most = 0;
  for (int a = 0; a < selectionCount(); ++a)
    for (int b = 0; b < selectionCount(); ++b)
      if (a != b && !std::isnan(value(a, b))) most = std::max(most, value(a, b));
  m_top = std::clamp(niceCeil(most), 0.01, 1.0);
  itemsChanged();
}

JaccardMatrix::Layout JaccardMatrix::layoutFor(const QSizeF& size) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  const int n = std::max(1, selectionCount());
  double names = 0;
  for (const QString& name : m_names) names = std::max(names, metrics.horizontalAdvance(name));
  const double mark = u * (kMarkUnits + 1), foot = metrics.height() + u * 1.25;
  Layout layout;
  const double top = u * (kMarkUnits + 0.5), height = std::max(u * 2, size.height() - top - foot);
  const auto cellBeside = [&](double room) {
    return std::clamp(std::min((size.width() - mark - room - u) / n, height / n), kLeastPixels, u * kMostCell);
  };
  // Names may not take the cells' numbers away; of less than a few letters nothing is left but the mark.
  const double wanted = numberedCell(true);
  double room = std::min(names, std::max(0.0, size.width() * 0.42 - mark));
  const double left = size.width() - mark - u - wanted * n;
  if (cellBeside(room) < wanted && height / n >= wanted && left >= 0) room = std::min(room, left);
  if (room < std::min(names, u * kLeastName)) room = 0;
  layout.cell = cellBeside(room);
  layout.names = room;
  layout.grid = QRectF(mark + room + (room > 0 ? u : 0), top, layout.cell * n, layout.cell * n);
  return layout;
}

// A cell of this size has room for the value, or for value and chance.
double JaccardMatrix::numberedCell(bool withChance) const {
  const QFontMetricsF metrics(Theme::instance().font(TextRole::Caption));
  return std::max(metrics.horizontalAdvance(u".000"_s) + 5, metrics.height() * (withChance ? 2 : 1) + 2);
}

bool JaccardMatrix::showsNumbers() const { return layoutFor(size()).cell >= numberedCell(false); }

QString JaccardMatrix::itemName(int item) const {
  const int a = item / selectionCount(), b = item % selectionCount();
  return a == b ? m_names.value(a) : tr("%1 and %2").arg(m_names.value(a), m_names.value(b));
}

QStringList JaccardMatrix::itemLines(int item) const {
  const int a = item / selectionCount(), b = item % selectionCount();
  if (a == b) return {};
  const double is = value(a, b), by = chance(a, b);
  QStringList lines{tr("Jaccard") % u'\t' % (std::isnan(is) ? u"–"_s : QString::number(is, 'f', 4)),
                    tr("by chance") % u'\t' % (std::isnan(by) ? u"–"_s : QString::number(by, 'g', 3))};
  if (by > 0 && is >= 0) lines << tr("times chance") % u'\t' % QString::number(is / by, 'g', 3);
  return lines;
}

PlotTable JaccardMatrix::table() const {
  PlotTable table{{u"a"_s, u"b"_s, u"jaccard"_s, u"chance"_s}, {}};
  for (int a = 0; a < selectionCount(); ++a)
    for (int b = a + 1; b < selectionCount(); ++b)
      table.rows << QStringList{m_names[a], m_names[b], QString::number(value(a, b), 'g', 10), QString::number(chance(a, b), 'g', 10)};
  return table;
}

QSize JaccardMatrix::sizeHint() const { return {Theme::instance().px(31), Theme::instance().px(24)}; }

QSize JaccardMatrix::minimumSizeHint() const {
  const Theme& theme = Theme::instance();
  return {theme.px(24), theme.px(std::max(14.0, 4 + kLeastCell * std::min(selectionCount(), kMostLeastCells)))};
}

QSizeF JaccardMatrix::drawingSize() const {
  const double u = Theme::instance().unit(), n = std::max(2, selectionCount()), cells = std::clamp(110.0, kLeastCell * n, kMostCell * n);
  return {u * (22 + cells), u * (6 + cells)};
}

QRectF JaccardMatrix::itemRect(int item, const QSizeF& size) const {
  const Layout layout = layoutFor(size);
  const int n = selectionCount();
  return {layout.grid.left() + layout.cell * (item % n), layout.grid.top() + layout.cell * (item / n), layout.cell, layout.cell};
}

int JaccardMatrix::itemAt(const QPointF& pos, const QSizeF& size) const {
  const Layout layout = layoutFor(size);
  if (m_names.isEmpty() || !layout.grid.contains(pos)) return -1;
  const int n = selectionCount();
  const int column = std::min(n - 1, int((pos.x() - layout.grid.left()) / layout.cell));
  return std::min(n - 1, int((pos.y() - layout.grid.top()) / layout.cell)) * n + column;
}

int JaccardMatrix::neighbour(int item, int key) const {
  const int n = selectionCount();
  if (item < 0) return n > 1 ? 1 : 0;
  int row = item / n, column = item % n;
  if (key == Qt::Key_Left) column = std::max(0, column - 1);
  if (key == Qt::Key_Right) column = std::min(n - 1, column + 1);
  if (key == Qt::Key_Up) row = std::max(0, row - 1);
  if (key == Qt::Key_Down) row = std::min(n - 1, row + 1);
  return row * n + column;
}

void JaccardMatrix::paint(QPainter& painter, const QSizeF& size, ThemeName name, bool exported) const {
  if (m_names.isEmpty()) return;
  const Theme& theme = Theme::instance();
  const auto color = [name](Token t) { return Theme::color(t, name); };
  const double u = theme.unit();
  const Layout layout = layoutFor(size);
  const QFont small = theme.font(TextRole::Small), caption = theme.font(TextRole::Caption);
  const QFontMetricsF metrics(small), captionMetrics(caption);
  const int n = selectionCount(), current = exported ? -1 : currentItem();
  const double markWidth = u * kMarkUnits;
  const int every = std::max(1, int(std::ceil((markWidth + 2) / layout.cell)));
  for (int i = 0; i < n; ++i) {
    const bool isStrong = current >= 0 && (current / n == i || current % n == i);
    if (i % every != 0 && !isStrong) continue;
    const QString number = QString::number(i + 1);
    const double at = layout.cell * (i + 0.5), y = layout.grid.top() + at;
    paintMark(painter, {markWidth / 2, y}, m_colors.value(i), number);
    paintMark(painter, {layout.grid.left() + at, layout.grid.top() - u * 0.5 - markWidth / 2}, m_colors.value(i), number);
    if (layout.names <= 0) continue;
    QFont font = small;
    if (isStrong) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(color(isStrong ? Token::Text : Token::Text2));
    painter.drawText(QRectF(u * (kMarkUnits + 1), y - metrics.height() / 2, layout.names, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, QFontMetricsF(font).elidedText(m_names[i], Qt::ElideRight, layout.names));
  }
  const bool hasValue = layout.cell >= numberedCell(false), hasChance = layout.cell >= numberedCell(true);
  const double gap = layout.cell > u ? 1 : 0;
  painter.setFont(caption);
  for (int a = 0; a < n; ++a) {
    for (int b = 0; b < n; ++b) {
      const QRectF cell = QRectF(layout.grid.left() + layout.cell * b, layout.grid.top() + layout.cell * a, layout.cell, layout.cell)
                              .adjusted(0, 0, -gap, -gap);
      const double is = value(a, b), by = chance(a, b);
      const bool isQuiet = a == b || std::isnan(is);
      const QColor fill = isQuiet ? color(Token::Inset) : Theme::viridis(is / m_top);
      drawRounded(painter, cell, std::min(3.0, layout.cell * 0.08), fill);
      if (a == b || !hasValue) continue;
      painter.setPen(isQuiet ? color(Token::Text2) : readableOn(fill));
      const double line = captionMetrics.height();
      if (!hasChance) {
        painter.drawText(cell, Qt::AlignCenter, shareText(is));
        continue;
      }
      const QRectF upper(cell.left(), cell.center().y() - line, cell.width(), line);
      QFont strong = caption;
      strong.setWeight(QFont::DemiBold);
      painter.setFont(strong);
      painter.drawText(upper, Qt::AlignCenter, shareText(is));
      painter.setFont(caption);
      painter.drawText(upper.translated(0, line), Qt::AlignCenter, chanceText(by));
    }
  }
  if (current >= 0) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color(Token::Text), 2));
    painter.drawRoundedRect(itemRect(current, size).adjusted(0, 0, -gap, -gap), 2, 2);
  }
  // The colour scale with its range.
  const double y = layout.grid.bottom() + u * 0.75, width = u * kLegendUnits, height = u * 0.75;
  QImage ramp(kLegendSteps, 1, QImage::Format_RGB32);
  for (int i = 0; i < kLegendSteps; ++i) ramp.setPixelColor(i, 0, Theme::viridis(double(i) / (kLegendSteps - 1)));
  painter.setFont(caption);
  painter.setPen(color(Token::Text2));
  double x = 0;
  painter.drawText(QRectF(x, y, u, captionMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter, u"0"_s);
  x += captionMetrics.horizontalAdvance(u"0"_s) + u * 0.5;
  painter.drawImage(QRectF(x, y + (captionMetrics.height() - height) / 2, width, height), ramp);
  x += width + u * 0.5;
  const QString top = QString::number(m_top, 'g', 2);
  const QString what = hasChance ? tr("%1   Jaccard; below it, by chance").arg(top) : tr("%1   Jaccard").arg(top);
  painter.drawText(QRectF(x, y, size.width() - x, captionMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                   captionMetrics.elidedText(what, Qt::ElideRight, size.width() - x));
}

}  // namespace gps::ui
