#pragma once
// Words on a picture that is written.
#include <QImage>
#include <QString>

namespace gps::app {

// White on a dark ground in a corner; its size goes with the picture's. An empty text draws nothing. Any thread.
void drawPictureLabel(QImage& picture, const QString& text, Qt::Alignment corner);

}  // namespace gps::app
