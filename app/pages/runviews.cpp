#include "app/pages/runviews.h"

#include <QHash>
#include <algorithm>
#include <cmath>
#include <map>

#include "app/engine/schemetext.h"
#include "app/pages/cases/sourcewords.h"
#include "core/tuning/metricsjson.h"
#include "core/tuning/sweep/frontier.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostNamed = 4;  // settings in a name

bool isSeed(const std::string& key) { return key == "training.seed" || key == "selection.seed"; }

// "lr 0.001", "net", "full": words as on the command line.
QString settingText(const std::string& key, const std::string& value) {
  static const std::map<std::string, QString> shortNames{{"training.learning_rate", u"lr"_s}, {"selection.k", u"K"_s},
                                                         {"selection.level", QString()},      {"selection.criterion", QString()},
                                                         {"training.method", QString()},      {"device.precision", QString()}};
  const auto known = shortNames.find(key);
  if (known != shortNames.end()) return known->second.isEmpty() ? settingValue(value) : known->second + u' ' + settingValue(value);
  const auto dot = key.rfind('.');
  return QString::fromStdString(key.substr(dot == std::string::npos ? 0 : dot + 1)) + u' ' + settingValue(value);
}

using Settings = std::map<std::string, std::string>;

// A run of another method has no selection, whatever stands in its file.
Settings identity(const RunEntry& run, bool withK) {
  Settings kept;
  for (const auto& [key, value] : run.settings) {
    if (isSeed(key) || isAside(key) || (key == "selection.k" && !withK)) continue;
    if (isIdle(run, key)) continue;
    kept[key] = value;
  }
  return kept;
}

// For hashing: settings are few hundred bytes, runs may be many.
QString textOf(const Settings& settings) {
  std::string text;
  for (const auto& [key, value] : settings) text += key + '=' + value + '\n';
  return QString::fromStdString(text);
}

// Names that tell these apart.
QStringList namesOf(const QList<Settings>& all) {
  std::map<std::string, QSet<QString>> values;
  for (const Settings& one : all)
    for (const auto& [key, value] : one) values[key].insert(QString::fromStdString(value));
  const auto differs = [&](const std::string& key) { return values[key].size() > 1; };
  static const char* const kFirst[] = {"training.method", "selection.level", "selection.criterion", "selection.k",
                                       "training.learning_rate"};
  QStringList names;
  for (const Settings& one : all) {
    QStringList parts;
    const bool isGps = one.contains("training.method") && settingValue(one.at("training.method")) == "gps"_L1;
    for (const char* key : kFirst)
      if (const auto it = one.find(key); it != one.end() && differs(key) && !(isGps && key == std::string("training.method")))
        parts << settingText(key, it->second);
    for (const auto& [key, value] : one) {
      const bool isFirst = std::any_of(std::begin(kFirst), std::end(kFirst), [&](const char* k) { return key == k; });
      if (!isFirst && differs(key) && parts.size() < kMostNamed) parts << settingText(key, value);
    }
    if (parts.isEmpty() && isGps && all.size() > 1 && one.contains("selection.level"))
      parts << settingValue(one.at("selection.level")) + u' ' + settingValue(one.at("selection.criterion"));
    names << parts.join(u" · "_s);
  }
  return names;
}

ui::RunPhase phaseOf(RunStanding standing) {
  switch (standing) {
    case RunStanding::Running:
      return ui::RunPhase::Running;
    case RunStanding::Finished:
      return ui::RunPhase::Finished;
    case RunStanding::Stopped:
      return ui::RunPhase::Stopped;
    case RunStanding::Failed:
      return ui::RunPhase::Failed;
    case RunStanding::Unreadable:
      break;
  }
  return ui::RunPhase::Unreadable;
}

}  // namespace

bool isClassification(const RunEntry& run) {
  return !run.record.epochs.empty() && run.record.epochs.front().task == TaskKind::Classification;
}

bool allClassify(const QList<RunPtr>& runs) {
  return !runs.isEmpty() && std::all_of(runs.begin(), runs.end(), [](const RunPtr& run) { return isClassification(*run); });
}

double bestValue(const RunEntry& run) {
  const auto* best = run.record.bestEpoch > 0 ? recordOf(run.record.epochs, run.record.bestEpoch) : nullptr;
  return best && best->isScored ? best->measuredLast().headline() : kNone;
}

ui::RunRow rowOf(const RunEntry& run, const RunNote& note) {
  ui::RunRow row;
  row.id = run.id;
  row.phase = phaseOf(run.standing);
  row.problem = run.problem;
  row.startedMs = run.startedMs;
  row.isStarred = note.isStarred;
  row.tags = note.tags;
  row.note = note.text;
  row.colour = note.colour;
  if (run.settings.empty()) return row;
  const TrainSpec& spec = run.record.spec;
  row.method = QString::fromStdString(wordOf(spec.method));
  row.methodText = methodName(spec.method);
  row.precision = QString::fromStdString(wordOf(spec.device.precision));
  if (spec.method == Method::Gps) {
    row.level = QString::fromStdString(wordOf(spec.selection.level));
    row.criterion = QString::fromStdString(wordOf(spec.selection.criterion));
    row.levelText = SchemeText::level(spec.selection.level);
    row.criterionText = SchemeText::criterion(spec.selection.criterion);
    row.keptPerRow = spec.selection.keptPerRow;
    row.share = spec.selection.share;
  }
  row.isClassification = isClassification(run);
  row.learningRate = spec.learningRate;
  row.seed = spec.seed;
  row.plannedEpochs = spec.epochs;
  const auto& epochs = run.record.epochs;
  row.epochs = epochs.empty() ? 0 : epochs.back().epoch;
  row.best = bestValue(run);
  row.bestEpoch = run.record.bestEpoch;
  if (!epochs.empty() && epochs.back().epoch > 0 && epochs.back().isScored) row.last = epochs.back().headline();
  row.deltaMib = run.deltaMib;
  if (const auto& totals = run.record.totals)
    row.trainable = totals->trainableTotal, row.peakMib = totals->peakMib, row.seconds = totals->seconds;
  if (row.seconds <= 0)
    for (const EpochRecord& e : epochs) row.seconds += e.seconds;
  return row;
}

QList<SeedGroup> seedGroups(const QList<RunPtr>& runs) {
  QList<SeedGroup> groups;
  QList<Settings> keys;
  QHash<QString, qsizetype> places;
  for (const RunPtr& run : runs) {
    if (std::isnan(bestValue(*run))) continue;
    const Settings key = identity(*run, true);
    const QString text = textOf(key);
    if (!places.contains(text)) {
      places.insert(text, keys.size());
      keys << key;
      groups << SeedGroup{};
      groups.last().isClassification = isClassification(*run);
    }
    groups[places.value(text)].runs << run;
  }
  const QStringList names = namesOf(keys);
  for (qsizetype g = 0; g < groups.size(); ++g) {
    SeedGroup& group = groups[g];
    group.name = names[g];
    group.low = group.high = bestValue(*group.runs.first());
    for (const RunPtr& run : std::as_const(group.runs)) {
      const double v = bestValue(*run);
      group.mean += v / double(group.runs.size());
      group.low = std::min(group.low, v), group.high = std::max(group.high, v);
    }
    double squares = 0;
    for (const RunPtr& run : std::as_const(group.runs)) squares += std::pow(bestValue(*run) - group.mean, 2);
    group.deviation = group.runs.size() > 1 ? std::sqrt(squares / double(group.runs.size() - 1)) : kNone;
  }
  return groups;
}

QList<ui::FrontierSeries> frontierSeries(const QList<RunPtr>& runs, bool bySize) {
  QList<Settings> keys;
  QList<qsizetype> kinds;  // of the scored runs, an index into keys
  QHash<QString, qsizetype> places;
  QList<RunPtr> scored;
  for (const RunPtr& run : runs) {
    if (std::isnan(bestValue(*run)) || run->standing != RunStanding::Finished) continue;
    scored << run;
    const Settings key = identity(*run, false);
    const QString text = textOf(key);
    if (!places.contains(text)) {
      places.insert(text, keys.size());
      keys << key;
    }
    kinds << places.value(text);
  }
  const QStringList names = namesOf(keys);
  std::vector<ScoredRun> list;
  for (qsizetype i = 0; i < scored.size(); ++i) {
    const TrainSpec& spec = scored[i]->record.spec;
    ScoredRun run;
    run.settings = {{"seed", std::to_string(spec.seed)}, {"kind", std::to_string(kinds[i])}};
    if (spec.method == Method::Gps) run.settings.emplace_back("k", std::to_string(spec.selection.keptPerRow));
    run.score = bestValue(*scored[i]);
    run.deltaMib = scored[i]->deltaMib;
    list.push_back(run);
  }
  QList<ui::FrontierSeries> all;
  for (const Frontier& frontier : frontiersOf(list)) {
    ui::FrontierSeries series;
    series.name = names.value(QString::fromStdString(frontier.settings.front().second).toInt());
    series.colour = int(all.size()) % ui::kRunSlots;
    for (const FrontierPoint& point : frontier.points) {
      ui::FrontierMark mark;
      mark.k = QString::fromStdString(point.k);
      mark.x = bySize ? point.deltaMib * ui::kMegabytesPerMebibyte : mark.k.toDouble();
      mark.mean = point.mean;
      mark.deviation = point.deviation.value_or(kNone);
      mark.runs = point.runs;
      mark.isEnough = frontier.enough && *frontier.enough == point.k && frontier.points.size() > 1;
      if (point.k.empty()) series.isLevel = true;
      if (bySize && point.deltaMib <= 0) continue;
      series.marks << mark;
    }
    if (!series.marks.isEmpty()) all << series;
  }
  return all;
}

}  // namespace gps::app
