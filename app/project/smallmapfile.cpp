#include "app/project/smallmapfile.h"

#include <QDataStream>
#include <QFile>
#include <cmath>

namespace gps::app {

namespace {

const QByteArray kFormat = "gps-small-maps/1";
constexpr int kLevels = 255, kLongestSide = 4096;

void begin(QDataStream& stream) { stream.setVersion(QDataStream::Qt_6_0); }

QByteArray levelsOf(const ProbabilityMap& map) {
  QByteArray levels(qsizetype(map.values.size()), Qt::Uninitialized);
  for (qsizetype i = 0; i < levels.size(); ++i) levels[i] = char(std::lround(map.values[std::size_t(i)] * float(kLevels)));
  return qCompress(levels);
}

}  // namespace

QByteArray smallMapBytes(const SmallMaps& maps, const QString& basis) {
  QByteArray bytes;
  QDataStream out(&bytes, QIODevice::WriteOnly);
  begin(out);
  out << kFormat << basis << quint32(maps.size());
  for (const auto& [id, map] : maps) out << QByteArray::fromStdString(id) << qint32(map->width) << qint32(map->height) << levelsOf(*map);
  return bytes;
}

SmallMaps storedSmallMaps(const QString& path, const QString& basis) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  QDataStream in(&file);
  begin(in);
  QByteArray format;
  QString itsBasis;
  quint32 count = 0;
  in >> format;
  if (format != kFormat) return {};
  in >> itsBasis >> count;
  if (itsBasis != basis) return {};
  SmallMaps maps;
  for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
    QByteArray id, levels;
    qint32 width = 0, height = 0;
    in >> id >> width >> height >> levels;
    if (in.status() != QDataStream::Ok) return {};
    levels = qUncompress(levels);
    const bool isPossible = width > 0 && height > 0 && width <= kLongestSide && height <= kLongestSide;
    if (!isPossible || levels.size() != qsizetype(width) * height) continue;
    auto map = std::make_shared<ProbabilityMap>(ProbabilityMap{width, height, {}});
    map->values.reserve(std::size_t(levels.size()));
    for (const char level : levels) map->values.push_back(float(uchar(level)) / float(kLevels));
    maps.emplace(id.toStdString(), std::move(map));
  }
  return in.status() == QDataStream::Ok ? maps : SmallMaps();
}

}  // namespace gps::app
