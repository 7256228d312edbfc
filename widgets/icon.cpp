#include "widgets/icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <algorithm>
#include <utility>

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

// Draws when it is painted, in the size, density and theme of that moment: nothing is drawn that nobody sees.
class ThemedIconEngine : public QIconEngine {
 public:
  ThemedIconEngine(QString name, Token normal) : m_name(std::move(name)), m_normal(normal) {}

  QIconEngine* clone() const override { return new ThemedIconEngine(*this); }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    return iconPixmap(m_name, colour(mode), std::min(size.width(), size.height()), 1);
  }
  // size: in pixels of the device.
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override { return pixmap(size, mode, state); }
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const int side = std::min(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    const double ratio = painter->device() != nullptr ? painter->device()->devicePixelRatioF() : 1;
    painter->drawPixmap(square, iconPixmap(m_name, colour(mode), side, ratio));
  }
  QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override {
    const int side = std::min(size.width(), size.height());
    return {side, side};
  }

 private:
  QColor colour(QIcon::Mode mode) const {
    const Token disabled = m_normal == Token::OnAccent ? Token::Text2 : Token::Ghost;
    return Theme::instance().color(mode == QIcon::Disabled ? disabled : m_normal);
  }

  QString m_name;
  Token m_normal;
};

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

QIcon themedIcon(const QString& name, Token normal) { return QIcon(new ThemedIconEngine(name, normal)); }

QIcon programIcon() {
  QIcon icon;
  for (const int size : {16, 24, 32, 48, 64, 128, 256}) icon.addPixmap(programPixmap(size, 1));
  return icon;
}

QPixmap programPixmap(int logicalSize, double devicePixelRatio) {
  return rendered(drawing(u"gps-workbench"_s), logicalSize, devicePixelRatio);
}

}  // namespace gps::ui
