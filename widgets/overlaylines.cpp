#include "widgets/overlaylines.h"

#include <QLineF>
#include <QPainter>
#include <QPen>
#include <cmath>

namespace gps::ui {

namespace {

constexpr int kPiece = 24;          // points
constexpr double kTolerance = 0.2;  // view pixels
constexpr int kMostRun = 10;        // points that one straight stretch may replace

double distance(const QPointF& p, const QPointF& a, const QPointF& b) {
  const QPointF ab = b - a, ap = p - a;
  const double length = std::hypot(ab.x(), ab.y());
  return length < 1e-9 ? std::hypot(ap.x(), ap.y()) : std::abs(ab.x() * ap.y() - ab.y() * ap.x()) / length;
}

// A straight stretch goes on for as long as every point it replaces stays near it.
QPolygonF thinned(const QPolygonF& line, double scale) {
  QPolygonF out;
  if (line.isEmpty()) return out;
  QPolygonF run;
  out << line.first() * scale;
  for (qsizetype i = 1; i < line.size(); ++i) {
    const QPointF at = line[i] * scale;
    bool isNear = run.size() < kMostRun;
    for (qsizetype j = 0; isNear && j < run.size(); ++j) isNear = distance(run[j], out.last(), at) < kTolerance;
    if (!isNear) {
      out << run.last();
      run.clear();
    }
    run << at;
  }
  return out << run.last();
}

}  // namespace

void OverlayLines::add(const QPolygonF& line, bool overlaps) { m_pieces.append({line, line.boundingRect(), overlaps}); }

OverlayLines OverlayLines::solid(const QList<QPolygonF>& outlines, double scale) {
  OverlayLines lines;
  for (const QPolygonF& outline : outlines) {
    if (outline.size() < 2) continue;
    const QPolygonF line = thinned(outline, scale);
    // Each piece runs one point into the next, so that no join is missing.
    for (qsizetype i = 0; i + 1 < line.size(); i += kPiece) lines.add(line.mid(i, kPiece + 2), i + kPiece + 2 <= line.size());
  }
  return lines;
}

OverlayLines OverlayLines::dashed(const QList<QPolygonF>& outlines, double scale, double dash, double gap) {
  OverlayLines lines;
  for (const QPolygonF& outline : outlines) {
    if (outline.size() < 2) continue;
    const QPolygonF line = thinned(outline, scale);
    bool isOn = true;
    double left = dash;
    QPolygonF piece{line.first()};
    for (qsizetype i = 1; i < line.size(); ++i) {
      QLineF step(line[i - 1], line[i]);
      double length = step.length(), done = 0;
      while (length - done > left) {
        done += left;
        const QPointF at = step.pointAt(done / length);
        if (isOn) lines.add(piece << at);
        isOn = !isOn;
        left = isOn ? dash : gap;
        piece = {at};
      }
      left -= length - done;
      if (isOn) piece << line[i];
    }
    if (isOn && piece.size() > 1) lines.add(piece);
  }
  return lines;
}

bool OverlayLines::touches(const QRectF& area, double penWidth) const {
  const QRectF wide = area.adjusted(-penWidth, -penWidth, penWidth, penWidth);
  for (const Piece& piece : m_pieces)
    if (piece.box.right() >= wide.left() && piece.box.left() <= wide.right() && piece.box.bottom() >= wide.top() &&
        piece.box.top() <= wide.bottom())
      return true;
  return false;
}

void OverlayLines::draw(QPainter& painter, const QRectF& area) const {
  const double margin = painter.pen().widthF();
  const bool isClear = painter.pen().color().alpha() < 255;  // twice over the same place would show
  const QRectF wide = area.adjusted(-margin, -margin, margin, margin);
  for (const Piece& piece : m_pieces)
    if (piece.box.right() >= wide.left() && piece.box.left() <= wide.right() && piece.box.bottom() >= wide.top() &&
        piece.box.top() <= wide.bottom())
      painter.drawPolyline(piece.line.constData(), int(piece.line.size() - (piece.overlaps && isClear ? 1 : 0)));
}

}  // namespace gps::ui
