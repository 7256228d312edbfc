#include "widgets/imageviewer.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icon.h"
#include "widgets/imagelayers.h"
#include "widgets/imagetiles.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kBlinkMs = 700;
constexpr int kRestMs = 60;  // after a zoom, before a coarse view is made sharp
double cornerRadius() { return Theme::instance().unit() * 0.75; }
}  // namespace

ImageViewer::ImageViewer(QWidget* parent)
    : QWidget(parent), m_layers(std::make_unique<Layers>()), m_tiles(std::make_unique<Tiles>(*m_layers)) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  m_blink.setInterval(kBlinkMs);
  connect(&m_blink, &QTimer::timeout, this, [this] {
    m_blinkBefore = !m_blinkBefore;
    update();
    Q_EMIT blinked(m_blinkBefore);
  });
  m_refine.setSingleShot(true);
  connect(&m_refine, &QTimer::timeout, this, &ImageViewer::refine);
  connect(&Theme::instance(), &Theme::changed, this, &ImageViewer::viewChanged);
}

ImageViewer::~ImageViewer() = default;

void ImageViewer::setImage(const std::shared_ptr<const RgbImage>& image) { setPicture(PicturePyramid::of(image)); }

void ImageViewer::setPicture(std::shared_ptr<const PicturePyramid> picture) {
  const auto& old = m_layers->image;
  const bool sameSize = old && picture && old->width() == picture->width() && old->height() == picture->height();
  m_layers->image = std::move(picture);
  pictureChanged();
  m_hoverPixel = {-1, -1};
  if (!sameSize || m_fitted) fit();
}

void ImageViewer::pictureChanged() {
  m_tiles->pictureChanged();
  update();
}

void ImageViewer::setPrediction(const std::shared_ptr<const ProbabilityMap>& map, const QString& label) {
  setPrediction(MapPyramid::of(map), label);
}

void ImageViewer::setPrediction(std::shared_ptr<const MapPyramid> map, const QString& label) {
  m_afterLabel = label;
  update();
  if (map == m_layers->maps[Layers::After]) return;
  m_layers->maps[Layers::After] = std::move(map);
  m_layers->mapChanged(Layers::After);
  m_tiles->overlayChanged();
}

void ImageViewer::setBefore(const std::shared_ptr<const ProbabilityMap>& map, const QString& label) {
  setBefore(MapPyramid::of(map), label);
}

void ImageViewer::setBefore(std::shared_ptr<const MapPyramid> map, const QString& label) {
  m_beforeLabel = label;
  update();
  if (map == m_layers->maps[Layers::Before]) return;
  m_layers->maps[Layers::Before] = std::move(map);
  m_layers->mapChanged(Layers::Before);
  m_tiles->overlayChanged();
}

void ImageViewer::setTruth(const std::shared_ptr<const MaskImage>& mask) { setTruth(MaskPyramid::of(mask)); }

void ImageViewer::setTruth(std::shared_ptr<const MaskPyramid> mask) {
  m_layers->truth = std::move(mask);
  m_layers->truthChanged();
  m_tiles->overlayChanged();
  update();
}

OverlayStyle ImageViewer::overlayStyle() const { return m_layers->style; }

void ImageViewer::setOverlayStyle(const OverlayStyle& style) {
  OverlayStyle& own = m_layers->style;
  if (style == own) return;
  OverlayStyle atFormer = style;
  atFormer.threshold = own.threshold;
  const double former = own.threshold;
  if (!(atFormer == own)) {
    own = style;
    m_tiles->overlayChanged();
    update();
    return;
  }
  // Only where the prediction looks otherwise now.
  own = style;
  if (!m_layers->image || !isVisible() || m_hidden) return update();
  const double ratio = devicePixelRatioF();
  QRegion changed = m_tiles->thresholdChanged(former, style.threshold, Layers::Side(mainSide()));
  if (m_mode == Mode::Wipe || m_mode == Mode::Blink)
    changed += m_tiles->thresholdChanged(former, style.threshold, m_mode == Mode::Blink ? Layers::After : Layers::Before);
  if (changed.isEmpty()) return;
  // One rectangle: drawing pictures through a region of many parts costs more than the parts between them.
  const QRectF part = changed.boundingRect().translated(-m_tiles->view().topLeft());
  update(QRectF(part.topLeft() / ratio, part.size() / ratio).toAlignedRect().adjusted(-1, -1, 1, 1));
}

int ImageViewer::mainSide() const {
  switch (m_mode) {
    case Mode::Errors:
      return Layers::Errors;
    case Mode::Change:
      return Layers::Change;
    case Mode::Wipe:
      return m_holdsOther ? Layers::Before : Layers::After;
    default:
      return showsBefore() ? Layers::Before : Layers::After;
  }
}

double ImageViewer::brightness() const { return m_layers->brightness; }
double ImageViewer::contrast() const { return m_layers->contrast; }

void ImageViewer::setLevels(double brightness, double contrast) {
  brightness = std::clamp(brightness, -1.0, 1.0), contrast = std::clamp(contrast, 0.25, 4.0);
  if (brightness == m_layers->brightness && contrast == m_layers->contrast) return;
  m_layers->brightness = brightness, m_layers->contrast = contrast;
  pictureChanged();
}

void ImageViewer::setMode(Mode mode) {
  m_mode = mode;
  m_blinkBefore = false;
  // Nothing moves by itself where that is not wished; the key of the other prediction still flips.
  if (mode == Mode::Blink && !Theme::instance().reducedMotion())
    m_blink.start();
  else
    m_blink.stop();
  update();
}

void ImageViewer::setPlaceholder(const QString& text) {
  m_placeholder = text;
  update();
}

void ImageViewer::setStale(bool stale) {
  m_stale = stale;
  update();
}

void ImageViewer::setOverlayHidden(bool hidden) {
  if (hidden == m_hidden) return;
  m_hidden = hidden;
  update();
}

void ImageViewer::setDivider(double share) {
  m_divider = std::clamp(share, 0.0, 1.0);
  update();
}

double ImageViewer::fitScale() const {
  const auto& image = m_layers->image;
  if (!image || width() <= 0 || height() <= 0) return 1;
  return std::min(double(width()) / image->width(), double(height()) / image->height());
}

double ImageViewer::actualSize() const { return 1 / devicePixelRatioF(); }

void ImageViewer::fit() {
  m_fitted = true;
  m_zoom = fitScale();
  clampPan();
  viewChanged();
  Q_EMIT zoomChanged(m_zoom);
}

void ImageViewer::zoomTo(double scale) { zoomAt(QPointF(width() / 2.0, height() / 2.0), scale); }

void ImageViewer::zoomAt(const QPointF& widgetPos, double scale) {
  if (!m_layers->image) return;
  const QPointF fixed = imageAt(widgetPos);
  const double least = std::min(fitScale(), actualSize());
  m_zoom = std::clamp(scale, least, std::max(40.0, fitScale()));
  m_fitted = std::abs(m_zoom - fitScale()) < 1e-9;
  m_pan = widgetPos - fixed * m_zoom;
  clampPan();
  moved();
  Q_EMIT zoomChanged(m_zoom);
}

void ImageViewer::clampPan() {
  const auto& image = m_layers->image;
  if (!image) return;
  // A side that fits is centred; a longer one never leaves a gap.
  const auto along = [](double pan, double picture, double room) {
    return picture <= room ? (room - picture) / 2 : std::clamp(pan, room - picture, 0.0);
  };
  m_pan = {along(m_pan.x(), image->width() * m_zoom, width()), along(m_pan.y(), image->height() * m_zoom, height())};
}

void ImageViewer::viewChanged() {
  // What stands in is made sharp once the hand rests.
  if (m_refine.isActive()) m_refine.start(kRestMs);
  update();
}

void ImageViewer::moved() {
  viewChanged();
  Q_EMIT viewMoved();
}

ImageViewer::View ImageViewer::view() const { return {imageAt(QPointF(width() / 2.0, height() / 2.0)), m_zoom, m_fitted}; }

void ImageViewer::setView(const View& view) {
  if (!m_layers->image) return;
  if (view.isFitted) {
    m_fitted = true;
    m_zoom = fitScale();
  } else {
    m_zoom = std::clamp(view.zoom, std::min(fitScale(), actualSize()), std::max(40.0, fitScale()));
    m_fitted = std::abs(m_zoom - fitScale()) < 1e-9;
    m_pan = QPointF(width() / 2.0, height() / 2.0) - view.centre * m_zoom;
  }
  clampPan();
  viewChanged();
}

void ImageViewer::setMarker(std::optional<QPointF> imagePos) {
  if (imagePos == m_marker) return;
  m_marker = imagePos;
  update();
}

bool ImageViewer::isSharp() const { return !m_tiles->isCoarse(); }

void ImageViewer::refine() {
  if (m_tiles->refine()) m_refine.start(0);
  update();
}

QPointF ImageViewer::imageAt(const QPointF& widgetPos) const { return (widgetPos - m_pan) / m_zoom; }
QPointF ImageViewer::widgetAt(const QPointF& imagePos) const { return imagePos * m_zoom + m_pan; }

QRectF ImageViewer::shownRect() const {
  return QRectF(m_pan, QSizeF(m_layers->image->width(), m_layers->image->height()) * m_zoom).intersected(QRectF(rect()));
}

Composition ImageViewer::composition() const {
  using What = Composition::What;
  Composition now;
  now.picture = m_layers->image;
  now.shown = m_layers->maps[Layers::After];
  now.before = m_layers->maps[Layers::Before];
  now.truth = m_layers->truth;
  now.style = m_layers->style;
  now.brightness = m_layers->brightness;
  now.contrast = m_layers->contrast;
  now.what = m_hidden                             ? What::Bare
             : m_mode == Mode::Errors             ? What::Errors
             : m_mode == Mode::Change             ? What::Change
             : m_mode == Mode::Wipe && now.before ? What::Wipe
                                                  : What::Shown;  // blinking shows the other one half of the time
  if (now.picture) now.divider = std::clamp(imageAt(QPointF(m_divider * width(), 0)).x() / now.picture->width(), 0.0, 1.0);
  return now;
}

void ImageViewer::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  // Nothing lies below this widget: what the picture does not cover is filled here, what it covers not at all.
  QRegion ground = event->region();
  if (m_layers->image && !m_stale) ground -= shownRect().toAlignedRect().adjusted(1, 1, -1, -1);
  for (const QRect& part : ground) painter.fillRect(part, Theme::instance().color(Token::Surface));
  if (!m_layers->image) return paintPlaceholder(painter);
  if (m_stale) painter.setOpacity(0.45);
  paintPicture(painter, event->rect());
  paintCorners(painter);
  if (m_mode == Mode::Wipe && !m_hidden) paintDivider(painter);
  if (m_marker) paintMarker(painter);
  paintChips(painter);
  if (m_tiles->isCoarse() && !m_refine.isActive()) m_refine.start(kRestMs);
}

void ImageViewer::paintPicture(QPainter& painter, const QRect& changed) {
  const double ratio = devicePixelRatioF();
  const QPoint corner = (m_pan * ratio).toPoint();
  m_tiles->setView(m_zoom * ratio, ratio, QRect(-corner, (QSizeF(size()) * ratio).toSize()));
  const auto draw = [&](int side, const QRect& area) {
    const QRect visible = area.intersected(changed);
    if (visible.isEmpty()) return;
    painter.save();
    painter.setClipRect(visible);
    painter.scale(1 / ratio, 1 / ratio);  // device pixels: tiles are copied as they are
    painter.translate(corner);
    const QRectF device(QPointF(visible.topLeft()) * ratio - QPointF(corner), QSizeF(visible.size()) * ratio);
    m_tiles->draw(painter, Layers::Side(m_hidden ? Layers::Bare : side), device.toAlignedRect());
    painter.restore();
  };
  if (m_mode != Mode::Wipe || m_hidden) return draw(mainSide(), rect());
  const int x = qRound(m_divider * width());
  draw(m_holdsOther ? Layers::After : Layers::Before, QRect(0, 0, x, height()));
  draw(mainSide(), QRect(x, 0, width() - x, height()));
}

// Round corners without a clip: what lies between the corner and its arc takes the colour of the card.
void ImageViewer::paintCorners(QPainter& painter) const {
  const QRectF shown = shownRect();
  QPainterPath rest;
  rest.addRect(shown.adjusted(-0.5, -0.5, 0.5, 0.5));
  rest.addRoundedRect(shown, cornerRadius(), cornerRadius());
  painter.save();
  painter.setOpacity(1);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillPath(rest, Theme::instance().color(Token::Surface));
  painter.restore();
}

QString ImageViewer::hoverText() const {
  const auto number = [](double value) { return QString::number(value, 'f', 2); };
  const QString x = QString::number(m_hoverPixel.x()), y = QString::number(m_hoverPixel.y());
  if (m_mode == Mode::Change && m_hoverBefore >= 0)
    return tr("p %1 → %2 (%3) at %4, %5")
        .arg(number(m_hoverBefore), number(m_hoverProbability), signedNumber(m_hoverProbability - m_hoverBefore, 2), x, y);
  return tr("p %1 at %2, %3").arg(number(m_hoverProbability), x, y);
}

void ImageViewer::paintChips(QPainter& painter) const {
  const double limit = width() - 4 * Theme::instance().unit();
  if (m_mode == Mode::Wipe) {
    paintChip(painter, m_holdsOther ? m_afterLabel : m_beforeLabel, Qt::AlignLeft | Qt::AlignTop, limit / 2);
    paintChip(painter, m_holdsOther ? m_beforeLabel : m_afterLabel, Qt::AlignRight | Qt::AlignTop, limit / 2);
  } else if (m_mode == Mode::Change) {
    const bool isBoth = m_layers->fits(Layers::After) && m_layers->fits(Layers::Before);
    paintChip(painter, isBoth ? tr("%1 → %2").arg(m_beforeLabel, m_afterLabel) : m_afterLabel, Qt::AlignRight | Qt::AlignTop, limit);
  } else {
    paintChip(painter, showsBefore() ? m_beforeLabel : m_afterLabel, (showsBefore() ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop,
              limit);
  }
  if (m_hoverProbability >= 0) paintChip(painter, hoverText(), Qt::AlignLeft | Qt::AlignBottom, limit);
  if (brightness() != 0 || contrast() != 1)
    paintChip(painter, tr("brightness %1, contrast × %2").arg(signedNumber(brightness(), 2), QString::number(contrast(), 'f', 2)),
              Qt::AlignRight | Qt::AlignBottom, limit);
}

void ImageViewer::paintMarker(QPainter& painter) const {
  const double arm = Theme::instance().unit(), gap = arm * 0.4;
  const QPointF at = widgetAt(*m_marker);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const auto& [part, width] : {std::pair{OverlayPart::Halo, 3.5}, {OverlayPart::Truth, 1.5}}) {
    painter.setPen(QPen(Theme::overlayColor(part), width));
    for (const QPointF& to : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) painter.drawLine(at + to * gap, at + to * arm);
  }
}

void ImageViewer::paintDivider(QPainter& painter) const {
  const double u = Theme::instance().unit(), x = std::round(m_divider * width());
  const QRectF shown = shownRect();
  const QColor white = Theme::overlayColor(OverlayPart::Truth), dark = Theme::overlayColor(OverlayPart::Halo);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor edge = dark;
  edge.setAlphaF(0.4f);
  painter.fillRect(QRectF(x - 1.75, shown.top(), 3.5, shown.height()), edge);
  painter.fillRect(QRectF(x - 1, shown.top(), 2, shown.height()), white);
  const QPointF at(x, shown.center().y());
  const double d = u * 3;
  drawRounded(painter, QRectF(at.x() - d / 2, at.y() - d / 2, d, d), d / 2, white, edge, 1);
  drawChevron(painter, at - QPointF(u * 0.5, 0), u * 0.9, 90, dark);
  drawChevron(painter, at + QPointF(u * 0.5, 0), u * 0.9, -90, dark);
}

void ImageViewer::paintChip(QPainter& painter, const QString& text, Qt::Alignment corner, double limit) const {
  if (text.isEmpty()) return;
  const Theme& theme = Theme::instance();
  const double u = theme.unit();
  const QFont font = theme.font(TextRole::Small);
  const QFontMetricsF metrics(font);
  const QString shown = metrics.elidedText(text, Qt::ElideRight, limit - u * 2);
  const QSizeF size(metrics.horizontalAdvance(shown) + u * 2, metrics.height() + u);
  const QRectF area = shownRect();
  const double x = corner & Qt::AlignRight ? area.right() - u - size.width() : area.left() + u;
  const double y = corner & Qt::AlignBottom ? area.bottom() - u - size.height() : area.top() + u;
  QColor ground = Theme::overlayColor(OverlayPart::Halo);
  ground.setAlphaF(0.78f);
  drawRounded(painter, QRectF(QPointF(x, y), size), size.height() / 2, ground);
  painter.setFont(font);
  painter.setPen(Theme::overlayColor(OverlayPart::Truth));
  painter.drawText(QRectF(QPointF(x, y), size), Qt::AlignCenter, shown);
}

void ImageViewer::paintPlaceholder(QPainter& painter) const {
  const Theme& theme = Theme::instance();
  drawRounded(painter, rect(), cornerRadius(), theme.color(Token::Inset));
  const int side = theme.px(5);
  painter.drawPixmap(QPointF((width() - side) / 2.0, height() / 2.0 - side),
                     iconPixmap(u"image"_s, theme.color(Token::Ghost), side, devicePixelRatioF()));
  painter.setFont(theme.font(TextRole::Body));
  painter.setPen(theme.color(Token::Text2));
  const double margin = theme.unit() * 3;
  painter.drawText(QRectF(margin, height() / 2.0 + theme.unit(), width() - 2 * margin, height() / 2.0),
                   Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_placeholder);
}

QSize ImageViewer::sizeHint() const {
  return {Theme::instance().px(70), m_sharesHeight ? minimumSizeHint().height() : Theme::instance().px(60)};
}
void ImageViewer::setSharesHeight(bool on) {
  m_sharesHeight = on;
  updateGeometry();
}
QSize ImageViewer::minimumSizeHint() const { return {Theme::instance().px(24), Theme::instance().px(20)}; }

}  // namespace gps::ui
