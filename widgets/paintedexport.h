#pragma once
// A picture that is painted, as a file on white with a title: .png at twice the size, .svg, .pdf.
#include <QRectF>
#include <QString>
#include <functional>

class QPainter;
class QSize;

namespace gps::ui {

// size: of the picture, in logical pixels, without margins and title. False: could not be written.
bool exportPainted(const QString& path, const QSize& size, const QString& title,
                   const std::function<void(QPainter&, const QRectF& area)>& paint);

}  // namespace gps::ui
