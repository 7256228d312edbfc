#include "widgets/promptlayer.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <functional>

#include "widgets/imageviewer.h"
#include "widgets/theme.h"

namespace gps::ui {

namespace {

constexpr double kStep = 1, kFarStep = 16;  // screen pixels of the crosshair, times the unit over 4
constexpr double kLeastBox = 2;             // pixels of the picture

// On tissue: a bright line over a dark one, whatever lies under it.
void drawOver(QPainter& painter, const QColor& colour, double width, const std::function<void()>& draw) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Theme::overlayColor(OverlayPart::Halo), width + 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  draw();
  painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  draw();
}

}  // namespace

PromptLayer::PromptLayer(ImageViewer& viewer) : QWidget(&viewer), m_viewer(viewer) {
  setObjectName(QStringLiteral("promptLayer"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  viewer.installEventFilter(this);
  setGeometry(viewer.rect());
  hide();
  describe();
}

void PromptLayer::describe() {
  setAccessibleName(tr("Box and points on the picture"));
  const int include = int(std::count_if(m_prompts.points.begin(), m_prompts.points.end(), [](const auto& p) { return p.include; }));
  setAccessibleDescription(tr("Boxes: %1. Points that belong to it: %2. Points that do not: %3.")
                               .arg(m_prompts.box ? 1 : 0)
                               .arg(include)
                               .arg(int(m_prompts.points.size()) - include));
}

void PromptLayer::setActive(bool on) {
  if (on == m_isActive) return;
  m_isActive = on;
  m_press.reset();
  m_boxFrom.reset();
  m_isKeyBox = false;
  m_crosshair.reset();
  setVisible(on);
  if (on) {
    raise();
    setFocus();
    setCursor(Qt::CrossCursor);
  } else {
    m_viewer.setFocus();
  }
}

void PromptLayer::setPrompts(const PromptSet& prompts) {
  if (prompts == m_prompts) return;
  m_prompts = prompts;
  describe();
  update();
}

void PromptLayer::setPictureSize(const QSize& size) {
  m_picture = size;
  m_boxFrom.reset();
  m_isKeyBox = false;
  update();
}

void PromptLayer::setPointsAllowed(bool on) { m_takesPoints = on; }

QPointF PromptLayer::clamped(const QPointF& place) const {
  return {std::clamp(place.x(), 0.0, double(m_picture.width())), std::clamp(place.y(), 0.0, double(m_picture.height()))};
}

QRectF PromptLayer::boxOf(const QPointF& a, const QPointF& b) const { return QRectF(clamped(a), clamped(b)).normalized(); }

void PromptLayer::givePoint(const QPointF& place, bool include) {
  if (m_picture.isEmpty() || place != clamped(place)) return;
  if (!m_takesPoints) {
    Q_EMIT pointRefused();
    return;
  }
  Q_EMIT pointSet(place, include);
}

void PromptLayer::giveBox(const QPointF& from, const QPointF& to) {
  const QRectF box = boxOf(from, to);
  m_boxFrom.reset();
  update();
  if (box.width() >= kLeastBox && box.height() >= kLeastBox) Q_EMIT boxDrawn(box);
}

void PromptLayer::mousePressEvent(QMouseEvent* event) {
  const bool isOurs = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
  if (!isOurs || m_picture.isEmpty()) return event->ignore();
  m_press = event->position();
  m_button = event->button();
  m_isKeyBox = false;
  m_boxFrom.reset();
  m_crosshair.reset();
  event->accept();
}

void PromptLayer::mouseMoveEvent(QMouseEvent* event) {
  if (!m_press) return event->ignore();  // the viewer tells the probability under the pointer
  event->accept();
  if (m_button != Qt::LeftButton) return;
  const bool isDrag = (event->position() - *m_press).manhattanLength() >= QApplication::startDragDistance();
  if (!m_boxFrom && !isDrag) return;
  if (!m_boxFrom) m_boxFrom = m_viewer.imageAt(*m_press);
  m_boxTo = m_viewer.imageAt(event->position());
  update();
}

void PromptLayer::mouseReleaseEvent(QMouseEvent* event) {
  if (!m_press || event->button() != m_button) return event->ignore();
  event->accept();
  const QPointF press = *m_press;
  m_press.reset();
  if (m_boxFrom) return giveBox(*m_boxFrom, m_viewer.imageAt(event->position()));
  const bool isClick = (event->position() - press).manhattanLength() < QApplication::startDragDistance();
  const bool excludes = m_button == Qt::RightButton || event->modifiers().testFlag(Qt::AltModifier);
  if (isClick) givePoint(m_viewer.imageAt(press), !excludes);
}

// Two quick clicks are two points, not a change of the zoom.
void PromptLayer::mouseDoubleClickEvent(QMouseEvent* event) { mousePressEvent(event); }

void PromptLayer::moveCrosshair(const QPointF& by) {
  const QPointF from = m_crosshair ? m_viewer.widgetAt(*m_crosshair) : QRectF(rect()).center();
  m_crosshair = clamped(m_viewer.imageAt(m_crosshair ? from + by : from));
  if (m_isKeyBox) m_boxTo = m_crosshair;
  update();
}

bool PromptLayer::takesKey(QKeyEvent* event) {
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  const double step = Theme::instance().unit() / 4 * (shift ? kFarStep : kStep);
  if (event->matches(QKeySequence::Undo)) {
    Q_EMIT undoRequested();
    return true;
  }
  if (event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier)) return false;
  switch (event->key()) {
    case Qt::Key_Escape:
      if (m_boxFrom || m_press) {
        m_boxFrom.reset();
        m_press.reset();
        m_isKeyBox = false;
        update();
      } else {
        Q_EMIT leaveRequested();
      }
      return true;
    case Qt::Key_Backspace:
      Q_EMIT undoRequested();
      return true;
    case Qt::Key_Left:
      moveCrosshair({-step, 0});
      return true;
    case Qt::Key_Right:
      moveCrosshair({step, 0});
      return true;
    case Qt::Key_Up:
      moveCrosshair({0, -step});
      return true;
    case Qt::Key_Down:
      moveCrosshair({0, step});
      return true;
    case Qt::Key_B:
      if (!m_crosshair) moveCrosshair({});
      if (m_isKeyBox) {
        m_isKeyBox = false;
        giveBox(*m_boxFrom, *m_crosshair);
      } else {
        m_isKeyBox = true;
        m_boxFrom = m_boxTo = m_crosshair;
        update();
      }
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!m_crosshair) moveCrosshair({});
      if (m_isKeyBox) {
        m_isKeyBox = false;
        giveBox(*m_boxFrom, *m_crosshair);
      } else {
        givePoint(*m_crosshair, !shift);
      }
      return true;
    default:
      return false;
  }
}

void PromptLayer::keyPressEvent(QKeyEvent* event) { event->setAccepted(takesKey(event)); }

// Undo and Escape belong to the tool while it has the focus, whatever the window's shortcuts are.
bool PromptLayer::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    const QList<int> ours{Qt::Key_Escape, Qt::Key_Backspace, Qt::Key_Left,  Qt::Key_Right, Qt::Key_Up,
                          Qt::Key_Down,   Qt::Key_Return,    Qt::Key_Enter, Qt::Key_B};
    const bool isPlain = !(key->modifiers() & (Qt::ControlModifier | Qt::MetaModifier | Qt::AltModifier));
    if (key->matches(QKeySequence::Undo) || (isPlain && ours.contains(key->key()))) event->accept();
  }
  if (event->type() == QEvent::LanguageChange) describe();
  return QWidget::event(event);
}

bool PromptLayer::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &m_viewer && event->type() == QEvent::Resize) setGeometry(m_viewer.rect());
  return QWidget::eventFilter(watched, event);
}

void PromptLayer::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double unit = Theme::instance().unit();
  const QColor yellow(0xFF, 0xD4, 0x00), white(Qt::white);
  const auto toView = [this](double x, double y) { return m_viewer.widgetAt({x, y}); };
  std::optional<QRectF> box;
  if (m_boxFrom && m_boxTo)
    box = boxOf(*m_boxFrom, *m_boxTo);
  else if (m_prompts.box)
    box = QRectF(QPointF((*m_prompts.box)[0], (*m_prompts.box)[1]), QPointF((*m_prompts.box)[2], (*m_prompts.box)[3]));
  if (box) {
    const QRectF r(toView(box->left(), box->top()), toView(box->right(), box->bottom()));
    drawOver(painter, yellow, 2, [&] { painter.drawRect(r); });
  }
  // A sign in each, so that colour is not all that tells them apart.
  for (const PromptPoint& p : m_prompts.points) {
    const QPointF at = toView(p.x, p.y);
    const double radius = 0.9 * unit, arm = 0.5 * unit;
    painter.setPen(QPen(white, 1.5));
    painter.setBrush(p.include ? QColor(0x00, 0x72, 0xB2) : QColor(0x0B, 0x11, 0x18));
    painter.drawEllipse(at, radius + 1.5, radius + 1.5);
    painter.setPen(QPen(p.include ? white : yellow, 2.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0));
    if (p.include) painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm));
  }
  if (m_crosshair) {
    const QPointF at = m_viewer.widgetAt(*m_crosshair);
    const double gap = 0.4 * unit, arm = 1.6 * unit;
    drawOver(painter, white, 1.5, [&] {
      for (const QPointF& d : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) painter.drawLine(at + d * gap, at + d * arm);
    });
  }
}

}  // namespace gps::ui
