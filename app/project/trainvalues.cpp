#include "app/project/trainvalues.h"

#include <type_traits>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

// One list serves both directions.
template <typename Spec, typename Visitor>
void visitTrainValues(Spec& s, Visitor& field) {
  field(u"method"_s, s.method);
  field(u"k"_s, s.selection.keptPerRow);
  field(u"share"_s, s.selection.share);
  field(u"file"_s, s.selectionPath);
  field(u"decoder"_s, s.selection.decoder);
  field(u"epochs"_s, s.epochs);
  field(u"warmup_epochs"_s, s.warmupEpochs);
  field(u"warmup_learning_rate"_s, s.warmupLearningRate);
  field(u"batch"_s, s.batch);
  field(u"learning_rate"_s, s.learningRate);
  field(u"min_learning_rate"_s, s.minLearningRate);
  field(u"schedule"_s, s.schedule);
  field(u"optimizer"_s, s.optimizer);
  field(u"weight_decay"_s, s.weightDecay);
  field(u"clip_norm"_s, s.clipNorm);
  field(u"layer_decay"_s, s.layerDecay);
  field(u"seed"_s, s.seed);
  field(u"drop_path"_s, s.dropPath);
  field(u"mixup"_s, s.mixup);
  field(u"cutmix"_s, s.cutmix);
  field(u"label_smoothing"_s, s.labelSmoothing);
  field(u"ema_decay"_s, s.emaDecay);
  field(u"augment"_s, s.augment);
  field(u"train_on_val"_s, s.trainOnVal);
  field(u"limit"_s, s.limit);
  field(u"validation_limit"_s, s.validationLimit);
  field(u"device"_s, s.device.device);
  field(u"precision"_s, s.device.precision);
  field(u"threads"_s, s.device.threads);
  field(u"recompute"_s, s.recompute);
  field(u"rule"_s, s.rule);
  field(u"backward"_s, s.backward);
  field(u"eager"_s, s.eager);
  field(u"fast"_s, s.fast);
}

struct Reader {
  QHash<QString, QVariant> values;
  template <typename T>
  void operator()(const QString& key, const T& value) {
    if constexpr (std::is_enum_v<T>)
      values.insert(key, QString::fromStdString(wordOf(value)));
    else if constexpr (std::is_same_v<T, std::string>)
      values.insert(key, QString::fromStdString(value));
    else if constexpr (std::is_same_v<T, std::uint64_t>)
      values.insert(key, qulonglong(value));
    else
      values.insert(key, value);
  }
};

struct Writer {
  const QHash<QString, QVariant>& values;
  template <typename T>
  void operator()(const QString& key, T& value) {
    const QVariant given = values.value(key);
    if (!given.isValid()) return;
    if constexpr (std::is_enum_v<T>) {
      const std::string text = given.toString().toStdString();
      for (const auto& entry : EnumWords<T>::table)
        if (entry.word == text) value = entry.value;
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = given.toString().toStdString();
    } else if constexpr (std::is_same_v<T, std::uint64_t>) {
      value = given.toULongLong();
    } else {
      value = given.value<T>();
    }
  }
};

}  // namespace

QHash<QString, QVariant> trainValues(const TrainSpec& spec) {
  Reader reader;
  visitTrainValues(spec, reader);
  return reader.values;
}

TrainSpec withTrainValues(TrainSpec spec, const QHash<QString, QVariant>& values) {
  Writer writer{values};
  visitTrainValues(spec, writer);
  return spec;
}

}  // namespace gps::app
