#include "app/pages/trainform.h"

#include <QCoreApplication>
#include <type_traits>

#include "widgets/propertyform.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class TrainFormTexts {
  Q_DECLARE_TR_FUNCTIONS(TrainFormTexts)
 public:
  static void fill(ui::PropertyForm& form, TaskKind task) {
    const TrainSpec defaults = defaultTrainSpec(task);
    const bool isClassification = task == TaskKind::Classification;
    QList<std::pair<QString, QString>> methods{{u"gps"_s, tr("selected weights")}, {u"full"_s, tr("all weights")}};
    if (isClassification)
      methods << std::pair{u"linear"_s, tr("head only")};
    else
      methods << std::pair{u"decoder"_s, tr("decoder only")} << std::pair{u"linear"_s, tr("last layer only")};
    methods << std::pair{u"bias"_s, tr("biases only")};
    form.addChoice(u"method"_s, tr("Method"), methods, u"gps"_s, tr("Which part of the model learns."));
    if (!isClassification)
      form.addChoice(u"decoder"_s, tr("Mask decoder"), {{u"train"_s, tr("trains")}, {u"freeze"_s, tr("frozen")}}, u"train"_s,
                     tr("Whether the mask decoder learns beside the selected weights."));
    form.addInteger(u"epochs"_s, tr("Epochs"), 1, 1000, defaults.epochs, {}, tr("How often every training picture is seen."));
    if (!isClassification)
      form.addInteger(u"warmup_epochs"_s, tr("Warm-up epochs"), 0, 1000, defaults.warmupEpochs, {},
                      tr("Cheap epochs of the decoder alone, before the first; useful when it never saw such pictures."));
    form.addInteger(u"batch"_s, tr("Pictures per step"), 0, 256, defaults.batch, {},
                    tr("More is smoother and needs more memory; 0 takes the model's default."));
    form.addNumber(u"lr"_s, tr("Learning rate"), 1e-8, 1, defaults.learningRate, {}, tr("Size of the first steps."));
    form.addChoice(u"schedule"_s, tr("Schedule"),
                   {{u"cosine"_s, tr("cosine")}, {u"paper"_s, tr("warm-up, cosine")}, {u"constant"_s, tr("constant")}},
                   QString::fromStdString(wordOf(defaults.schedule)), tr("How the learning rate falls over the epochs."));
    form.addChoice(u"optimizer"_s, tr("Optimiser"), {{u"adam"_s, u"Adam"_s}, {u"adamw"_s, u"AdamW"_s}, {u"sgd"_s, u"SGD"_s}},
                   QString::fromStdString(wordOf(defaults.optimizer)), tr("How gradients become steps."));
    form.addNumber(u"weight_decay"_s, tr("Weight decay"), 0, 1, defaults.weightDecay, {}, tr("Pulls trained values towards zero."));
    if (isClassification) addRegularisation(form, defaults);
    QList<std::pair<QString, QString>> augments{{u"none"_s, tr("none")}, {u"flip"_s, tr("mirror")}};
    if (isClassification) augments << std::pair{u"fgvc"_s, tr("FGVC: crops")} << std::pair{u"vtab"_s, tr("VTAB: squash")};
    form.addChoice(u"augment"_s, tr("Augmentation"), augments, QString::fromStdString(wordOf(defaults.augment)),
                   isClassification
                       ? tr("How the training pictures change from epoch to epoch: FGVC crops and mirrors at random; VTAB squashes "
                            "every picture to the square and changes nothing.")
                       : tr("Changes of the training pictures from epoch to epoch."));
    if (isClassification)
      form.addSwitch(u"train_on_val"_s, tr("Train on validation"), defaults.trainOnVal,
                     tr("Trains on the training and validation splits together and scores on the test split, as the paper does."));
    form.addInteger(u"limit"_s, tr("Training pictures"), 0, 1000000, defaults.limit, {}, tr("Use only so many; 0 uses all."));
    form.addInteger(u"seed"_s, tr("Seed"), 0, 2147483647, int(defaults.seed), {}, tr("The same seed gives the same run."));
    form.addChoice(u"device"_s, tr("Device"), {{u"auto"_s, tr("automatic")}, {u"cpu"_s, u"CPU"_s}, {u"cuda"_s, tr("graphics card")}},
                   u"auto"_s, tr("Where the model computes; automatic takes a graphics card when one is usable."));
  }

 private:
  static void addRegularisation(ui::PropertyForm& form, const TrainSpec& defaults) {
    form.addNumber(u"drop_path"_s, tr("Drop-path"), 0, 0.99, defaults.dropPath, {},
                   tr("Chance that the last block is skipped for a picture; earlier blocks less often."));
    form.addNumber(u"mixup"_s, tr("Mixup"), 0, 10, defaults.mixup, {},
                   tr("Blends pairs of pictures and their classes; the alpha of its Beta distribution, 0 is off."));
    form.addNumber(u"cutmix"_s, tr("CutMix"), 0, 10, defaults.cutmix, {},
                   tr("Pastes a piece of another picture; alpha, 0 is off. With mixup each step takes one of them."));
    form.addNumber(u"label_smoothing"_s, tr("Label smoothing"), 0, 0.999, defaults.labelSmoothing, {},
                   tr("Share of the target that goes to all classes alike."));
    form.addNumber(u"ema_decay"_s, tr("EMA decay"), 0, 1, defaults.emaDecay, {},
                   tr("Averages the trained values over the steps and scores the average too; 0 is off, 0.9998 is usual."));
  }
};

template <typename E>
QString word(E value) {
  return QString::fromStdString(wordOf(value));
}

// A field that the form does not have leaves the value alone.
template <typename T>
void take(const ui::PropertyForm& form, const QString& key, T& value) {
  const QVariant given = form.value(key);
  if (!given.isValid()) return;
  if constexpr (std::is_enum_v<T>) {
    const std::string text = given.toString().toStdString();
    for (const auto& entry : EnumWords<T>::table)
      if (entry.word == text) value = entry.value;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    value = given.toULongLong();
  } else {
    value = given.value<T>();
  }
}

}  // namespace

ui::PropertyForm* makeTrainForm(TaskKind task) {
  auto* form = new ui::PropertyForm;
  TrainFormTexts::fill(*form, task);
  return form;
}

void fillTrainForm(ui::PropertyForm& form, const TrainSpec& spec) {
  form.setValue(u"method"_s, word(spec.method));
  form.setValue(u"decoder"_s, word(spec.selection.decoder));
  form.setValue(u"epochs"_s, spec.epochs);
  form.setValue(u"warmup_epochs"_s, spec.warmupEpochs);
  form.setValue(u"batch"_s, spec.batch);
  form.setValue(u"lr"_s, spec.learningRate);
  form.setValue(u"schedule"_s, word(spec.schedule));
  form.setValue(u"optimizer"_s, word(spec.optimizer));
  form.setValue(u"weight_decay"_s, spec.weightDecay);
  form.setValue(u"drop_path"_s, spec.dropPath);
  form.setValue(u"mixup"_s, spec.mixup);
  form.setValue(u"cutmix"_s, spec.cutmix);
  form.setValue(u"label_smoothing"_s, spec.labelSmoothing);
  form.setValue(u"ema_decay"_s, spec.emaDecay);
  form.setValue(u"augment"_s, word(spec.augment));
  form.setValue(u"train_on_val"_s, spec.trainOnVal);
  form.setValue(u"limit"_s, spec.limit);
  form.setValue(u"seed"_s, int(spec.seed));
  form.setValue(u"device"_s, word(spec.device.device));
}

TrainSpec readTrainForm(const ui::PropertyForm& form, const TrainSpec& base) {
  TrainSpec spec = base;
  take(form, u"method"_s, spec.method);
  take(form, u"decoder"_s, spec.selection.decoder);
  take(form, u"epochs"_s, spec.epochs);
  take(form, u"warmup_epochs"_s, spec.warmupEpochs);
  take(form, u"batch"_s, spec.batch);
  take(form, u"lr"_s, spec.learningRate);
  take(form, u"schedule"_s, spec.schedule);
  take(form, u"optimizer"_s, spec.optimizer);
  take(form, u"weight_decay"_s, spec.weightDecay);
  take(form, u"drop_path"_s, spec.dropPath);
  take(form, u"mixup"_s, spec.mixup);
  take(form, u"cutmix"_s, spec.cutmix);
  take(form, u"label_smoothing"_s, spec.labelSmoothing);
  take(form, u"ema_decay"_s, spec.emaDecay);
  take(form, u"augment"_s, spec.augment);
  take(form, u"train_on_val"_s, spec.trainOnVal);
  take(form, u"limit"_s, spec.limit);
  take(form, u"seed"_s, spec.seed);
  take(form, u"device"_s, spec.device.device);
  return spec;
}

}  // namespace gps::app
