#include "app/project/tablekind.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <initializer_list>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostLine = 4096;  // bytes
constexpr int kMostComments = 200;

// Names of columns, in small letters: of the first line that is no comment.
QStringList columnsOf(QFile& table) {
  static const QRegularExpression separators(u"[,;\\t\"\\s]+"_s);
  for (int line = 0; line < kMostComments && !table.atEnd(); ++line) {
    const QString text = QString::fromUtf8(table.readLine(kMostLine));
    if (!text.startsWith(u'#')) return text.toLower().split(separators, Qt::SkipEmptyParts);
  }
  return {};
}

// How the tables that this program writes begin; later columns may differ between versions.
struct Beginning {
  TableKind kind;
  std::initializer_list<QLatin1StringView> columns;
};
const Beginning kResults[] = {
    {TableKind::NewPictureAreas, {"picture"_L1, "width"_L1, "height"_L1, "threshold"_L1, "area_pixels"_L1}},
    {TableKind::VideoAreas, {"frame"_L1, "time_s"_L1, "area_px"_L1}},
    {TableKind::CaseFigures, {"id"_L1, "dice"_L1, "iou"_L1}},
    {TableKind::Figures, {"predictions"_L1, "averaging"_L1, "metric"_L1}},
    {TableKind::Readings, {"reader"_L1, "predictions"_L1, "image"_L1, "rating"_L1}},
    {TableKind::BlindReading, {"reader"_L1, "image"_L1, "vote"_L1}},
    {TableKind::PictureClasses, {"picture"_L1, "rank"_L1, "class"_L1, "probability"_L1}},
    {TableKind::SelectedWeights, {"block"_L1, "kind"_L1, "tensor"_L1, "rows"_L1, "cols"_L1, "selected"_L1}},
    {TableKind::SelectionComparison, {"part"_L1, "a"_L1, "b"_L1, "block"_L1, "kind"_L1, "selected_a"_L1}},
};

}  // namespace

TableKind tableKindOf(const QString& path) {
  QFile table(path);
  if (!table.open(QIODevice::ReadOnly)) return TableKind::Unreadable;
  const QStringList columns = columnsOf(table);
  for (const Beginning& known : kResults)
    if (columns.size() >= qsizetype(known.columns.size()) && std::equal(known.columns.begin(), known.columns.end(), columns.begin()))
      return known.kind;
  const auto has = [&columns](std::initializer_list<QLatin1StringView> names) {
    return std::any_of(names.begin(), names.end(), [&columns](auto name) { return columns.contains(name); });
  };
  const bool namesPictures =
      has({"image"_L1, "image_path"_L1, "img"_L1, "picture"_L1, "file"_L1, "filename"_L1, "file_name"_L1, "path"_L1, "filepath"_L1}) &&
      has({"mask"_L1, "mask_path"_L1, "segmentation"_L1, "class"_L1, "class_name"_L1, "classname"_L1, "category"_L1, "label"_L1});
  return namesPictures ? TableKind::Pictures : TableKind::Other;
}

}  // namespace gps::app
