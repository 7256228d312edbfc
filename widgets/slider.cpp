#include "widgets/slider.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>

#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

namespace {
double knob() { return Theme::instance().unit() * 2; }
}  // namespace

Slider::Slider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void Slider::setMarks(const QList<std::pair<int, QString>>& marks) {
  m_marks = marks;
  updateGeometry();
  update();
}

QSize Slider::sizeHint() const {
  const Theme& theme = Theme::instance();
  return {theme.px(20), theme.px(m_marks.isEmpty() ? 3.5 : 5.25)};
}

QSize Slider::minimumSizeHint() const { return {Theme::instance().px(10), sizeHint().height()}; }

QRectF Slider::trackRect() const {
  const Theme& theme = Theme::instance();
  const double y = theme.unit() * 1.75, h = theme.unit() * 0.5;
  return {knob() / 2, y - h / 2, width() - knob(), h};
}

double Slider::trackX(int value) const {
  const QRectF track = trackRect();
  const double span = std::max(1, maximum() - minimum());
  return track.left() + track.width() * (value - minimum()) / span;
}

int Slider::valueAt(double x) const {
  const QRectF track = trackRect();
  const double share = std::clamp((x - track.left()) / std::max(1.0, track.width()), 0.0, 1.0);
  return minimum() + qRound(share * (maximum() - minimum()));
}

void Slider::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF track = trackRect();
  const double x = trackX(sliderPosition()), radius = track.height() / 2;
  const QColor accent = theme.color(isEnabled() ? Token::Accent : Token::Ghost);
  drawRounded(painter, track, radius, theme.color(Token::Inset), theme.isHighContrast() ? theme.color(Token::Line) : QColor(), 1);
  drawRounded(painter, QRectF(track.topLeft(), QPointF(x, track.bottom())), radius, accent);
  painter.setFont(theme.font(TextRole::Caption));
  const QFontMetricsF metrics(painter.font());
  for (const auto& [value, text] : m_marks) {
    const double at = trackX(value);
    painter.setPen(QPen(theme.color(Token::Ghost), 1));
    painter.drawLine(QPointF(at, track.bottom() + theme.unit() * 0.625), QPointF(at, track.bottom() + theme.unit() * 1.0));
    painter.setPen(theme.color(Token::Text2));
    const double w = metrics.horizontalAdvance(text) + 2;
    const double left = std::clamp(at - w / 2, 0.0, width() - w);
    painter.drawText(QRectF(left, track.bottom() + theme.unit() * 1.0, w, metrics.height() + 2), Qt::AlignCenter, text);
  }
  const QRectF handle(x - knob() / 2, track.center().y() - knob() / 2, knob(), knob());
  const QColor inside = underMouse() && isEnabled() ? mixed(theme.color(Token::Surface), accent, 0.14) : theme.color(Token::Surface);
  drawRounded(painter, handle, knob() / 2, isSliderDown() ? mixed(inside, accent, 0.25) : inside, accent, theme.unit() * 0.25);
}

void Slider::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QSlider::wheelEvent(event);
  else
    event->ignore();  // the form scrolls on
}

void Slider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(true);
  setSliderPosition(valueAt(event->position().x()));
  event->accept();
  update();
}

void Slider::mouseMoveEvent(QMouseEvent* event) {
  if (!isSliderDown()) return event->ignore();
  setSliderPosition(valueAt(event->position().x()));
  event->accept();
}

void Slider::mouseReleaseEvent(QMouseEvent* event) {
  if (!isSliderDown()) return event->ignore();
  setSliderDown(false);
  event->accept();
  update();
}

void Slider::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(false);
  setValue(m_default);
  Q_EMIT resetRequested();
}

}  // namespace gps::ui
