#pragma once
// Boxes and points that a person sets on the picture of a viewer, laid over it while they are being set.
// Drag draws the box, a click sets a point that belongs to it, a right or Alt click one that does not. With the keys: the arrows move a
// crosshair (Shift: far), Enter sets a point, Shift+Enter one that does not belong, B begins and ends the box. Backspace and Ctrl+Z take
// the last one back, Escape leaves. What the layer does not want (wheel, middle drag, other keys) goes to the viewer.
#include <QRectF>
#include <QWidget>
#include <optional>

#include "core/values/prompts.h"

namespace gps::ui {

class ImageViewer;

class PromptLayer : public QWidget {
  Q_OBJECT
 public:
  // Covers the viewer, hidden until setActive; the viewer owns it.
  explicit PromptLayer(ImageViewer& viewer);
  void setActive(bool on);  // takes the focus
  bool isActive() const { return m_isActive; }
  void setPrompts(const PromptSet& prompts);  // in pixels of the picture
  const PromptSet& prompts() const { return m_prompts; }
  void setPictureSize(const QSize& size);  // what is set stays inside
  void setPointsAllowed(bool on);          // else clicks are refused

 Q_SIGNALS:
  void boxDrawn(const QRectF& box);  // pixels of the picture, inside of it
  void pointSet(const QPointF& place, bool include);
  void pointRefused();
  void undoRequested();
  void leaveRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QPointF clamped(const QPointF& place) const;
  QRectF boxOf(const QPointF& a, const QPointF& b) const;
  void givePoint(const QPointF& place, bool include);
  void giveBox(const QPointF& from, const QPointF& to);
  void moveCrosshair(const QPointF& by);
  bool takesKey(QKeyEvent* event);
  void describe();
  ImageViewer& m_viewer;
  PromptSet m_prompts;
  QSize m_picture;
  std::optional<QPointF> m_press, m_boxFrom, m_boxTo;  // picture coordinates but for m_press
  std::optional<QPointF> m_crosshair;                  // once the keys were used
  Qt::MouseButton m_button = Qt::NoButton;
  bool m_isActive = false, m_takesPoints = true, m_isKeyBox = false;
};

}  // namespace gps::ui
