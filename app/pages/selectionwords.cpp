#include "app/pages/selectionwords.h"

#include "app/engine/schemetext.h"
#include "widgets/format.h"

namespace gps::app {

using namespace Qt::StringLiterals;

static QString originText(const std::string& origin) {
  static const std::pair<const char*, const char*> words[] = {
      {"union of ", QT_TRANSLATE_NOOP("SelectionWords", "union of %1")},
      {"intersection of ", QT_TRANSLATE_NOOP("SelectionWords", "intersection of %1")},
      {"difference of ", QT_TRANSLATE_NOOP("SelectionWords", "difference of %1")},
      {"specific of ", QT_TRANSLATE_NOOP("SelectionWords", "chosen by one of %1")},
      {"shared of ", QT_TRANSLATE_NOOP("SelectionWords", "shared by two of %1")}};
  for (const auto& [start, text] : words)
    if (origin.starts_with(start))
      return QCoreApplication::translate("SelectionWords", text).arg(QString::fromStdString(origin.substr(std::string_view(start).size())));
  return QString::fromStdString(origin);
}

QString SelectionWords::recipe(const SelectionFacts& facts) {
  const SelectionSpec& spec = facts.spec;
  const QString level = SchemeText::level(spec.level).toLower(), criterion = SchemeText::criterion(spec.criterion).toLower();
  const QString how = !spec.origin.empty() ? originText(spec.origin)
                      : spec.share > 0     ? tr("%1, %2, %3").arg(ui::sharePercent(spec.share), level, criterion)
                                           : tr("K = %1, %2, %3").arg(QString::number(spec.keptPerRow), level, criterion);
  return facts.isRun ? tr("run: %1").arg(how) : how;
}

QString SelectionWords::allTrained(DecoderMode decoder, TaskKind task) {
  if (task == TaskKind::Classification) return tr("All, with head");
  switch (decoder) {
    case DecoderMode::Freeze:
      return tr("All, decoder frozen");
    case DecoderMode::Sparse:
      return tr("All, with decoder picks");
    case DecoderMode::Train:
      break;
  }
  return tr("All, with decoder");
}

QString SelectionWords::full(const SelectionFacts& facts) {
  QStringList lines{
      facts.name, recipe(facts), tr("%n weight(s)", nullptr, int(facts.selected)),
      tr("Model %1, weights %2").arg(QString::fromStdString(facts.spec.modelId), QString::fromStdString(facts.spec.baseHash).left(12))};
  QStringList excluded;
  for (const auto& block : facts.spec.excludedBlocks) excluded << QString::fromStdString(block);
  for (const auto& kind : facts.spec.excludedKinds) excluded << QString::fromStdString(kind);
  if (!excluded.isEmpty()) lines << tr("Left out: %1").arg(excluded.join(u", "_s));
  lines << facts.when.toString(u"yyyy-MM-dd HH:mm"_s) << facts.path;
  return lines.join(u'\n');
}

}  // namespace gps::app
