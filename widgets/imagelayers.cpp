#include "widgets/imagelayers.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "widgets/contours.h"
#include "widgets/theme.h"

namespace gps::ui {

namespace {

QRgb washed(QRgb color, double opacity) {
  const int a = int(std::lround(std::clamp(opacity, 0.0, 1.0) * 255));
  return qPremultiply(qRgba(qRed(color), qGreen(color), qBlue(color), a));
}

// The outline in widget coordinates, without the points that lie closer than half a pixel to the one before.
QPolygonF onScreen(const QPolygonF& line, const QPointF& pan, double scale) {
  constexpr double kLeast = 0.5;
  QPolygonF out;
  out.reserve(line.size());
  for (qsizetype i = 0; i < line.size(); ++i) {
    const QPointF at(line[i].x() * scale + pan.x(), line[i].y() * scale + pan.y());
    const bool end = i == 0 || i + 1 == line.size();
    if (!end && std::abs(at.x() - out.last().x()) + std::abs(at.y() - out.last().y()) < kLeast) continue;
    out << at;
  }
  return out;
}

constexpr double kErrorOpacity = 0.5;  // errors must be told apart, so they never get fainter than this
constexpr double kCrispFrom = 5;       // device pixels per picture pixel from which pixels are shown as squares

}  // namespace

bool ImageViewer::Layers::fits(const std::shared_ptr<const ProbabilityMap>& map) const {
  return map && image && !map->empty() && map->width == image->width && map->height == image->height &&
         map->values.size() == size_t(map->width) * size_t(map->height);
}

bool ImageViewer::Layers::truthFits() const {
  return truth && image && !truth->empty() && truth->width == image->width && truth->height == image->height &&
         truth->pixels.size() == size_t(truth->width) * size_t(truth->height);
}

void ImageViewer::Layers::overlaysChanged() {
  m_fills = {};
  m_outlined = {};
  for (const Side side : {After, Before, Errors}) m_pixmaps[side] = {};  // the bare picture stays
}

void ImageViewer::Layers::truthChanged() {
  m_truthTraced = false;
  m_fills[Errors] = {};
  for (const Side side : {After, Before, Errors}) m_pixmaps[side] = {};
}

void ImageViewer::Layers::viewChanged() { m_pixmaps = {}; }

const QImage& ImageViewer::Layers::level(double deviceScale) {
  if (m_levels.isEmpty()) {
    QImage picture(image->width, image->height, QImage::Format_RGB32);
    std::array<uchar, 256> table;
    for (int v = 0; v < 256; ++v)
      table[size_t(v)] = uchar(std::clamp(std::lround((v - 128) * contrast + 128 + brightness * 128), 0L, 255L));
    const std::uint8_t* from = image->pixels.data();
    for (int y = 0; y < image->height; ++y) {
      auto* to = reinterpret_cast<QRgb*>(picture.scanLine(y));
      for (int x = 0; x < image->width; ++x, from += 3) to[x] = qRgb(table[from[0]], table[from[1]], table[from[2]]);
    }
    m_levels << picture;
  }
  // Halved copies keep a small view of a large picture free of moiré.
  int wanted = 0;
  for (double s = deviceScale; s < 0.6 && wanted < 6; s *= 2) ++wanted;
  while (m_levels.size() <= wanted) {
    const QImage& last = m_levels.last();
    m_levels << last.scaled(std::max(1, last.width() / 2), std::max(1, last.height() / 2), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  }
  return m_levels[wanted];
}

const QImage& ImageViewer::Layers::fill(Side side) {
  QImage& out = m_fills[side];
  if (!out.isNull()) return out;
  const int w = image->width, h = image->height;
  out = QImage(w, h, QImage::Format_ARGB32_Premultiplied);
  out.fill(Qt::transparent);
  const float threshold = float(style.threshold);
  if (side == Errors) {
    if (!fits(maps[After]) || !truthFits()) return out;
    const double opacity = std::max(style.opacity, kErrorOpacity);
    const QRgb hit = washed(Theme::overlayColor(OverlayPart::TruePositive).rgb(), opacity * 0.6);
    const QRgb extra = washed(Theme::overlayColor(OverlayPart::FalsePositive).rgb(), opacity);
    const QRgb missed = washed(Theme::overlayColor(OverlayPart::FalseNegative).rgb(), opacity);
    const float* p = maps[After]->values.data();
    const std::uint8_t* t = truth->pixels.data();
    for (int y = 0; y < h; ++y) {
      auto* to = reinterpret_cast<QRgb*>(out.scanLine(y));
      for (int x = 0; x < w; ++x, ++p, ++t) {
        const bool said = *p > threshold, is = *t > 127;
        if (said || is) to[x] = said && is ? hit : said ? extra : missed;
      }
    }
    return out;
  }
  if (!fits(maps[side])) return out;
  const QRgb wash = washed(style.colour, style.opacity);
  const float* p = maps[side]->values.data();
  for (int y = 0; y < h; ++y) {
    auto* to = reinterpret_cast<QRgb*>(out.scanLine(y));
    for (int x = 0; x < w; ++x, ++p)
      if (*p > threshold) to[x] = wash;
  }
  return out;
}

const QList<QPolygonF>& ImageViewer::Layers::outline(Side side) {
  if (!m_outlined[side]) {
    m_outlines[side] = fits(maps[side]) ? contoursOf(*maps[side], style.threshold) : QList<QPolygonF>();
    m_outlined[side] = true;
  }
  return m_outlines[side];
}

void ImageViewer::Layers::drawOutline(QPainter& painter, const QList<QPolygonF>& outline, const QPointF& pan, double scale) const {
  painter.setBrush(Qt::NoBrush);
  // Bevels: at half a pixel from point to point nobody sees a join, and round ones cost most of the time.
  // The whole halo first, so that a neighbour's halo never lies over a line.
  for (const bool halo : {true, false}) {
    painter.setPen(QPen(QColor(halo ? style.halo : style.colour), halo ? style.haloWidth : style.lineWidth, Qt::SolidLine, Qt::FlatCap,
                        Qt::BevelJoin));
    for (const QPolygonF& line : outline) painter.drawPolyline(onScreen(line, pan, scale));
  }
}

void ImageViewer::Layers::drawTruth(QPainter& painter, const QPointF& pan, double scale) {
  if (!m_truthTraced) {
    m_truth = truthFits() ? contoursOf(*truth) : QList<QPolygonF>();
    m_truthTraced = true;
  }
  const double width = style.lineWidth * 0.8;
  // A thin dark line under the dashes keeps white readable on highlights.
  QColor under = Theme::overlayColor(OverlayPart::Halo);
  under.setAlphaF(0.45f);
  QPen dashes(Theme::overlayColor(OverlayPart::Truth), width, Qt::CustomDashLine, Qt::FlatCap, Qt::BevelJoin);
  dashes.setDashPattern({3.4, 2.6});
  painter.setBrush(Qt::NoBrush);
  for (const QPen& pen : {QPen(under, width + 1.4, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin), dashes}) {
    painter.setPen(pen);
    for (const QPolygonF& line : std::as_const(m_truth)) painter.drawPolyline(onScreen(line, pan, scale));
  }
}

void ImageViewer::Layers::draw(QPainter& painter, Side side, const QPointF& pan, double scale, double deviceScale) {
  if (!image || image->empty()) return;
  drawPicture(painter, pan, scale, deviceScale);
  drawOverlay(painter, side, pan, scale);
}

void ImageViewer::Layers::drawPicture(QPainter& painter, const QPointF& pan, double scale, double deviceScale) {
  const QRectF target(pan, QSizeF(image->width * scale, image->height * scale));
  painter.setRenderHint(QPainter::SmoothPixmapTransform, deviceScale < kCrispFrom);
  const QImage& picture = level(deviceScale);
  painter.drawImage(target, picture, QRectF(picture.rect()));
}

void ImageViewer::Layers::drawOverlay(QPainter& painter, Side side, const QPointF& pan, double scale) {
  if (side == Bare) return;
  const QRectF target(pan, QSizeF(image->width * scale, image->height * scale));
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.setRenderHint(QPainter::Antialiasing);
  if (side == Errors) {
    painter.drawImage(target, fill(Errors), QRectF(0, 0, image->width, image->height));
    drawTruth(painter, pan, scale);
    return;
  }
  if (style.fill && style.opacity > 0) painter.drawImage(target, fill(side), QRectF(0, 0, image->width, image->height));
  if (style.contour) drawOutline(painter, outline(side), pan, scale);
  if (style.truth) drawTruth(painter, pan, scale);
}

const QPixmap& ImageViewer::Layers::composed(Side side, const QSize& widget, double ratio, const QPointF& pan, double zoom,
                                             double cornerRadius) {
  QPixmap& pixmap = m_pixmaps[side];
  if (!pixmap.isNull() && pixmap.size() == widget * ratio) return pixmap;
  pixmap = QPixmap(widget * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  const QRectF shown = QRectF(pan, QSizeF(image->width * zoom, image->height * zoom)).intersected(QRectF(QPointF(0, 0), QSizeF(widget)));
  // Read before the painter opens: composing the bare picture may come first.
  const QPixmap bare = side == Bare ? QPixmap() : composed(Bare, widget, ratio, pan, zoom, cornerRadius);
  QPainter painter(&pixmap);
  painter.setClipRect(shown);
  if (side == Bare) {
    drawPicture(painter, pan, zoom, zoom * ratio);
  } else {
    painter.drawPixmap(0, 0, bare);
    drawOverlay(painter, side, pan, zoom);
  }
  // Round corners without an aliased clip: what lies between the corner and its arc is taken away.
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setCompositionMode(QPainter::CompositionMode_DestinationOut);
  QPainterPath rest;
  rest.addRect(shown);
  rest.addRoundedRect(shown, cornerRadius, cornerRadius);
  painter.fillPath(rest, Qt::black);
  return pixmap;
}

}  // namespace gps::ui
