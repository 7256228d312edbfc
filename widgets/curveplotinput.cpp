// Mouse and keys of CurvePlot: reading values, moving and zooming.
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/button.h"
#include "widgets/curveplotparts.h"

namespace gps::ui {

namespace {
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSmallestShare = 1e-7;  // of the whole range: doubles still tell the pixels apart
constexpr double kWheelFactor = 0.85, kKeyFactor = 0.7, kPanShare = 0.1;
}  // namespace

bool CurvePlot::isZoomed() const { return !std::isnan(m_viewLow) || !std::isnan(m_boxLow); }

QPair<double, double> CurvePlot::view() const {
  const auto whole = wholeRange();
  return std::isnan(m_viewLow) ? whole : qMakePair(std::max(m_viewLow, whole.first), std::min(m_viewHigh, whole.second));
}

void CurvePlot::setView(double low, double high) {
  const auto whole = wholeRange();
  const double from = std::max(low, whole.first), to = std::min(high, whole.second);
  if (!(to > from)) return;
  const bool isAll = from <= whole.first && to >= whole.second;
  m_viewLow = isAll ? kNone : from;
  m_viewHigh = isAll ? kNone : to;
  queueReplot();
}

void CurvePlot::showAll() {
  if (!isZoomed()) return;
  m_viewLow = m_viewHigh = m_boxLow = m_boxHigh = kNone;
  queueReplot();
  const auto all = view();
  Q_EMIT viewChanged(all.first, all.second);
}

void CurvePlot::setUserView(double low, double high) {
  setView(low, high);
  const auto now = view();
  Q_EMIT viewChanged(now.first, now.second);
}

// Both in what the axis is linear in.
void CurvePlot::zoom(double factor, double about) {
  const auto there = [this](double x) { return m_logX ? std::log10(x) : x; };
  const auto back = [this](double t) { return m_logX ? std::pow(10.0, t) : t; };
  const auto whole = wholeRange(), now = view();
  const double low = there(now.first), high = there(now.second), at = there(about);
  const double least = (there(whole.second) - there(whole.first)) * kSmallestShare;
  if (factor < 1 && high - low <= least) return;
  setUserView(back(at - (at - low) * factor), back(at + (high - at) * factor));
}

void CurvePlot::pan(double share) {
  if (!isZoomed()) return;
  const auto there = [this](double x) { return m_logX ? std::log10(x) : x; };
  const auto back = [this](double t) { return m_logX ? std::pow(10.0, t) : t; };
  const auto whole = wholeRange(), now = view();
  const double low = there(now.first), high = there(now.second);
  const double by = std::clamp((high - low) * share, there(whole.first) - low, there(whole.second) - high);
  setUserView(back(low + by), back(high + by));
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_plot) return QWidget::eventFilter(watched, event);
  switch (event->type()) {
    case QEvent::Resize: {
      m_canvas->setGeometry(m_plot->rect());
      const QSize size = m_fit->sizeHint();
      m_fit->setGeometry(m_plot->width() - size.width() - Theme::instance().px(1), 0, size.width(), size.height());
      break;
    }
    case QEvent::MouseMove:
      moveMouse(*static_cast<QMouseEvent*>(event));
      break;
    case QEvent::Leave:
      hoverAt(0, false);
      break;
    case QEvent::MouseButtonPress: {
      const auto* press = static_cast<QMouseEvent*>(event);
      if (press->button() != Qt::LeftButton) break;
      setFocus(Qt::MouseFocusReason);
      m_pressed = m_dragged = press->position();
      m_drag = Drag::Pressed;
      std::tie(m_pressedLow, m_pressedHigh) = std::pair(view().first, view().second);
      break;
    }
    case QEvent::MouseButtonRelease: {
      if (static_cast<QMouseEvent*>(event)->button() != Qt::LeftButton) break;
      const Drag was = m_drag;
      m_drag = Drag::None;
      m_canvas->update();
      if (was == Drag::Pressed && !std::isnan(m_hoverX)) Q_EMIT xActivated(m_hoverX);
      if (was == Drag::Box) {
        const QRectF box = QRectF(m_pressed, m_dragged).normalized() & QRectF(m_plot->axisRect()->rect());
        if (box.width() < 4 || box.height() < 4) break;
        m_boxLow = m_plot->yAxis->pixelToCoord(box.bottom());
        m_boxHigh = m_plot->yAxis->pixelToCoord(box.top());
        setUserView(m_plot->xAxis->pixelToCoord(box.left()), m_plot->xAxis->pixelToCoord(box.right()));
      }
      break;
    }
    case QEvent::MouseButtonDblClick:
      m_drag = Drag::None;
      showAll();
      break;
    case QEvent::Wheel: {
      const auto* wheel = static_cast<QWheelEvent*>(event);
      const double turns = wheel->angleDelta().y() / 120.0;
      if ((!hasFocus() && !(wheel->modifiers() & Qt::ControlModifier)) || turns == 0) {
        event->ignore();
        return true;  // the page scrolls
      }
      if (wheel->modifiers() & Qt::ShiftModifier)
        pan(-turns * kPanShare);
      else
        zoom(std::pow(kWheelFactor, turns), m_plot->xAxis->pixelToCoord(wheel->position().x()));
      event->accept();
      return true;
    }
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void CurvePlot::moveMouse(QMouseEvent& event) {
  if (m_drag == Drag::None) return hoverAt(m_plot->xAxis->pixelToCoord(event.position().x()), true);
  m_dragged = event.position();
  if (m_drag == Drag::Pressed && (m_dragged - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
    m_drag = event.modifiers() & Qt::ShiftModifier ? Drag::Box : Drag::Pan;
    hoverAt(0, false);
  }
  if (m_drag == Drag::Box) m_canvas->update();
  if (m_drag != Drag::Pan || std::isnan(m_viewLow)) return;
  // From where it was taken hold of, so that what is under the pointer stays there.
  const auto there = [this](double x) { return m_logX ? std::log10(x) : x; };
  const auto back = [this](double t) { return m_logX ? std::pow(10.0, t) : t; };
  const auto whole = wholeRange();
  const double low = there(m_pressedLow), high = there(m_pressedHigh);
  const double wanted = (m_pressed.x() - m_dragged.x()) / std::max(1, m_plot->axisRect()->width()) * (high - low);
  const double by = std::clamp(wanted, there(whole.first) - low, there(whole.second) - high);
  setUserView(back(low + by), back(high + by));
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
  const bool isShift = event->modifiers() & Qt::ShiftModifier;
  const auto now = view();
  const double about = std::isnan(m_hoverX) || m_hoverX < now.first || m_hoverX > now.second
                           ? m_plot->xAxis->pixelToCoord(m_plot->axisRect()->center().x())
                           : m_hoverX;
  switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (std::isnan(m_hoverX)) return QWidget::keyPressEvent(event);
      return Q_EMIT xActivated(m_hoverX);
    case Qt::Key_Left:
    case Qt::Key_Right: {
      const int by = event->key() == Qt::Key_Right ? 1 : -1;
      return isShift ? pan(by * kPanShare) : readKey(by);
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(kKeyFactor, about);
    case Qt::Key_Minus:
      return zoom(1 / kKeyFactor, about);
    case Qt::Key_F:
    case Qt::Key_Home:
      return showAll();
    default:
      return QWidget::keyPressEvent(event);
  }
}

// The next x in view that any series has a point at.
void CurvePlot::readKey(int by) {
  const auto now = view();
  const bool isOut = std::isnan(m_hoverX) || m_hoverX < now.first || m_hoverX > now.second;
  double next = kNone;
  for (Series* s : std::as_const(m_series)) {
    if (s->finite == 0 || !s->visible) continue;
    settle(*s);
    const auto& x = s->x;
    if (by > 0) {
      auto at = isOut ? std::lower_bound(x.begin(), x.end(), now.first) : std::upper_bound(x.begin(), x.end(), m_hoverX);
      while (at != x.end() && std::isnan(s->y[at - x.begin()])) ++at;
      if (at != x.end()) next = std::fmin(next, *at);
    } else {
      auto at = isOut ? std::upper_bound(x.begin(), x.end(), now.second) : std::lower_bound(x.begin(), x.end(), m_hoverX);
      while (at != x.begin() && std::isnan(s->y[at - x.begin() - 1])) --at;
      if (at != x.begin()) next = std::fmax(next, *(at - 1));
    }
  }
  if (std::isnan(next)) return;
  if (next < now.first || next > now.second) {
    const double half = (now.second - now.first) / 2;
    setUserView(next - half, next + half);  // the view follows the reader
  }
  hoverAt(next, true);
}

}  // namespace gps::ui
