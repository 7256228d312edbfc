#include "widgets/icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

// Drawings are small and used in few colours and sizes; the cache is dropped as a whole when it grows past this.
constexpr int kCachedPixmaps = 400;

QPixmap rendered(const QByteArray& svg, int logicalSize, double ratio) {
  QSvgRenderer renderer(svg);
  if (!renderer.isValid() || logicalSize <= 0) return {};
  const int side = qRound(logicalSize * ratio);
  QPixmap pixmap(side, side);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  renderer.render(&painter, QRectF(0, 0, side, side));
  painter.end();
  pixmap.setDevicePixelRatio(ratio);
  return pixmap;
}

QByteArray drawing(const QString& name) {
  QFile file(u":/gps/icons/"_s % name % u".svg"_s);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

QPixmap iconPixmap(const QString& name, const QColor& color, int logicalSize, double devicePixelRatio) {
  static QHash<QString, QPixmap> cache;
  const QString key =
      name % u'|' % color.name(QColor::HexArgb) % u'|' % QString::number(logicalSize) % u'|' % QString::number(devicePixelRatio);
  const auto found = cache.constFind(key);
  if (found != cache.constEnd()) return *found;
  QByteArray svg = drawing(name == u"stop-square"_s ? u"stop"_s : name);
  if (svg.isEmpty()) return {};
  svg.replace("currentColor", color.name().toLatin1());
  if (cache.size() >= kCachedPixmaps) cache.clear();
  return *cache.insert(key, rendered(svg, logicalSize, devicePixelRatio));
}

QIcon themedIcon(const QString& name, Token normal) {
  const Theme& theme = Theme::instance();
  const int size = theme.px(2.25);
  QIcon icon;
  // Both densities, so that a window moved between screens stays sharp.
  for (const double ratio : {1.0, 2.0, 3.0}) {
    icon.addPixmap(iconPixmap(name, theme.color(normal), size, ratio), QIcon::Normal);
    icon.addPixmap(iconPixmap(name, theme.color(normal == Token::OnAccent ? Token::Text2 : Token::Ghost), size, ratio), QIcon::Disabled);
  }
  return icon;
}

QIcon programIcon() {
  QIcon icon;
  for (const int size : {16, 24, 32, 48, 64, 128, 256}) icon.addPixmap(programPixmap(size, 1));
  return icon;
}

QPixmap programPixmap(int logicalSize, double devicePixelRatio) {
  return rendered(drawing(u"gps-workbench"_s), logicalSize, devicePixelRatio);
}

}  // namespace gps::ui
