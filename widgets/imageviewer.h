#pragma once
// A picture with a prediction and the ground truth over it. Large pictures are read from halved copies, and only what is in sight is
// composed.
// Wheel zooms at the pointer, drag pans, right drag changes brightness and contrast, double right click resets them. The keys are those of
// viewerkeys.h; Space and the key of the other prediction act while held.
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/values/image.h"
#include "core/values/overlaystyle.h"
#include "widgets/composition.h"
#include "widgets/pyramids.h"
#include "widgets/viewerkeys.h"

namespace gps::ui {

class ImageViewer : public QWidget {
  Q_OBJECT
 public:
  enum class Mode { Overlay, Wipe, Blink, Change, Errors };
  // What is in sight: for views that move together.
  struct View {
    QPointF centre;   // picture coordinates
    double zoom = 1;  // logical widget pixels per picture pixel
    bool isFitted = true;
  };

  explicit ImageViewer(QWidget* parent = nullptr);
  ~ImageViewer() override;
  // Null clears. A new picture of another size is fitted; zoom and pan stay otherwise. Maps of another size than the picture
  // are not drawn. Given as they are they are halved here, on the GUI thread; large ones come as pyramids.
  void setImage(const std::shared_ptr<const RgbImage>& image);
  void setPicture(std::shared_ptr<const PicturePyramid> picture);
  void setPrediction(const std::shared_ptr<const ProbabilityMap>& map, const QString& label = {});  // "after"
  void setBefore(const std::shared_ptr<const ProbabilityMap>& map, const QString& label = {});      // to compare with
  void setPrediction(std::shared_ptr<const MapPyramid> map, const QString& label);
  void setBefore(std::shared_ptr<const MapPyramid> map, const QString& label);
  void setTruth(const std::shared_ptr<const MaskImage>& mask);
  void setTruth(std::shared_ptr<const MaskPyramid> mask);
  void setOverlayStyle(const OverlayStyle& style);
  OverlayStyle overlayStyle() const;
  void setMode(Mode mode);  // all but Overlay and Errors compare with `before`; without one they show the bare picture there
  Mode mode() const { return m_mode; }
  void setKeys(const ViewerKeys& keys) { m_keys = keys; }
  const ViewerKeys& keys() const { return m_keys; }
  // True: modes and cases are somebody else's, who hears commanded(); else the viewer goes through its own modes.
  void setIsPart(bool on) { m_isPart = on; }
  void setSharesHeight(bool on);        // asks for no more height than the least, and takes what there is
  void perform(ViewerCommand command);  // as by key; those of a held key end with release()
  void release(ViewerCommand command);
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
  View view() const;
  void setView(const View& view);  // does not emit viewMoved
  double brightness() const;       // −1 … 1
  double contrast() const;         // 0.25 … 4
  void setLevels(double brightness, double contrast);
  // A pointer in another view over the same place; null point: none.
  void setMarker(std::optional<QPointF> imagePos);
  bool isSharp() const;  // false while a coarse picture stands in for what is being composed
  bool isFitted() const { return m_fitted; }
  QPointF imageAt(const QPointF& widgetPos) const;  // picture coordinates, pixel centres at .5
  QPointF widgetAt(const QPointF& imagePos) const;
  // All of the picture as it is shown at this moment, at source resolution; for exports and tests.
  Composition composition() const;
  QImage composed() const { return composition().composed(); }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void probabilityHovered(const QPoint& pixel, double probability);  // −1 outside or without a map
  void pointed(const std::optional<QPointF>& imagePos);              // where the pointer is in the picture
  void zoomChanged(double scale);
  void viewMoved();                                          // zoom or pan, by the user
  void blinked(bool showsBefore);                            // Blink: which one came into sight, by itself or by key
  void levelsChanged(double brightness, double contrast);    // by the user
  void commanded(gps::ui::ViewerCommand command);            // by key, what the viewer does not do itself
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
  friend struct Composition;
  struct Layers;
  class Tiles;
  enum class Drag { None, Pan, Divider, Levels };
  void zoomAt(const QPointF& widgetPos, double scale);
  void clampPan();
  void viewChanged();
  void moved();
  void pictureChanged();
  double fitScale() const;
  double actualSize() const;  // scale of one picture pixel per device pixel
  bool overDivider(const QPointF& pos) const;
  bool showsBefore() const { return m_blinkBefore != m_holdsOther; }
  int mainSide() const;  // Layers::Side of what is drawn, or right of the divider
  void reportHover(const QPointF& pos);
  QString hoverText() const;
  void userStyle(const OverlayStyle& style);
  void userMode(Mode mode);
  void userLevels(double brightness, double contrast);
  bool stepStyle(ViewerCommand command);
  bool stepLevels(ViewerCommand command);
  void refine();
  void paintPicture(QPainter& painter, const QRect& changed);
  void paintDivider(QPainter& painter) const;
  void paintMarker(QPainter& painter) const;
  void paintCorners(QPainter& painter) const;
  void paintChips(QPainter& painter) const;
  void paintChip(QPainter& painter, const QString& text, Qt::Alignment corner, double limit) const;
  void paintPlaceholder(QPainter& painter) const;
  QRectF shownRect() const;  // the part of the widget that the picture covers
  std::unique_ptr<Layers> m_layers;
  std::unique_ptr<Tiles> m_tiles;
  ViewerKeys m_keys = defaultViewerKeys();
  QString m_afterLabel, m_beforeLabel, m_placeholder;
  Mode m_mode = Mode::Overlay, m_modeBeforeErrors = Mode::Overlay;
  QPointF m_pan;  // widget position of the picture's top left corner
  double m_zoom = 1, m_divider = 0.5;
  QPointF m_lastPos;
  QPoint m_hoverPixel{-1, -1};
  double m_hoverProbability = -1, m_hoverBefore = -1;
  std::optional<QPointF> m_marker;
  Drag m_drag = Drag::None;
  QTimer m_blink, m_refine;
  bool m_fitted = true, m_hidden = false, m_stale = false, m_blinkBefore = false, m_holdsOther = false, m_isPart = false,
       m_sharesHeight = false;
};

}  // namespace gps::ui
