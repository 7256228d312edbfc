#include "widgets/overlaylegend.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLinearGradient>
#include <QPainter>
#include <QToolTip>
#include <cmath>

#include "widgets/overlaycolours.h"
#include "widgets/theme.h"

namespace gps::ui {

namespace {
constexpr double kSwatch = 2.5, kScaleSwatch = 12, kGap = 0.75, kBetween = 2;  // units
// Tissue, so that the colours stand on what they stand on in the picture.
const QColor kTissue(0xFF8C3B32);
}  // namespace

OverlayLegend::OverlayLegend(QWidget* parent) : QWidget(parent) {
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void OverlayLegend::setKeys(const QList<OverlayKey>& keys) {
  if (keys == m_keys) return;
  m_keys = keys;
  QStringList texts;
  for (const OverlayKey& key : keys) texts << key.text;
  setAccessibleName(texts.join(QStringLiteral(", ")));
  updateGeometry();
  update();
}

double OverlayLegend::swatchWidth(const OverlayKey& key) const {
  return Theme::instance().unit() * (key.kind == OverlayKey::Kind::Scale ? kScaleSwatch : kSwatch);
}

double OverlayLegend::layout(double width, QList<QRectF>* boxes) const {
  const Theme& theme = Theme::instance();
  const QFontMetricsF metrics(theme.font(TextRole::Small));
  const double u = theme.unit(), line = metrics.height() + u * 0.25;
  double x = 0, y = 0;
  for (const OverlayKey& key : m_keys) {
    const double wide = swatchWidth(key) + u * kGap + metrics.horizontalAdvance(key.text);
    if (x > 0 && x + wide > width) x = 0, y += line;
    if (boxes) boxes->append(QRectF(x, y, std::min(wide, width), line));
    x += wide + u * kBetween;
  }
  return m_keys.isEmpty() ? 0 : y + line;
}

int OverlayLegend::heightForWidth(int width) const { return int(std::ceil(layout(width, nullptr))); }
QSize OverlayLegend::sizeHint() const {
  return {Theme::instance().px(30), heightForWidth(width() > 0 ? width() : Theme::instance().px(60))};
}
QSize OverlayLegend::minimumSizeHint() const { return {Theme::instance().px(16), int(std::ceil(layout(1e6, nullptr)))}; }

void OverlayLegend::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QList<QRectF> boxes;
  const double top = std::max(0.0, (height() - layout(width(), &boxes)) / 2);  // beside higher things in the middle
  for (QRectF& box : boxes) box.translate(0, top);
  painter.setFont(theme.font(TextRole::Small));
  for (qsizetype i = 0; i < boxes.size(); ++i) {
    const OverlayKey& key = m_keys[i];
    const QRectF box = boxes[i];
    const double wide = swatchWidth(key), high = u * 1.5;
    const QRectF swatch(box.left(), box.center().y() - high / 2, wide, high);
    painter.setPen(Qt::NoPen);
    if (key.kind == OverlayKey::Kind::Scale) {
      QLinearGradient colours(swatch.topLeft(), swatch.topRight());
      const auto at = [&colours](double t, const QColor& colour, double size) {
        colours.setColorAt(t, mixed(QColor(0xFF707070), colour, changeOpacity(size)));
      };
      at(0, lossColour(), 1), at(0.45, lossColour(), 0.1), at(0.5, lossColour(), 0), at(0.55, gainColour(), 0.1), at(1, gainColour(), 1);
      painter.setBrush(colours);
      painter.drawRoundedRect(swatch, u * 0.25, u * 0.25);
    } else {
      painter.setBrush(kTissue);
      painter.drawRoundedRect(swatch, u * 0.25, u * 0.25);
      const QColor halo = Theme::overlayColor(OverlayPart::Halo);
      const QLineF line(swatch.left() + 1, swatch.center().y(), swatch.right() - 1, swatch.center().y());
      switch (key.kind) {
        case OverlayKey::Kind::Line:
          painter.setPen(QPen(halo, 4.5, Qt::SolidLine, Qt::FlatCap));
          painter.drawLine(line);
          painter.setPen(QPen(key.color, 2, Qt::SolidLine, Qt::FlatCap));
          painter.drawLine(line);
          break;
        case OverlayKey::Kind::Dashes: {
          QPen pen(key.color, 1.6, Qt::CustomDashLine, Qt::FlatCap);
          pen.setDashPattern({3.4, 2.6});
          painter.setPen(pen);
          painter.drawLine(line);
          break;
        }
        default: {
          QColor wash = key.color;
          wash.setAlphaF(key.kind == OverlayKey::Kind::Area ? 0.75F : 0.35F);
          painter.setBrush(wash);
          painter.drawRoundedRect(swatch, u * 0.25, u * 0.25);
          if (key.kind == OverlayKey::Kind::Area) break;
          painter.setBrush(QBrush(key.color, key.kind == OverlayKey::Kind::Rising ? Qt::BDiagPattern : Qt::FDiagPattern));
          painter.drawRect(swatch);
        }
      }
    }
    painter.setPen(theme.color(Token::Text2));
    const double left = swatch.right() + u * kGap;
    painter.drawText(QRectF(left, box.top(), box.right() - left + 1, box.height()), Qt::AlignLeft | Qt::AlignVCenter, key.text);
  }
}

bool OverlayLegend::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  QList<QRectF> boxes;
  layout(width(), &boxes);
  for (qsizetype i = 0; i < boxes.size(); ++i)
    if (boxes[i].contains(help->pos()) && !m_keys[i].toolTip.isEmpty()) {
      QToolTip::showText(help->globalPos(), m_keys[i].toolTip, this);
      return true;
    }
  QToolTip::hideText();
  return true;
}

}  // namespace gps::ui
