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
      return moved();
    case Drag::Levels:
      // Sideways contrast, up brightness; the widget's size is the whole range.
      return userLevels(brightness() - by.y() / std::max(1, height()), contrast() * std::pow(4.0, by.x() / std::max(1, width())));
  }
}

void ImageViewer::mouseReleaseEvent(QMouseEvent*) {
  m_drag = Drag::None;
  setCursor(overDivider(m_lastPos) ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void ImageViewer::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::RightButton) {
    perform(ViewerCommand::ResetLevels);
  } else if (event->button() == Qt::LeftButton && overDivider(event->position())) {
    setDivider(0.5);
  } else if (event->button() == Qt::LeftButton) {
    if (m_fitted)
      zoomAt(event->position(), std::max(actualSize(), m_zoom * 2));
    else
      perform(ViewerCommand::Fit);
  }
}

void ImageViewer::leaveEvent(QEvent*) { reportHover({-1, -1}); }

void ImageViewer::reportHover(const QPointF& pos) {
  const QPointF at = imageAt(pos);
  QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
  double probability = -1, other = -1;
  const auto& image = m_layers->image;
  const bool over = image && rect().contains(pos.toPoint()) && pixel.x() >= 0 && pixel.y() >= 0 && pixel.x() < image->width() &&
                    pixel.y() < image->height();
  if (!over) pixel = {-1, -1};
  // In a comparison the side under the pointer speaks.
  const bool isLeft = m_mode == Mode::Wipe && pos.x() < m_divider * width();
  const bool before = m_mode == Mode::Wipe ? isLeft != m_holdsOther : m_mode != Mode::Errors && m_mode != Mode::Change && showsBefore();
  const auto valueOf = [&](Layers::Side side) {
    return over && m_layers->fits(side) ? double(m_layers->maps[side]->level(0).row(pixel.y())[pixel.x()]) : -1.0;
  };
  probability = valueOf(before ? Layers::Before : Layers::After);
  if (m_mode == Mode::Change) other = valueOf(Layers::Before);
  if (pixel == m_hoverPixel && probability == m_hoverProbability && other == m_hoverBefore) return;
  m_hoverPixel = pixel;
  m_hoverProbability = probability;
  m_hoverBefore = other;
  update();
  Q_EMIT probabilityHovered(pixel, probability);
  Q_EMIT pointed(over ? std::optional<QPointF>(at) : std::nullopt);
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

void ImageViewer::userLevels(double brightness, double contrast) {
  setLevels(brightness, contrast);
  Q_EMIT levelsChanged(m_layers->brightness, m_layers->contrast);
}

bool ImageViewer::stepStyle(ViewerCommand command) {
  using C = ViewerCommand;
  constexpr double kStep = 0.05, kFine = 0.01;
  OverlayStyle style = overlayStyle();
  const auto step = [](double value, double by, double low, double high) {
    return std::clamp(std::round((value + by) * 100) / 100, low, high);
  };
  switch (command) {
    case C::LessOpacity:
    case C::MoreOpacity:
      style.opacity = step(style.opacity, command == C::LessOpacity ? -kStep : kStep, 0, 1);
      break;
    case C::LessOpacityFinely:
    case C::MoreOpacityFinely:
      style.opacity = step(style.opacity, command == C::LessOpacityFinely ? -kFine : kFine, 0, 1);
      break;
    case C::LowerThreshold:
    case C::HigherThreshold:
      style.threshold = step(style.threshold, command == C::LowerThreshold ? -kStep : kStep, 0.01, 0.99);
      break;
    case C::LowerThresholdFinely:
    case C::HigherThresholdFinely:
      style.threshold = step(style.threshold, command == C::LowerThresholdFinely ? -kFine : kFine, 0.01, 0.99);
      break;
    case C::ContourOnly:
      style.fill = !style.fill;
      if (!style.fill) style.contour = true;
      break;
    default:
      return false;
  }
  userStyle(style);
  return true;
}

bool ImageViewer::stepLevels(ViewerCommand command) {
  using C = ViewerCommand;
  constexpr double kBrightness = 0.05, kContrast = 1.25;
  const auto rounded = [](double value) { return std::round(value * 100) / 100; };
  switch (command) {
    case C::Brighter:
    case C::Darker:
      userLevels(rounded(brightness() + (command == C::Brighter ? kBrightness : -kBrightness)), contrast());
      return true;
    case C::MoreContrast:
    case C::LessContrast:
      userLevels(brightness(), rounded(command == C::MoreContrast ? contrast() * kContrast : contrast() / kContrast));
      return true;
    case C::ResetLevels:
      userLevels(0, 1);
      return true;
    default:
      return false;
  }
}

void ImageViewer::perform(ViewerCommand command) {
  using C = ViewerCommand;
  if (stepStyle(command) || stepLevels(command)) return;
  switch (command) {
    case C::Hide:
      return setOverlayHidden(true);
    case C::Other:
      m_holdsOther = true;
      return update();
    case C::Fit:
      fit();
      return Q_EMIT viewMoved();
    case C::ActualSize:
      return zoomTo(actualSize());
    case C::ZoomIn:
      return zoomTo(m_zoom * 1.25);
    case C::ZoomOut:
      return zoomTo(m_zoom / 1.25);
    case C::DividerLeft:
    case C::DividerRight:
      if (m_mode == Mode::Wipe) setDivider(m_divider + (command == C::DividerRight ? 0.02 : -0.02));
      return;
    case C::Previous:
      Q_EMIT previousRequested();
      break;
    case C::Next:
      Q_EMIT nextRequested();
      break;
    case C::NextMode:
      if (!m_isPart) return userMode(Mode((int(m_mode) + 1) % int(Mode::Errors)));
      break;
    case C::Errors:
      if (m_isPart) break;
      if (m_mode == Mode::Errors) return userMode(m_modeBeforeErrors);
      m_modeBeforeErrors = m_mode;
      return userMode(Mode::Errors);
    default:
      break;
  }
  Q_EMIT commanded(command);
}

void ImageViewer::release(ViewerCommand command) {
  if (command == ViewerCommand::Hide) setOverlayHidden(false);
  if (command == ViewerCommand::Other && m_holdsOther) {
    m_holdsOther = false;
    update();
    if (m_mode == Mode::Blink) Q_EMIT blinked(showsBefore());
  }
}

void ImageViewer::keyPressEvent(QKeyEvent* event) {
  const ViewerCommand command = commandOf(m_keys, *event);
  const bool isHeld = command == ViewerCommand::Hide || command == ViewerCommand::Other;
  if (command == ViewerCommand::None) return QWidget::keyPressEvent(event);
  if (!isHeld || !event->isAutoRepeat()) perform(command);
}

void ImageViewer::keyReleaseEvent(QKeyEvent* event) {
  const ViewerCommand command = commandOf(m_keys, *event);
  if (command == ViewerCommand::None) return QWidget::keyReleaseEvent(event);
  if (!event->isAutoRepeat()) release(command);
}

void ImageViewer::focusOutEvent(QFocusEvent* event) {
  // The keys may be let go in another window.
  release(ViewerCommand::Hide);
  release(ViewerCommand::Other);
  QWidget::focusOutEvent(event);
}

}  // namespace gps::ui
