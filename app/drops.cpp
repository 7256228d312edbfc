#include "app/drops.h"

#include <QFileInfo>

#include "app/project/project.h"
#include "core/io/videosource.h"

namespace gps::app {

using namespace Qt::StringLiterals;

DropKind dropKindOf(const QString& path) {
  const QFileInfo info(path);
  if (info.isDir()) return isProjectFolder(path) ? DropKind::Project : DropKind::Pictures;
  const QString ending = info.suffix().toLower();
  if (info.fileName() == "project.json"_L1) return DropKind::Project;
  if (ending == "csv"_L1) return DropKind::Table;
  if (ending == "toml"_L1) return DropKind::RunConfig;
  if (ending == "pth"_L1 || ending == "pt"_L1 || ending == "npz"_L1 || ending == "bin"_L1) return DropKind::Weights;
  if (ending == "safetensors"_L1) return DropKind::Tensors;
  for (const auto& picture : {"png"_L1, "jpg"_L1, "jpeg"_L1, "bmp"_L1, "tif"_L1, "tiff"_L1, "webp"_L1})
    if (ending == picture) return DropKind::Picture;
  if (isVideoFileName(path.toStdString())) return DropKind::Video;
  return DropKind::Unknown;
}

QString caseOfFile(const DataSummary& data, const QString& path) {
  const QFileInfo wanted(path);
  for (const DataItem& item : data.items)
    if (QFileInfo(QString::fromStdString(item.imagePath)) == wanted) return QString::fromStdString(item.id);
  return {};
}

}  // namespace gps::app
