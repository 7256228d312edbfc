#include "app/pages/runcolumns.h"

#include <QCoreApplication>
#include <cmath>
#include <functional>
#include <optional>

#include "app/pages/runsettings.h"
#include "core/tuning/metricsjson.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::RunColumn;

namespace {

struct Metric {
  QString key, name;
  RunColumn::Kind kind;
  std::function<std::optional<double>(const EpochRecord&)> value;
};

class RunColumns {
  Q_DECLARE_TR_FUNCTIONS(RunColumns)
 public:
  // What the best value stands for has columns of its own.
  static QList<Metric> metrics() {
    const auto scored = [](const QString& key, const QString& name, TaskKind task, auto read, RunColumn::Kind kind) {
      return Metric{key, name, kind, [task, read](const EpochRecord& e) -> std::optional<double> {
                      if (!e.isScored || e.task != task) return std::nullopt;
                      return read(e);
                    }};
    };
    const auto masks = [&](const char* key, const QString& name, auto read) {
      return scored(QString::fromLatin1(key), name, TaskKind::Segmentation, read, RunColumn::Kind::Score);
    };
    const auto classes = [&](const char* key, const QString& name, auto read) {
      return scored(QString::fromLatin1(key), name, TaskKind::Classification, read, RunColumn::Kind::Score);
    };
    using E = EpochRecord;
    const auto loss = [](const E& e) { return e.isScored ? std::optional<double>(e.valLoss) : std::nullopt; };
    const auto trainLoss = [](const E& e) { return e.epoch > 0 ? std::optional<double>(e.trainLoss) : std::nullopt; };
    return {masks("iou", tr("IoU"), [](const E& e) { return e.iouMean; }),
            masks("precision", tr("Precision"), [](const E& e) { return e.precisionMean; }),
            masks("recall", tr("Recall"), [](const E& e) { return e.recallMean; }),
            masks("dice_pooled", tr("Pooled Dice"), [](const E& e) { return e.dicePooled; }),
            masks("iou_pooled", tr("Pooled IoU"), [](const E& e) { return e.iouPooled; }),
            classes("top5", tr("Top-5"), [](const E& e) { return e.top5; }),
            classes("ema_top1", tr("Top-1 of the average (EMA)"), [](const E& e) { return e.emaTop1; }),
            classes("ema_top5", tr("Top-5 of the average (EMA)"), [](const E& e) { return e.emaTop5; }),
            {u"val_loss"_s, tr("Validation loss"), RunColumn::Kind::Number, loss},
            {u"train_loss"_s, tr("Training loss"), RunColumn::Kind::Number, trainLoss}};
  }
  static void addMetrics(const QList<RunPtr>& runs, ExtraColumns& all) {
    for (const Metric& metric : metrics()) {
      const RunColumn best{"best."_L1 + metric.key, tr("%1, best epoch").arg(metric.name),
                           tr("%1 at the epoch of the best value; in fp32 where it was measured so").arg(metric.name),
                           RunColumn::Group::Metric, metric.kind};
      const RunColumn last{"last."_L1 + metric.key, tr("%1, last epoch").arg(metric.name),
                           tr("%1 at the last epoch, in the precision of training").arg(metric.name), RunColumn::Group::Metric,
                           metric.kind};
      bool isRecorded = false;
      for (const RunPtr& run : runs) {
        const auto& epochs = run->record.epochs;
        const auto put = [&](const RunColumn& column, const EpochRecord& e) {
          const auto value = metric.value(e);
          if (!value || !std::isfinite(*value)) return;
          all.values[run->id].insert(column.key, *value);
          isRecorded = true;
        };
        const auto* record = run->record.bestEpoch > 0 ? recordOf(epochs, run->record.bestEpoch) : nullptr;
        if (record) put(best, record->measuredLast());
        if (!epochs.empty() && epochs.back().epoch > 0) put(last, epochs.back());
      }
      if (isRecorded) all.columns << best << last;
    }
  }
};

// These stand in the table already.
bool isShownAnyway(const QString& key) {
  static const QSet<QString> shown{u"training.method"_s,        u"selection.level"_s, u"selection.criterion"_s, u"selection.k"_s,
                                   u"training.learning_rate"_s, u"training.seed"_s,   u"training.epochs"_s,     u"device.precision"_s};
  return shown.contains(key);
}

void addSettings(const QList<RunPtr>& runs, ExtraColumns& all) {
  QList<SettingAcross> settings = differingSettings(runs);
  settings.removeIf([](const SettingAcross& s) { return isShownAnyway(s.key); });
  for (const SettingAcross& setting : std::as_const(settings)) {
    bool areNumbers = true;
    for (const QString& value : setting.values) {
      bool isNumber = value.isEmpty();
      if (!isNumber) value.toDouble(&isNumber);
      areNumbers = areNumbers && isNumber;
    }
    all.columns << RunColumn{setting.key, shortKey(setting.key, settings), setting.key, RunColumn::Group::Setting,
                             areNumbers ? RunColumn::Kind::Number : RunColumn::Kind::Text};
    for (qsizetype i = 0; i < runs.size(); ++i)
      if (const QString& value = setting.values[i]; !value.isEmpty())
        all.values[runs[i]->id].insert(setting.key, areNumbers ? QVariant(value.toDouble()) : QVariant(value));
  }
}

}  // namespace

ExtraColumns extraColumns(const QList<RunPtr>& runs) {
  ExtraColumns all;
  RunColumns::addMetrics(runs, all);
  addSettings(runs, all);
  return all;
}

}  // namespace gps::app
