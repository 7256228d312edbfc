#include "app/pages/datawords.h"

#include <QCoreApplication>
#include <QHash>
#include <algorithm>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
class DataWords {
  Q_DECLARE_TR_FUNCTIONS(DataWords)
};
}  // namespace

QString layoutLabel(const QString& layout) {
  const QHash<QString, QString> layouts{{u"kvasir"_s, DataWords::tr("images and masks folders")},
                                        {u"split folders"_s, DataWords::tr("one folder per split")},
                                        {u"pairs"_s, DataWords::tr("pairs in one folder")},
                                        {u"csv"_s, DataWords::tr("table of pairs")},
                                        {u"class folders"_s, DataWords::tr("one folder per class")},
                                        {u"cifar"_s, DataWords::tr("CIFAR files")},
                                        {u"pack"_s, DataWords::tr("pack file")}};
  return layouts.value(layout, layout);
}

QString problemText(const DataProblem& problem) {
  const QString id = QString::fromStdString(problem.id);
  switch (problem.kind) {
    case ProblemKind::MissingMask:
      return DataWords::tr("%1 has no mask and is left out.").arg(id);
    case ProblemKind::MissingImage:
      return DataWords::tr("The mask %1 has no picture and is left out.").arg(id);
    case ProblemKind::SizeMismatch:
      return DataWords::tr("Picture and mask of %1 differ in size.").arg(id);
    case ProblemKind::EmptyMask:
      return DataWords::tr("The mask of %1 is empty.").arg(id);
    case ProblemKind::NonBinaryMask:
      return DataWords::tr("The mask of %1 has grey values; above the middle counts as polyp.").arg(id);
    case ProblemKind::Unreadable:
      return DataWords::tr("%1 cannot be read and is left out.").arg(id);
    case ProblemKind::DuplicateId:
      return DataWords::tr("The name %1 occurs twice.").arg(id);
    case ProblemKind::UnknownId:
      return DataWords::tr("A split list names %1, which is not there.").arg(id);
    case ProblemKind::UnknownClass:
      return DataWords::tr("%1 has a class that is none of the data set, and is left out.").arg(id);
    case ProblemKind::EmptyClass:
      return DataWords::tr("The class %1 has no picture.").arg(id);
  }
  return id;
}

QString noProblemText(TaskKind task, bool isChecked) {
  if (!isChecked) return DataWords::tr("Nothing so far; the pictures are still being checked.");
  return task == TaskKind::Classification ? DataWords::tr("Nothing. Every picture was decoded, and every class has pictures.")
                                          : DataWords::tr("Nothing. Every picture and mask was decoded; sizes agree and no mask is empty.");
}

QStringList orderedSplits(const DataSummary& data) {
  QStringList all;
  for (const char* split : {"train", "val", "test"})
    if (const auto it = data.splits.find(split); it != data.splits.end() && it->second > 0) all << QString::fromLatin1(split);
  for (const auto& [name, count] : data.splits)
    if (const QString split = QString::fromStdString(name); count > 0 && split != "unlisted"_L1 && !all.contains(split)) all << split;
  return all;
}

}  // namespace gps::app
