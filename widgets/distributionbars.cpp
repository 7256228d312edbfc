#include "widgets/distributionbars.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

DistributionBars::DistributionBars(QWidget* parent) : QWidget(parent), m_bins(20, 0), m_marked(std::numeric_limits<double>::quiet_NaN()) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void DistributionBars::setValues(const QList<double>& values, int bins) {
  m_bins = QList<int>(std::max(1, bins), 0);
  for (const double v : values) {
    if (std::isnan(v)) continue;
    ++m_bins[std::clamp(int(v * double(m_bins.size())), 0, int(m_bins.size()) - 1)];
  }
  m_hovered = -1;
  update();
}

void DistributionBars::setCaption(const QString& text) {
  m_caption = text;
  update();
}

void DistributionBars::setMarked(double value) {
  m_marked = value;
  update();
}

TextTable DistributionBars::table() const {
  return {
      {QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("images")}, m_bins.size(), [bins = m_bins](qsizetype row, int column) {
        return column == 2 ? QString::number(bins[row]) : QString::number(double(row + column) / double(bins.size()), 'g', 6);
      }};
}

QSize DistributionBars::sizeHint() const { return {Theme::instance().px(24), Theme::instance().px(12)}; }
QSize DistributionBars::minimumSizeHint() const { return {Theme::instance().px(16), Theme::instance().px(8)}; }

void DistributionBars::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  const QFont font = theme.font(TextRole::Caption);
  const double foot = QFontMetricsF(font).height() + theme.unit() * 0.5, bottom = height() - foot;
  const int most = std::max(1, *std::max_element(m_bins.begin(), m_bins.end()));
  const double each = double(width()) / double(m_bins.size());
  const int marked = std::isnan(m_marked) ? -1 : std::clamp(int(m_marked * double(m_bins.size())), 0, int(m_bins.size()) - 1);
  painter.fillRect(QRectF(0, bottom, width(), theme.lineWidth()), theme.color(Token::Line));
  for (int i = 0; i < m_bins.size(); ++i) {
    QColor color = i == marked ? theme.color(Token::Bad) : theme.runColor(0);
    if (i == m_hovered) color = mixed(color, theme.color(Token::Text), 0.25);
    // One picture is still a mark that can be seen.
    const double h = m_bins[i] == 0 ? 0 : std::max(theme.unit() * 0.4, (bottom - 2) * m_bins[i] / most);
    if (h <= 0) continue;
    drawRounded(painter, QRectF(each * i + 0.5, bottom - h, each - 1.5, h), 1.5, color);
  }
  painter.setFont(font);
  painter.setPen(theme.color(Token::Text2));
  const QRectF row(0, bottom + theme.unit() * 0.5, width(), foot - theme.unit() * 0.5);
  painter.drawText(row, Qt::AlignLeft | Qt::AlignTop, QStringLiteral("0"));
  painter.drawText(row, Qt::AlignRight | Qt::AlignTop, m_caption.isEmpty() ? QStringLiteral("1") : m_caption + QStringLiteral(" 1"));
}

int DistributionBars::binAt(double x) const {
  const int bin = int(x / std::max(1.0, double(width())) * double(m_bins.size()));
  return bin < 0 || bin >= m_bins.size() ? -1 : bin;
}

void DistributionBars::showTip(int bin) {
  if (bin < 0) return QToolTip::hideText();
  const double step = 1.0 / double(m_bins.size());
  const QString text =
      tr("%1 – %2 · images: %3").arg(significant(bin * step, 2), significant((bin + 1) * step, 2), groupedCount(m_bins[bin]));
  QToolTip::showText(mapToGlobal(QPoint(int((bin + 0.5) * width() * step), 0)), text, this);
}

void DistributionBars::activate(int bin) {
  if (bin < 0 || m_bins[bin] == 0) return;
  const double step = 1.0 / double(m_bins.size());
  Q_EMIT rangeActivated(bin * step, (bin + 1) * step);
}

void DistributionBars::mouseMoveEvent(QMouseEvent* event) {
  const int bin = binAt(event->position().x());
  if (bin == m_hovered) return;
  m_hovered = bin;
  showTip(bin);
  update();
}

void DistributionBars::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) activate(binAt(event->position().x()));
}

void DistributionBars::leaveEvent(QEvent*) {
  m_hovered = -1;
  update();
}

void DistributionBars::keyPressEvent(QKeyEvent* event) {
  const int last = int(m_bins.size()) - 1;
  switch (event->key()) {
    case Qt::Key_Left:
      m_hovered = m_hovered < 0 ? last : std::max(0, m_hovered - 1);
      break;
    case Qt::Key_Right:
      m_hovered = m_hovered < 0 ? 0 : std::min(last, m_hovered + 1);
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return activate(m_hovered);
    default:
      return QWidget::keyPressEvent(event);
  }
  showTip(m_hovered);
  update();
}

}  // namespace gps::ui
