// How the confusion matrix is drawn.
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "widgets/confusionmatrix.h"
#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kSmallCell = 2;  // device pixels; below it cells share pixels
constexpr double kGapFrom = 7;    // logical pixels; from here on cells have a gap between them
constexpr int kLegendSteps = 256;

double luminance(const QColor& color) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

// The root lets a single mistake among many be seen; the legend shows the same scale.
QColor ConfusionMatrix::shade(double share, bool right) const {
  const Theme& theme = Theme::instance();
  const bool strong = theme.isHighContrast();
  const QColor full = right    ? (strong ? theme.color(Token::Text) : theme.runColor(0))
                      : strong ? theme.color(Token::Bad)
                               : theme.runColor(3);
  const QColor none = strong ? theme.color(Token::Surface) : theme.color(Token::Inset);
  return share <= 0 ? none : mixed(none, full, 0.12 + 0.88 * std::sqrt(std::min(1.0, share)));
}

void ConfusionMatrix::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), Theme::instance().color(Token::Surface));
  if (m_classes.isEmpty() || m_grid.isEmpty()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.save();
  painter.setClipRect(m_grid.adjusted(-1, -1, 1, 1));
  if (cellSize() * devicePixelRatioF() < kSmallCell)
    paintSmallCells(painter);
  else
    paintCells(painter);
  if (Theme::instance().isHighContrast()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::gridColor(Theme::instance().name()), 1));
    painter.drawRect(m_grid.adjusted(0, 0, -0.5, -0.5));
  }
  painter.restore();
  paintLabels(painter);
  paintLegend(painter);
  if (m_selected.isValid()) paintRing(painter, m_selected, false);
  if (hasFocus() && m_showsFocus && m_current.isValid() && m_current != m_selected) paintRing(painter, m_current, true);
}

void ConfusionMatrix::paintCells(QPainter& painter) const {
  const Theme& theme = Theme::instance();
  const double s = cellSize(), gap = s >= kGapFrom ? 1 : 0;
  const int firstColumn = std::max(0, int(horizontalScrollBar()->value() / s)),
            firstRow = std::max(0, int(verticalScrollBar()->value() / s));
  const int lastColumn = std::min(classCount() - 1, int((horizontalScrollBar()->value() + m_grid.width()) / s));
  const int lastRow = std::min(classCount() - 1, int((verticalScrollBar()->value() + m_grid.height()) / s));
  const QFont font = theme.font(s >= theme.unit() * 5 ? TextRole::Small : TextRole::Caption);
  const QFontMetricsF metrics(font);
  const bool hasCounts = s >= std::max(metrics.horizontalAdvance(groupedCount(m_largest)), metrics.height()) + theme.unit() * 0.625;
  const QColor text = theme.color(Token::Text), surface = theme.color(Token::Surface);
  painter.setFont(font);
  painter.setRenderHint(QPainter::Antialiasing, gap > 0);
  for (int t = firstRow; t <= lastRow; ++t) {
    for (int p = firstColumn; p <= lastColumn; ++p) {
      const ConfusionCell cell{t, p};
      QColor color = shade(share(cell), t == p);
      if (cell == m_hovered) color = mixed(color, text, 0.18);
      const QRectF rect = cellRect(cell).adjusted(0, 0, -gap, -gap);
      if (gap > 0)
        drawRounded(painter, rect, std::min(3.0, s * 0.08), color);
      else
        painter.fillRect(rect, color);
      if (hasCounts && count(cell) > 0) {
        painter.setPen(contrast(text, color) >= contrast(surface, color) ? text : surface);
        painter.drawText(rect, Qt::AlignCenter, groupedCount(count(cell)));
      }
    }
  }
  painter.setRenderHint(QPainter::Antialiasing);
}

// Several cells share a pixel; the strongest of them counts, so that no mistake is lost.
const QImage& ConfusionMatrix::smallCells() const {
  const double ratio = devicePixelRatioF();
  const int side = std::max(1, int(std::floor(cellSize() * double(m_classes.size()) * ratio)));
  if (m_small.width() == side) return m_small;
  m_small = QImage(side, side, QImage::Format_RGB32);
  m_small.fill(shade(0, true));
  m_small.setDevicePixelRatio(ratio);
  QList<float> strongest(qsizetype(side) * side, 0);
  const auto pixelOf = [&](int index) { return std::min(side - 1, int(double(index) * side / double(m_classes.size()))); };
  const auto widen = [&](int index) {  // every cell has at least one pixel
    return std::max(pixelOf(index) + 1, std::min(side, int(std::ceil(double(index + 1) * side / double(m_classes.size())))));
  };
  for (int t = 0; t < classCount(); ++t) {
    for (int p = 0; p < classCount(); ++p) {
      const auto value = float(share({t, p}));
      if (value <= 0) continue;
      for (int y = pixelOf(t); y < widen(t); ++y) {
        auto* line = reinterpret_cast<QRgb*>(m_small.scanLine(y));
        for (int x = pixelOf(p); x < widen(p); ++x) {
          float& held = strongest[qsizetype(y) * side + x];
          if (value <= held) continue;
          held = value;
          line[x] = shade(double(value), t == p).rgb();
        }
      }
    }
  }
  return m_small;
}

void ConfusionMatrix::paintSmallCells(QPainter& painter) const {
  painter.drawImage(QPointF(m_grid.left() - horizontalScrollBar()->value(), m_grid.top() - verticalScrollBar()->value()), smallCells());
}

// Every n-th class has room for its name.
int ConfusionMatrix::labelStep() const {
  const double line = QFontMetricsF(Theme::instance().font(TextRole::Caption)).height();
  return std::max(1, int(std::ceil(line / cellSize())));
}

void ConfusionMatrix::paintLabels(QPainter& painter) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit(), s = cellSize();
  const QFont caption = theme.font(TextRole::Caption);
  const QFontMetricsF metrics(caption);
  const double line = metrics.height(), gap = u * 0.75;
  const bool upright = areColumnsUpright();
  const double rowRoom = m_names, columnRoom = upright ? s : m_grid.top() - line - u * 0.5 - gap;
  const ConfusionCell strong = m_hovered.isValid() ? m_hovered : hasFocus() && m_showsFocus ? m_current : m_selected;
  const auto paintOne = [&](bool isRow, int index, bool isStrong) {
    const QRectF cell = cellRect(isRow ? ConfusionCell{index, 0} : ConfusionCell{0, index});
    const QPointF centre = cell.center();
    const double at = isRow ? centre.y() : centre.x();
    if (at < (isRow ? m_grid.top() : m_grid.left()) || at > (isRow ? m_grid.bottom() : m_grid.right())) return;
    QFont font = caption;
    if (isStrong) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.color(isStrong ? Token::Text : Token::Text2));
    const auto shown = [&](double room) { return QFontMetricsF(font).elidedText(m_classes[index], Qt::ElideRight, room); };
    if (isRow) {
      const QRectF box(m_grid.left() - gap - rowRoom, at - line / 2, rowRoom, line);
      painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, shown(rowRoom));
    } else if (upright) {
      painter.drawText(QRectF(cell.left(), m_grid.top() - gap - line, s, line), Qt::AlignCenter, shown(s));
    } else {
      painter.save();
      painter.translate(at, m_grid.top() - gap);
      painter.rotate(-90);
      const QRectF box(0, -line / 2, columnRoom, line);
      painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, shown(columnRoom));
      painter.restore();
    }
    painter.setPen(QPen(theme.color(isStrong ? Token::Text : Token::Line), 1));
    if (isRow)
      painter.drawLine(QPointF(m_grid.left() - gap * 0.7, at), QPointF(m_grid.left() - gap * 0.2, at));
    else
      painter.drawLine(QPointF(at, m_grid.top() - gap * 0.7), QPointF(at, m_grid.top() - gap * 0.2));
  };
  const int each = labelStep();
  // The strong name stands alone where the others would touch it.
  const auto touches = [&](int i, int other) { return strong.isValid() && std::abs(i - other) * s < line; };
  for (int i = 0; i < classCount(); i += each) {
    if (!touches(i, strong.truth)) paintOne(true, i, false);
    if (!touches(i, strong.predicted)) paintOne(false, i, false);
  }
  if (strong.isValid()) {
    paintOne(true, strong.truth, true);
    paintOne(false, strong.predicted, true);
  }
  painter.setFont(caption);
  painter.setPen(theme.color(Token::Text2));
  const double axisX = m_grid.left() - gap - rowRoom - u * 0.5 - line;
  painter.drawText(QRectF(m_grid.left(), 0, viewport()->width() - m_grid.left(), line), Qt::AlignLeft | Qt::AlignVCenter,
                   tr("predicted class"));
  painter.save();
  painter.translate(std::max(0.0, axisX), m_grid.bottom());
  painter.rotate(-90);
  painter.drawText(QRectF(0, 0, m_grid.height(), line), Qt::AlignRight | Qt::AlignVCenter, tr("true class"));
  painter.restore();
}

void ConfusionMatrix::paintRing(QPainter& painter, ConfusionCell cell, bool dashed) const {
  const Theme& theme = Theme::instance();
  QRectF rect = cellRect(cell);
  // A cell of one pixel gets a ring that can be seen.
  const double least = theme.unit() * 1.25, grow = std::max(0.0, (least - rect.width()) / 2);
  rect.adjust(-grow, -grow, grow, grow);
  painter.save();
  painter.setClipRect(m_grid.adjusted(-theme.unit(), -theme.unit(), theme.unit(), theme.unit()));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.color(Token::Surface), 4));
  painter.drawRoundedRect(rect, 2, 2);
  painter.setPen(QPen(theme.color(dashed ? Token::Accent : Token::Text), 2, dashed ? Qt::DashLine : Qt::SolidLine));
  painter.drawRoundedRect(rect, 2, 2);
  painter.restore();
}

void ConfusionMatrix::paintLegend(QPainter& painter) const {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFont font = theme.font(TextRole::Caption);
  const QFontMetricsF metrics(font);
  painter.setFont(font);
  const double line = metrics.height(), top = m_grid.bottom() + u * 1.25, height = line * 0.6;
  const QString right = tr("recognised"), wrong = tr("taken for another"), scale = tr("0 – 100 % of the class");
  const double words = metrics.horizontalAdvance(right) + metrics.horizontalAdvance(wrong) + u * 3 + 6;
  const double width = std::clamp((viewport()->width() - words) / 2, u, u * 8), both = width * 2 + words;
  const double all = both + metrics.horizontalAdvance(scale) + u * 2;
  const bool hasScale = all <= viewport()->width();
  double x =
      std::clamp(m_grid.center().x() - (hasScale ? all : both) / 2, 0.0, std::max(0.0, viewport()->width() - (hasScale ? all : both)));
  const auto write = [&](const QString& text) {
    painter.setPen(theme.color(Token::Text2));
    const double room = metrics.horizontalAdvance(text) + 2;
    painter.drawText(QRectF(x, top, room, line), Qt::AlignLeft | Qt::AlignVCenter, text);
    x += room + u * 1.5;
  };
  const auto ramp = [&](bool isRight) {
    QImage steps(kLegendSteps, 1, QImage::Format_RGB32);
    for (int i = 0; i < kLegendSteps; ++i) steps.setPixelColor(i, 0, shade(double(i) / (kLegendSteps - 1), isRight));
    painter.drawImage(QRectF(x, top + (line - height) / 2, width, height), steps);
    x += width + u * 0.75;
  };
  ramp(true);
  write(right);
  ramp(false);
  write(wrong);
  if (hasScale) write(scale);
}

}  // namespace gps::ui
