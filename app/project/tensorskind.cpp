#include "app/project/tensorskind.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kMostHeader = 64 << 20;  // bytes; a pack of many thousand pictures names each
}

TensorsKind tensorsKindOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return TensorsKind::Unreadable;
  const QByteArray length = file.read(8);
  if (length.size() < 8) return TensorsKind::Weights;  // whoever opens it says what is wrong
  const auto bytes = qFromLittleEndian<quint64>(length.constData());
  if (bytes > quint64(kMostHeader)) return TensorsKind::Weights;
  const QJsonObject metadata = QJsonDocument::fromJson(file.read(qint64(bytes))).object().value("__metadata__"_L1).toObject();
  if (metadata.contains("pack"_L1)) return TensorsKind::Pack;
  const QString format = metadata.value("format"_L1).toString();
  if (format.startsWith("gps-selection/"_L1)) return TensorsKind::Selection;
  if (format.startsWith("gps-delta/"_L1)) return TensorsKind::Delta;
  if (format.startsWith("gps-gradient/"_L1)) return TensorsKind::GradientPass;
  return format.startsWith("gps-"_L1) ? TensorsKind::Other : TensorsKind::Weights;
}

}  // namespace gps::app
