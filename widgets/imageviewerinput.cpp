// Mouse and keys of ImageViewer.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/imagelayers.h"
#include "widgets/imageviewer.h"
#include "widgets/theme.h"

namespace gps::ui {

void ImageViewer::resizeEvent(QResizeEvent*) {
  if (m_fitted)
    fit();
  else
    clampPan(), viewChanged();
}

void ImageViewer::wheelEvent(QWheelEvent* event) {
  if (!m_layers->image) return event->ignore();
  zoomAt(event->position(), m_zoom * std::pow(1.0015, event->angleDelta().y()));
  reportHover(event->position());
}

bool ImageViewer::overDivider(const QPointF& pos) const {
  return m_mode == Mode::Wipe && m_layers->image && std::abs(pos.x() - m_divider * width()) < Theme::instance().unit() * 1.5;
}

void ImageViewer::mousePressEvent(QMouseEvent* event) {
  m_lastPos = event->position();
  if (event->button() == Qt::RightButton)
    m_drag = Drag::Levels;
  else if (event->button() == Qt::LeftButton && overDivider(m_lastPos))
    m_drag = Drag::Divider;
  else if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton)
    m_drag = Drag::Pan;
  if (m_drag == Drag::Pan) setCursor(Qt::ClosedHandCursor);
}

void ImageViewer::mouseMoveEvent(QMouseEvent* event) {
  const QPointF pos = event->position(), by = pos - m_lastPos;
  m_lastPos = pos;
  switch (m_drag) {
    case Drag::None:
      setCursor(overDivider(pos) ? Qt::SplitHCursor : Qt::ArrowCursor);
      reportHover(pos);
      return;
    case Drag::Divider:
      return setDivider(pos.x() / std::max(1, width()));
    case Drag::Pan:
      m_pan += by;
      clampPan();
      return viewChanged();
    case Drag::Levels:
      // Sideways contrast, up brightness; the widget's size is the whole range.
      m_layers->contrast = std::clamp(m_layers->contrast * std::pow(4.0, by.x() / std::max(1, width())), 0.25, 4.0);
      m_layers->brightness = std::clamp(m_layers->brightness - by.y() / std::max(1, height()), -1.0, 1.0);
      m_layers->pictureChanged();
      return update();
  }
}

void ImageViewer::mouseReleaseEvent(QMouseEvent*) {
  m_drag = Drag::None;
  setCursor(overDivider(m_lastPos) ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void ImageViewer::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::RightButton) {
    m_layers->brightness = 0, m_layers->contrast = 1;
    m_layers->pictureChanged();
    update();
  } else if (event->button() == Qt::LeftButton && overDivider(event->position())) {
    setDivider(0.5);
  } else if (event->button() == Qt::LeftButton) {
    if (m_fitted)
      zoomAt(event->position(), std::max(actualSize(), m_zoom * 2));
    else
      fit();
  }
}

void ImageViewer::leaveEvent(QEvent*) { reportHover({-1, -1}); }

void ImageViewer::reportHover(const QPointF& pos) {
  const QPointF at = imageAt(pos);
  QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
  double probability = -1;
  const auto& image = m_layers->image;
  const bool over =
      image && rect().contains(pos.toPoint()) && pixel.x() >= 0 && pixel.y() >= 0 && pixel.x() < image->width && pixel.y() < image->height;
  if (!over) pixel = {-1, -1};
  // In a comparison the side under the pointer speaks.
  const bool before = (m_mode == Mode::Wipe && pos.x() < m_divider * width()) || (m_mode == Mode::Blink && m_blinkBefore);
  const auto& map = m_layers->maps[before ? Layers::Before : Layers::After];
  if (over && m_layers->fits(map)) probability = double(map->values[size_t(pixel.y()) * size_t(map->width) + size_t(pixel.x())]);
  if (pixel == m_hoverPixel && probability == m_hoverProbability) return;
  m_hoverPixel = pixel;
  m_hoverProbability = probability;
  update();
  Q_EMIT probabilityHovered(pixel, probability);
}

void ImageViewer::userStyle(const OverlayStyle& style) {
  setOverlayStyle(style);
  Q_EMIT overlayStyleChanged(style);
}

void ImageViewer::userMode(Mode mode) {
  if (mode == m_mode) return;
  setMode(mode);
  Q_EMIT modeChanged(mode);
}

bool ImageViewer::stepStyle(int key) {
  OverlayStyle style = overlayStyle();
  const auto step = [](double value, double by, double low, double high) {
    return std::clamp(std::round((value + by) * 100) / 100, low, high);
  };
  switch (key) {
    case Qt::Key_BracketLeft:
      style.opacity = step(style.opacity, -0.05, 0, 1);
      break;
    case Qt::Key_BracketRight:
      style.opacity = step(style.opacity, 0.05, 0, 1);
      break;
    case Qt::Key_BraceLeft:
      style.opacity = step(style.opacity, -0.01, 0, 1);
      break;
    case Qt::Key_BraceRight:
      style.opacity = step(style.opacity, 0.01, 0, 1);
      break;
    case Qt::Key_Comma:
      style.threshold = step(style.threshold, -0.05, 0.01, 0.99);
      break;
    case Qt::Key_Period:
      style.threshold = step(style.threshold, 0.05, 0.01, 0.99);
      break;
    case Qt::Key_Less:
      style.threshold = step(style.threshold, -0.01, 0.01, 0.99);
      break;
    case Qt::Key_Greater:
      style.threshold = step(style.threshold, 0.01, 0.01, 0.99);
      break;
    case Qt::Key_C:
      style.fill = !style.fill;
      if (!style.fill) style.contour = true;
      break;
    default:
      return false;
  }
  userStyle(style);
  return true;
}

void ImageViewer::keyPressEvent(QKeyEvent* event) {
  const bool control = event->modifiers() & Qt::ControlModifier;
  if (control && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && m_mode == Mode::Wipe)
    return setDivider(m_divider + (event->key() == Qt::Key_Right ? 0.02 : -0.02));
  if (control || event->modifiers() & (Qt::AltModifier | Qt::MetaModifier)) return QWidget::keyPressEvent(event);
  if (stepStyle(event->key())) return;
  switch (event->key()) {
    case Qt::Key_Space:
      return setOverlayHidden(true);
    case Qt::Key_F:
      return fit();
    case Qt::Key_1:
      return zoomTo(actualSize());
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomTo(m_zoom * 1.25);
    case Qt::Key_Minus:
      return zoomTo(m_zoom / 1.25);
    case Qt::Key_W:
      return userMode(m_mode == Mode::Overlay ? Mode::Wipe : m_mode == Mode::Wipe ? Mode::Blink : Mode::Overlay);
    case Qt::Key_E:
      if (m_mode == Mode::Errors) return userMode(m_modeBeforeErrors);
      m_modeBeforeErrors = m_mode;
      return userMode(Mode::Errors);
    case Qt::Key_A:
    case Qt::Key_Left:
      return Q_EMIT previousRequested();
    case Qt::Key_D:
    case Qt::Key_Right:
      return Q_EMIT nextRequested();
    default:
      return QWidget::keyPressEvent(event);
  }
}

void ImageViewer::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) return setOverlayHidden(false);
  QWidget::keyReleaseEvent(event);
}

void ImageViewer::focusOutEvent(QFocusEvent* event) {
  // The key may be let go in another window.
  setOverlayHidden(false);
  QWidget::focusOutEvent(event);
}

}  // namespace gps::ui
