#pragma once
// A picture with a prediction and the ground truth over it.
// Wheel and + − zoom (the wheel at the pointer), drag pans, F fits, 1 shows one picture pixel per device pixel, hold Space hides
// the overlay, C contour only, W next mode, E errors, [ ] opacity and , . threshold (Shift: fine), right drag brightness and
// contrast, double right click resets them, Ctrl+Left/Right move the divider, A / D and Left / Right ask for the previous and
// next case.
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <memory>

#include "core/values/image.h"
#include "core/values/overlaystyle.h"

namespace gps::ui {

class ImageViewer : public QWidget {
  Q_OBJECT
 public:
  enum class Mode { Overlay, Wipe, Blink, Errors };

  explicit ImageViewer(QWidget* parent = nullptr);
  ~ImageViewer() override;
  // Null clears. A new picture of another size is fitted; zoom and pan stay otherwise. Maps of another size than the picture
  // are not drawn.
  void setImage(std::shared_ptr<const RgbImage> image);
  void setPrediction(std::shared_ptr<const ProbabilityMap> map, const QString& label = {});  // "after"
  void setBefore(std::shared_ptr<const ProbabilityMap> map, const QString& label = {});      // for wipe and blink
  void setTruth(std::shared_ptr<const MaskImage> mask);
  void setOverlayStyle(const OverlayStyle& style);
  OverlayStyle overlayStyle() const;
  void setMode(Mode mode);  // Wipe and Blink compare with `before`; without one they show the bare picture there
  Mode mode() const { return m_mode; }
  void setPlaceholder(const QString& text);
  // The old picture stays, dimmed, until the next one is there.
  void setStale(bool stale);
  void setOverlayHidden(bool hidden);
  bool isOverlayHidden() const { return m_hidden; }
  void setDivider(double share);  // of the widget's width, 0…1
  double divider() const { return m_divider; }
  void fit();
  void zoomTo(double scale);  // logical widget pixels per picture pixel, about the middle
  double zoom() const { return m_zoom; }
  bool isFitted() const { return m_fitted; }
  QPointF imageAt(const QPointF& widgetPos) const;  // picture coordinates, pixel centres at .5
  QPointF widgetAt(const QPointF& imagePos) const;
  // The picture with its overlay at source resolution, as drawn in mode Overlay; for exports and tests.
  QImage composed() const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void probabilityHovered(const QPoint& pixel, double probability);  // −1 outside or without a map
  void zoomChanged(double scale);
  void modeChanged(gps::ui::ImageViewer::Mode mode);         // by key
  void overlayStyleChanged(const gps::OverlayStyle& style);  // by key
  void previousRequested();
  void nextRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct Layers;
  enum class Drag { None, Pan, Divider, Levels };
  void zoomAt(const QPointF& widgetPos, double scale);
  void clampPan();
  void viewChanged();
  double fitScale() const;
  double actualSize() const;  // scale of one picture pixel per device pixel
  bool overDivider(const QPointF& pos) const;
  void reportHover(const QPointF& pos);
  void userStyle(const OverlayStyle& style);
  void userMode(Mode mode);
  bool stepStyle(int key);
  void paintDivider(QPainter& painter) const;
  void paintChip(QPainter& painter, const QString& text, Qt::Alignment corner, double limit) const;
  void paintPlaceholder(QPainter& painter) const;
  std::unique_ptr<Layers> m_layers;
  QString m_afterLabel, m_beforeLabel, m_placeholder;
  Mode m_mode = Mode::Overlay, m_modeBeforeErrors = Mode::Overlay;
  QPointF m_pan;  // widget position of the picture's top left corner
  double m_zoom = 1, m_divider = 0.5;
  QPointF m_lastPos;
  QPoint m_hoverPixel{-1, -1};
  double m_hoverProbability = -1;
  Drag m_drag = Drag::None;
  QTimer m_blink;
  bool m_fitted = true, m_hidden = false, m_stale = false, m_blinkBefore = false;
};

}  // namespace gps::ui
