#include "widgets/imagelayers.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/contours.h"
#include "widgets/fieldsampler.h"
#include "widgets/overlaycolours.h"
#include "widgets/theme.h"

namespace gps::ui {

namespace {

constexpr double kErrorOpacity = 0.5;  // errors must be told apart, so they never get fainter than this
constexpr double kBandShare = 0.4;     // of an error's opacity within the boundary band, and between two hatches
constexpr double kCrispFrom = 5;       // view pixels per picture pixel from which pixels are shown as squares
constexpr double kHatchPeriod = 7, kHatchLine = 3;
constexpr int kCell = 32;            // view pixels
constexpr float kTrueFrom = 127.5f;  // of a mask

// A colour to be mixed into pixels, for one pixel or a row of them.
struct Wash {
  quint32 redBlue = 0, green = 0, rest = 256;  // 256ths
  std::array<quint16, 16> bytes{};             // what is added to the bytes of four pixels, in 256ths
  Wash() = default;
  Wash(QRgb colour, double opacity) {
    const auto amount = quint32(std::lround(std::clamp(opacity, 0.0, 1.0) * 256));
    redBlue = (colour & 0xff00ff) * amount, green = (colour & 0xff00) * amount, rest = 256 - amount;
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = quint16(((colour >> (8 * (i % 4))) & 0xff) * amount);
  }
  QRgb over(QRgb pixel) const {
    const quint32 rb = ((pixel & 0xff00ff) * rest + redBlue) >> 8, g = ((pixel & 0xff00) * rest + green) >> 8;
    return 0xff000000u | (rb & 0xff00ff) | (g & 0xff00);
  }
  // Written so that a compiler takes sixteen bytes at a time.
  void over(const QRgb* from, QRgb* to, int count) const {
    const auto* in = reinterpret_cast<const uchar*>(from);
    auto* out = reinterpret_cast<uchar*>(to);
    const auto share = quint16(rest);
    int i = 0;
    for (; i + 4 <= count; i += 4, in += 16, out += 16)
      for (size_t j = 0; j < 16; ++j) out[j] = uchar(quint16(in[j] * share + bytes[j]) >> 8);
    for (; i < count; ++i) to[i] = over(from[i]);
  }
};

int levelOf(const PicturePyramid& pyramid, double scale) { return std::min(levelFor(scale), pyramid.levelCount() - 1); }
// Fields are smooth: a value may cover up to two pixels of the view. From 1:1 on they are read as they are.
template <typename T, typename S>
int levelOf(const FieldPyramid<T, S>& pyramid, double scale) {
  return std::min(levelFor(scale * 0.61), pyramid.levelCount() - 1);
}

// Lines are some pixels of a pen wide, so their course need not be finer than one of those.
template <typename T, typename S>
int lineLevelOf(const FieldPyramid<T, S>& pyramid, double scale, double pen) {
  return levelOf(pyramid, scale / pen);
}

// The part of a view in samples of a level, one sample wider.
QRect samplesUnder(const QRect& rect, double scale, int level) {
  const double step = 1 / (scale * double(1 << level));
  const QPoint from(int(std::floor(rect.left() * step - 0.5)), int(std::floor(rect.top() * step - 0.5)));
  return {from, QPoint(int(std::ceil((rect.right() + 1) * step + 0.5)), int(std::ceil((rect.bottom() + 1) * step + 0.5)))};
}

}  // namespace

bool ImageViewer::Layers::fits(Side side) const {
  const auto& map = maps[side == Before ? Before : After];
  return map && image && map->width() == image->width() && map->height() == image->height();
}

bool ImageViewer::Layers::truthFits() const {
  return truth && image && truth->width() == image->width() && truth->height() == image->height();
}

QImage ImageViewer::Layers::picture(const QRect& rect, double scale) const {
  QImage part(rect.size(), QImage::Format_RGB32);
  const int n = levelOf(*image, scale);
  const QImage& from = image->level(n);
  const double step = scale * double(1 << n);
  // The last row and column may lie half outside of the picture.
  if (rect.right() + 1 >= int(image->width() * scale) || rect.bottom() + 1 >= int(image->height() * scale)) part.fill(Qt::black);
  QPainter painter(&part);
  painter.setCompositionMode(QPainter::CompositionMode_Source);
  painter.translate(-rect.topLeft());
  if (std::abs(step - 1) < 1e-9) {
    painter.drawImage(0, 0, from);
  } else {
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < kCrispFrom);
    painter.drawImage(QRectF(0, 0, from.width() * step, from.height() * step), from, QRectF(from.rect()));
  }
  painter.end();
  if (brightness == 0 && contrast == 1) return part;
  std::array<uchar, 256> table;
  for (int v = 0; v < 256; ++v) table[size_t(v)] = uchar(std::clamp(std::lround((v - 128) * contrast + 128 + brightness * 128), 0L, 255L));
  for (int y = 0; y < part.height(); ++y) {
    auto* row = reinterpret_cast<QRgb*>(part.scanLine(y));
    for (int x = 0; x < part.width(); ++x)
      row[x] = qRgb(table[uchar(qRed(row[x]))], table[uchar(qGreen(row[x]))], table[uchar(qBlue(row[x]))]);
  }
  return part;
}

ImageViewer::Layers::Cover ImageViewer::Layers::coverOf(Side side, const QRect& rect, double scale, double threshold) const {
  if (side == Bare || !image) return Cover::None;
  if (side == Change) return fits(After) && fits(Before) ? Cover::Mixed : Cover::None;
  Cover cover = Cover::None;
  if (fits(side)) {
    const auto& map = *maps[side == Before ? Before : After];
    const int n = levelOf(map, scale);
    const QRect under = samplesUnder(rect, scale, n);
    const auto range = map.level(n).rangeOf(under.left(), under.top(), under.right(), under.bottom());
    const auto limit = float(threshold);
    cover = range.least > limit ? Cover::All : range.most > limit ? Cover::Mixed : Cover::None;
  }
  if (side == Errors && cover != Cover::Mixed && fits(After) && truthFits() && truthCover(rect, scale) != cover) cover = Cover::Mixed;
  return cover;
}

ImageViewer::Layers::Cover ImageViewer::Layers::truthCover(const QRect& rect, double scale) const {
  const int n = levelOf(*truth, scale);
  const QRect under = samplesUnder(rect, scale, n);
  const auto range = truth->level(n).rangeOf(under.left(), under.top(), under.right(), under.bottom());
  return range.least > kTrueFrom ? Cover::All : range.most > kTrueFrom ? Cover::Mixed : Cover::None;
}

const ImageViewer::Layers::Outline& ImageViewer::Layers::outline(Side side, double scale, double pen) {
  Outline& o = m_outlines[side];
  if (o.threshold != style.threshold) o = {}, o.threshold = style.threshold;
  if (o.scale == scale) return o;
  const int n = lineLevelOf(*maps[side], scale, pen);
  auto& polygons = o.polygons[size_t(n)];
  if (!polygons) polygons = contoursOf(maps[side]->level(n), n, style.threshold);
  o.lines = OverlayLines::solid(*polygons, scale);
  o.scale = scale;
  return o;
}

const ImageViewer::Layers::Outline& ImageViewer::Layers::truthOutline(double scale, double pen) {
  const double dash = style.lineWidth * 0.8 * pen;
  if (m_truth.scale == scale && m_truth.dash == dash) return m_truth;
  const int n = lineLevelOf(*truth, scale, pen);
  auto& polygons = m_truth.polygons[size_t(n)];
  if (!polygons) polygons = contoursOf(truth->level(n), n, kTrueFrom);
  m_truth.lines = OverlayLines::solid(*polygons, scale);
  m_truth.dashes = OverlayLines::dashed(*polygons, scale, 3.4 * dash, 2.6 * dash);
  m_truth.scale = scale, m_truth.dash = dash;
  return m_truth;
}

void ImageViewer::Layers::prepareLines(Side side, double scale, double pen) {
  if (hasOutline(side)) outline(side, scale, pen);
  if (hasTruthLine(side)) truthOutline(scale, pen);
}

bool ImageViewer::Layers::hasLines(Side side, const QRect& rect, double scale, double pen) {
  const double width = style.haloWidth * pen;
  return (hasOutline(side) && outline(side, scale, pen).lines.touches(rect, width)) ||
         (hasTruthLine(side) && truthOutline(scale, pen).lines.touches(rect, width));
}

// By cells, most of which are inside or outside as a whole: visit(cell, x and y of its corner in the part).
template <typename Visit>
static void forCells(const QRect& rect, Visit visit) {
  for (int top = 0; top < rect.height(); top += kCell)
    for (int left = 0; left < rect.width(); left += kCell)
      visit(QRect(rect.left() + left, rect.top() + top, std::min(kCell, rect.width() - left), std::min(kCell, rect.height() - top)), left,
            top);
}

void ImageViewer::Layers::fill(QImage& part, Side side, const QRect& rect, double scale) const {
  const auto& map = *maps[side];
  const int n = levelOf(map, scale);
  const Wash wash(style.colour, style.opacity);
  const auto threshold = float(style.threshold);
  FieldSampler<float> sampler(map.level(n), n, scale, rect);
  forCells(rect, [&](const QRect& cell, int left, int top) {
    const Cover cover = coverOf(side, cell, scale, style.threshold);
    if (cover == Cover::None) return;
    const int width = cell.width(), height = cell.height();
    float values[kCell];
    QRgb washed[kCell];
    for (int y = top; y < top + height; ++y) {
      auto* row = reinterpret_cast<QRgb*>(part.scanLine(y)) + left;
      if (cover == Cover::All) {
        wash.over(row, row, width);
        continue;
      }
      sampler.row(y, left, width, values);
      wash.over(row, washed, width);
      for (int x = 0; x < width; ++x) row[x] = values[x] > threshold ? washed[x] : row[x];
    }
  });
}

void ImageViewer::Layers::fillErrors(QImage& part, const QRect& rect, double scale, double pen) {
  const int n = levelOf(*maps[After], scale), m = levelOf(*truth, scale);
  FieldSampler<float> predicted(maps[After]->level(n), n, scale, rect);
  FieldSampler<std::uint8_t> real(truth->level(m), m, scale, rect);
  const double opacity = std::max(style.opacity, kErrorOpacity);
  // [error kind][faint]: faint between two hatches and in the boundary band.
  enum { Hit, Extra, Missed };
  Wash washes[3][2];
  const OverlayPart parts[] = {OverlayPart::TruePositive, OverlayPart::FalsePositive, OverlayPart::FalseNegative};
  for (int kind = Hit; kind <= Missed; ++kind)
    for (const int faint : {0, 1})
      washes[kind][faint] = Wash(Theme::overlayColor(parts[kind]).rgb(), opacity * (kind == Hit ? 0.6 : faint ? kBandShare : 1));
  QImage band;
  if (style.bandWidth > 0) {
    band = QImage(rect.size(), QImage::Format_Grayscale8);
    band.fill(0);
    QPainter painter(&band);
    painter.translate(-rect.topLeft());
    const double width = 2 * style.bandWidth * scale;
    // Its edge is a line of its own.
    for (const auto& [grey, wide] : {std::pair{Qt::white, width}, {Qt::gray, width - 2 * pen}}) {
      if (wide <= 0) continue;
      painter.setPen(QPen(grey, wide, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
      truthOutline(scale, pen).lines.draw(painter, rect);
    }
  }
  const Wash edge(Theme::overlayColor(OverlayPart::Truth).rgb(), 0.45);
  const auto threshold = float(style.threshold);
  const int period = std::max(2, int(std::lround(kHatchPeriod * pen))), line = std::max(1, int(std::lround(kHatchLine * pen)));
  const auto shadeErrors = [&](int left, int y, int width) {
    float p[kCell], t[kCell];
    predicted.row(y, left, width, p);
    real.row(y, left, width, t);
    auto* to = reinterpret_cast<QRgb*>(part.scanLine(y)) + left;
    const uchar* near = band.isNull() ? nullptr : band.constScanLine(y) + left;
    const int across = rect.left() + left, down = rect.top() + y;
    for (int x = 0; x < width; ++x) {
      const bool said = p[x] > threshold, is = t[x] > kTrueFrom;
      if (said || is) {
        const int kind = said && is ? Hit : said ? Extra : Missed;
        bool isFaint = near && near[x] > 0;
        if (style.hatch && kind != Hit) {
          const int along = kind == Extra ? across + x + down : across + x - down;
          isFaint = isFaint || ((along % period) + period) % period >= line;
        }
        to[x] = washes[kind][isFaint].over(to[x]);
      }
      if (near && near[x] > 200) to[x] = edge.over(to[x]);
    }
  };
  forCells(rect, [&](const QRect& cell, int left, int top) {
    const Cover said = coverOf(After, cell, scale, style.threshold), is = truthCover(cell, scale);
    const int width = cell.width();
    if (band.isNull() && said != Cover::Mixed && is != Cover::Mixed) {
      if (said == Cover::None && is == Cover::None) return;
      const int kind = said != is ? (said == Cover::All ? Extra : Missed) : Hit;
      if (kind == Hit || !style.hatch) {
        for (int y = top; y < top + cell.height(); ++y) {
          auto* to = reinterpret_cast<QRgb*>(part.scanLine(y)) + left;
          washes[kind][0].over(to, to, width);
        }
        return;
      }
    }
    for (int y = top; y < top + cell.height(); ++y) shadeErrors(left, y, width);
  });
}

void ImageViewer::Layers::fillChange(QImage& part, const QRect& rect, double scale) const {
  // The picture steps back: grey, so that colour means change.
  for (int y = 0; y < rect.height(); ++y) {
    auto* to = reinterpret_cast<QRgb*>(part.scanLine(y));
    for (int x = 0; x < rect.width(); ++x) {
      const quint32 grey = (((to[x] >> 16) & 0xff) * 77 + ((to[x] >> 8) & 0xff) * 150 + (to[x] & 0xff) * 29) >> 8;
      to[x] = 0xff000000u | (grey * 0x010101u);
    }
  }
  if (!fits(After) || !fits(Before)) return;
  std::array<Wash, 256> loss, gain;
  for (int i = 0; i < 256; ++i) {
    loss[size_t(i)] = Wash(lossColour().rgb(), changeOpacity(i / 255.0));
    gain[size_t(i)] = Wash(gainColour().rgb(), changeOpacity(i / 255.0));
  }
  const int n = levelOf(*maps[After], scale), m = levelOf(*maps[Before], scale);
  FieldSampler<float> after(maps[After]->level(n), n, scale, rect), before(maps[Before]->level(m), m, scale, rect);
  std::vector<float> a(size_t(rect.width())), b(size_t(rect.width()));
  for (int y = 0; y < rect.height(); ++y) {
    after.row(y, 0, rect.width(), a.data());
    before.row(y, 0, rect.width(), b.data());
    auto* to = reinterpret_cast<QRgb*>(part.scanLine(y));
    for (int x = 0; x < rect.width(); ++x) {
      const float change = a[size_t(x)] - b[size_t(x)];
      const int size = std::min(255, int(std::abs(change) * 255));
      if (size > int(kLeastChange * 255)) to[x] = (change < 0 ? loss : gain)[size_t(size)].over(to[x]);
    }
  }
}

void ImageViewer::Layers::drawOverlay(QImage& part, Side side, const QRect& rect, double scale, double pen) {
  if (side == Bare) return;
  if (side == Change) {
    fillChange(part, rect, scale);
  } else if (coverOf(side, rect, scale, style.threshold) != Cover::None) {
    if (side == Errors && truthFits() && fits(After)) fillErrors(part, rect, scale, pen);
    if (side != Errors && style.fill && style.opacity > 0) fill(part, side, rect, scale);
  }
  if (!hasLines(side, rect, scale, pen)) return;
  QPainter painter(&part);
  painter.translate(-rect.topLeft());
  painter.setRenderHint(QPainter::Antialiasing);
  // Bevels: where a line turns this little nobody sees a join, and round ones cost most of the time.
  const auto draw = [&](const OverlayLines& lines, const QColor& colour, double width) {
    painter.setPen(QPen(colour, width * pen, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    lines.draw(painter, rect);
  };
  if (hasOutline(side)) {
    // The whole halo first, so that a neighbour's halo never lies over a line.
    const OverlayLines& lines = outline(side, scale, pen).lines;
    draw(lines, QColor(QRgb(style.halo)), style.haloWidth);
    draw(lines, QColor(QRgb(style.colour)), style.lineWidth);
  }
  if (hasTruthLine(side)) {
    // A thin dark line under the dashes keeps white readable on highlights.
    const Outline& t = truthOutline(scale, pen);
    QColor under = Theme::overlayColor(OverlayPart::Halo);
    under.setAlphaF(0.45f);
    draw(t.lines, under, style.lineWidth * 0.8 + 1.4);
    draw(t.dashes, Theme::overlayColor(OverlayPart::Truth), style.lineWidth * 0.8);
  }
}

}  // namespace gps::ui
