// Runs as parallel coordinates.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/pages/runviews.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kLogRatio = 10;  // values that span more stand on a logarithmic axis

QString phrase(const char* text) { return QCoreApplication::translate("runs", text); }

QString schemeOf(const TrainSpec& spec) {
  const QString method = QString::fromStdString(wordOf(spec.method));
  if (spec.method != Method::Gps) return method;
  return QString::fromStdString(wordOf(spec.selection.level)) + u' ' + QString::fromStdString(wordOf(spec.selection.criterion));
}

struct Coordinate {
  ui::ParallelAxis axis;
  QList<double> values;  // of each run
};

// Of numbers, or of words in alphabetical order.
Coordinate coordinateOf(const QString& title, const QStringList& texts) {
  Coordinate c{{title, {}, false, false}, {}};
  QStringList words;
  bool areNumbers = true;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const QString& text : texts) {
    if (text.isEmpty()) continue;
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    areNumbers = areNumbers && isNumber;
    low = std::min(low, number), high = std::max(high, number);
    if (!words.contains(text)) words << text;
  }
  words.sort();
  c.axis.isLog = areNumbers && low > 0 && high >= kLogRatio * low;
  if (!areNumbers) c.axis.categories = words;
  for (const QString& text : texts) c.values << (text.isEmpty() ? kNone : areNumbers ? text.toDouble() : double(words.indexOf(text)));
  return c;
}

// Paths and the like that end differently are told by their ends.
QStringList shortened(QStringList texts) {
  QSet<QString> whole, ends;
  for (const QString& text : std::as_const(texts)) whole << text, ends << text.section(u'/', -1);
  if (ends.size() == whole.size() && !ends.contains(QString()))
    for (QString& text : texts) text = text.section(u'/', -1);
  return texts;
}

// What has an axis of its own below.
bool isTold(const QString& key) {
  static const QSet<QString> told{u"training.method"_s,        u"selection.level"_s, u"selection.criterion"_s, u"selection.k"_s,
                                  u"training.learning_rate"_s, u"training.seed"_s,   u"training.epochs"_s};
  return told.contains(key);
}

bool seedsAreAlike(const QList<RunPtr>& runs) {
  return std::all_of(runs.begin(), runs.end(), [](const RunPtr& run) {
    return run->record.spec.selection.seed == run->record.spec.seed || isIdle(*run, "selection.seed");
  });
}

}  // namespace

ParallelData parallelData(const QList<RunPtr>& runs, const QSet<QString>& standOut, const RunNotes& notes) {
  QList<RunPtr> scored;
  QStringList schemes;
  QSet<double> rates, ks, seeds, epochs;
  bool isPercent = true;
  for (const RunPtr& run : runs) {
    if (std::isnan(bestValue(*run))) continue;
    scored << run;
    const TrainSpec& spec = run->record.spec;
    if (!schemes.contains(schemeOf(spec))) schemes << schemeOf(spec);
    rates << spec.learningRate;
    if (spec.method == Method::Gps) ks << spec.selection.keptPerRow;
    seeds << double(spec.seed);
    epochs << spec.epochs;
    isPercent = isPercent && isClassification(*run);
  }
  schemes.sort();
  ParallelData data;
  for (const RunPtr& run : std::as_const(scored)) data.lines << ui::ParallelLine{run->id, run->id, {}, -1};
  const auto add = [&](bool isShown, const ui::ParallelAxis& axis, const std::function<double(const RunEntry&)>& value) {
    if (!isShown) return;
    data.axes << axis;
    for (qsizetype i = 0; i < scored.size(); ++i) data.lines[i].values << value(*scored[i]);
  };
  const auto addEpochs = [&](bool isShown) {
    add(isShown, {phrase(QT_TRANSLATE_NOOP("runs", "Epochs")), {}, true, false},
        [](const RunEntry& r) { return double(r.record.spec.epochs); });
  };
  add(schemes.size() > 1, {phrase(QT_TRANSLATE_NOOP("runs", "Scheme")), schemes, false, false},
      [&](const RunEntry& r) { return double(schemes.indexOf(schemeOf(r.record.spec))); });
  add(ks.size() > 1, {phrase(QT_TRANSLATE_NOOP("runs", "K")), {}, true, false}, [](const RunEntry& r) {
    const TrainSpec& spec = r.record.spec;
    return spec.method == Method::Gps && spec.selection.share <= 0 ? double(spec.selection.keptPerRow) : kNone;
  });
  add(rates.size() > 1, {phrase(QT_TRANSLATE_NOOP("runs", "Learning rate")), {}, true, false},
      [](const RunEntry& r) { return r.record.spec.learningRate; });
  add(seeds.size() > 1, {phrase(QT_TRANSLATE_NOOP("runs", "Seed")), {}, false, false},
      [](const RunEntry& r) { return double(r.record.spec.seed); });
  addEpochs(epochs.size() > 1);
  QList<SettingAcross> others = differingSettings(scored);
  others.removeIf([&](const SettingAcross& s) {
    return isTold(s.key) || isAside(s.key.toStdString()) || (s.key == "selection.seed"_L1 && seedsAreAlike(scored));
  });
  for (const SettingAcross& setting : std::as_const(others)) {
    const Coordinate c = coordinateOf(shortKey(setting.key, others), shortened(setting.values));
    data.axes << c.axis;
    for (qsizetype i = 0; i < scored.size(); ++i) data.lines[i].values << c.values[i];
  }
  if (data.axes.isEmpty()) addEpochs(!scored.isEmpty());
  add(!scored.isEmpty(), {phrase(QT_TRANSLATE_NOOP("runs", "Best value")), {}, false, isPercent}, bestValue);
  for (ui::ParallelLine& line : data.lines)
    if (standOut.contains(line.id)) line.colour = std::max(0, notes.of(line.id).colour);
  return data;
}

}  // namespace gps::app
