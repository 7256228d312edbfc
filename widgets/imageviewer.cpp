#include "widgets/imageviewer.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icon.h"
#include "widgets/imagelayers.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kBlinkMs = 700;
double cornerRadius() { return Theme::instance().unit() * 0.75; }
}  // namespace

ImageViewer::ImageViewer(QWidget* parent) : QWidget(parent), m_layers(std::make_unique<Layers>()) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  m_blink.setInterval(kBlinkMs);
  connect(&m_blink, &QTimer::timeout, this, [this] {
    m_blinkBefore = !m_blinkBefore;
    update();
  });
  connect(&Theme::instance(), &Theme::changed, this, &ImageViewer::viewChanged);
}

ImageViewer::~ImageViewer() = default;

void ImageViewer::setImage(std::shared_ptr<const RgbImage> image) {
  // A picture whose bytes do not match its size is not drawn.
  if (image && (image->width <= 0 || image->height <= 0 || image->pixels.size() != size_t(image->width) * size_t(image->height) * 3))
    image.reset();
  const auto& old = m_layers->image;
  const bool sameSize = old && image && old->width == image->width && old->height == image->height;
  m_layers->image = std::move(image);
  m_layers->pictureChanged();
  m_hoverPixel = {-1, -1};
  if (!sameSize || m_fitted) fit();
  update();
}

void ImageViewer::setPrediction(std::shared_ptr<const ProbabilityMap> map, const QString& label) {
  m_layers->maps[Layers::After] = std::move(map);
  m_afterLabel = label;
  m_layers->overlaysChanged();
  update();
}

void ImageViewer::setBefore(std::shared_ptr<const ProbabilityMap> map, const QString& label) {
  m_layers->maps[Layers::Before] = std::move(map);
  m_beforeLabel = label;
  m_layers->overlaysChanged();
  update();
}

void ImageViewer::setTruth(std::shared_ptr<const MaskImage> mask) {
  m_layers->truth = std::move(mask);
  m_layers->truthChanged();
  update();
}

OverlayStyle ImageViewer::overlayStyle() const { return m_layers->style; }

void ImageViewer::setOverlayStyle(const OverlayStyle& style) {
  m_layers->style = style;
  m_layers->overlaysChanged();
  update();
}

void ImageViewer::setMode(Mode mode) {
  m_mode = mode;
  m_blinkBefore = false;
  if (mode == Mode::Blink)
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
  return std::min(double(width()) / image->width, double(height()) / image->height);
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
  viewChanged();
  Q_EMIT zoomChanged(m_zoom);
}

void ImageViewer::clampPan() {
  const auto& image = m_layers->image;
  if (!image) return;
  // A side that fits is centred; a longer one never leaves a gap.
  const auto along = [](double pan, double picture, double room) {
    return picture <= room ? (room - picture) / 2 : std::clamp(pan, room - picture, 0.0);
  };
  m_pan = {along(m_pan.x(), image->width * m_zoom, width()), along(m_pan.y(), image->height * m_zoom, height())};
}

void ImageViewer::viewChanged() {
  m_layers->viewChanged();
  update();
}

QPointF ImageViewer::imageAt(const QPointF& widgetPos) const { return (widgetPos - m_pan) / m_zoom; }
QPointF ImageViewer::widgetAt(const QPointF& imagePos) const { return imagePos * m_zoom + m_pan; }

QImage ImageViewer::composed() const {
  if (!m_layers->image) return {};
  QImage out(m_layers->image->width, m_layers->image->height, QImage::Format_RGB32);
  QPainter painter(&out);
  m_layers->draw(painter, m_mode == Mode::Errors ? Layers::Errors : Layers::After, {0, 0}, 1, 1);
  return out;
}

void ImageViewer::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!m_layers->image) return paintPlaceholder(painter);
  const auto side = [this](Layers::Side which) -> const QPixmap& {
    return m_layers->composed(m_hidden ? Layers::Bare : which, size(), devicePixelRatioF(), m_pan, m_zoom, cornerRadius());
  };
  if (m_stale) painter.setOpacity(0.45);
  const double limit = width() - 4 * Theme::instance().unit();
  switch (m_mode) {
    case Mode::Overlay:
      painter.drawPixmap(0, 0, side(Layers::After));
      paintChip(painter, m_afterLabel, Qt::AlignRight | Qt::AlignTop, limit);
      break;
    case Mode::Errors:
      painter.drawPixmap(0, 0, side(Layers::Errors));
      break;
    case Mode::Blink:
      painter.drawPixmap(0, 0, side(m_blinkBefore ? Layers::Before : Layers::After));
      paintChip(painter, m_blinkBefore ? m_beforeLabel : m_afterLabel, (m_blinkBefore ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop,
                limit);
      break;
    case Mode::Wipe: {
      const double x = std::round(m_divider * width());
      painter.setClipRect(QRectF(0, 0, x, height()));
      painter.drawPixmap(0, 0, side(Layers::Before));
      paintChip(painter, m_beforeLabel, Qt::AlignLeft | Qt::AlignTop, limit / 2);
      painter.setClipRect(QRectF(x, 0, width() - x, height()));
      painter.drawPixmap(0, 0, side(Layers::After));
      paintChip(painter, m_afterLabel, Qt::AlignRight | Qt::AlignTop, limit / 2);
      painter.setClipping(false);
      paintDivider(painter);
      break;
    }
  }
  if (m_hoverProbability >= 0)
    paintChip(painter, tr("p %1 at %2, %3").arg(QString::number(m_hoverProbability, 'f', 2)).arg(m_hoverPixel.x()).arg(m_hoverPixel.y()),
              Qt::AlignLeft | Qt::AlignBottom, limit);
}

void ImageViewer::paintDivider(QPainter& painter) const {
  const double u = Theme::instance().unit(), x = std::round(m_divider * width());
  const QRectF shown = QRectF(m_pan, QSizeF(m_layers->image->width, m_layers->image->height) * m_zoom).intersected(QRectF(rect()));
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
  const QRectF area = QRectF(m_pan, QSizeF(m_layers->image->width, m_layers->image->height) * m_zoom).intersected(QRectF(rect()));
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

QSize ImageViewer::sizeHint() const { return {Theme::instance().px(70), Theme::instance().px(60)}; }
QSize ImageViewer::minimumSizeHint() const { return {Theme::instance().px(24), Theme::instance().px(20)}; }

}  // namespace gps::ui
