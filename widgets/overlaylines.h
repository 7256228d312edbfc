#pragma once
// Outlines as they stand in a view: short pieces with the area each covers, so that a part of a view draws only its own. Private to the
// viewer.
#include <QList>
#include <QPolygonF>
#include <QRectF>

class QPainter;
class QPen;

namespace gps::ui {

class OverlayLines {
 public:
  // outlines: closed, in picture coordinates; scale: view pixels per picture pixel. Points closer to the line than a quarter of a view
  // pixel are left out.
  static OverlayLines solid(const QList<QPolygonF>& outlines, double scale);
  // dash, gap: in view pixels, along the line.
  static OverlayLines dashed(const QList<QPolygonF>& outlines, double scale, double dash, double gap);
  // Those that come nearer to `area` (view pixels from the picture's corner) than the pen is wide.
  void draw(QPainter& painter, const QRectF& area) const;
  bool touches(const QRectF& area, double penWidth) const;

 private:
  struct Piece {
    QPolygonF line;
    QRectF box;
    bool overlaps;  // its last stretch is the first one of the next piece
  };
  void add(const QPolygonF& line, bool overlaps = false);
  QList<Piece> m_pieces;
};

}  // namespace gps::ui
