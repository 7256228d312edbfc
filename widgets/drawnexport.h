#pragma once
// Pictures that widgets draw themselves, as files.
#include <QSize>
#include <QString>
#include <functional>

class QPainter;

namespace gps::ui {

// On white. By ending: .png (2×), .svg, .pdf. draw paints [size] logical pixels. False: could not write.
bool exportDrawing(const QString& path, const QSize& size, const QString& title, const std::function<void(QPainter&)>& draw);
// UTF-8, atomically. False: could not write.
bool exportText(const QString& path, const QString& text);

}  // namespace gps::ui
