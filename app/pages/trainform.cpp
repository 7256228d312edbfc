#include "app/pages/trainform.h"

#include <QCoreApplication>

#include "widgets/propertyform.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class TrainFormTexts {
  Q_DECLARE_TR_FUNCTIONS(TrainFormTexts)
 public:
  static void fill(ui::PropertyForm& form) {
    const TrainSpec defaults;
    form.addChoice(u"method"_s, tr("Method"),
                   {{u"gps"_s, tr("selected weights")},
                    {u"full"_s, tr("all weights")},
                    {u"decoder"_s, tr("decoder only")},
                    {u"linear"_s, tr("last layer only")},
                    {u"bias"_s, tr("biases only")}},
                   u"gps"_s, tr("Which part of the model learns."));
    form.addChoice(u"decoder"_s, tr("Mask decoder"), {{u"train"_s, tr("trains")}, {u"freeze"_s, tr("frozen")}}, u"train"_s,
                   tr("Whether the mask decoder learns beside the selected weights."));
    form.addInteger(u"epochs"_s, tr("Epochs"), 1, 1000, defaults.epochs, {}, tr("How often every training picture is seen."));
    form.addInteger(u"warmup_epochs"_s, tr("Warm-up epochs"), 0, 1000, defaults.warmupEpochs, {},
                    tr("Cheap epochs of the decoder alone, before the first; useful when it never saw such pictures."));
    form.addInteger(u"batch"_s, tr("Pictures per step"), 0, 256, defaults.batch, {},
                    tr("More is smoother and needs more memory; 0 takes the model's default."));
    form.addNumber(u"lr"_s, tr("Learning rate"), 1e-8, 1, defaults.learningRate, {}, tr("Size of the first steps."));
    form.addChoice(u"schedule"_s, tr("Schedule"),
                   {{u"cosine"_s, tr("cosine")}, {u"paper"_s, tr("warm-up, cosine")}, {u"constant"_s, tr("constant")}}, u"cosine"_s,
                   tr("How the learning rate falls over the epochs."));
    form.addChoice(u"optimizer"_s, tr("Optimiser"), {{u"adam"_s, u"Adam"_s}, {u"adamw"_s, u"AdamW"_s}, {u"sgd"_s, u"SGD"_s}}, u"adam"_s,
                   tr("How gradients become steps."));
    form.addNumber(u"weight_decay"_s, tr("Weight decay"), 0, 1, defaults.weightDecay, {}, tr("Pulls trained values towards zero."));
    form.addChoice(u"augment"_s, tr("Augmentation"), {{u"flip"_s, tr("mirror")}, {u"none"_s, tr("none")}}, u"flip"_s,
                   tr("Changes of the training pictures from epoch to epoch."));
    form.addInteger(u"limit"_s, tr("Training pictures"), 0, 1000000, defaults.limit, {}, tr("Use only so many; 0 uses all."));
    form.addInteger(u"seed"_s, tr("Seed"), 0, 2147483647, int(defaults.seed), {}, tr("The same seed gives the same run."));
    form.addChoice(u"device"_s, tr("Device"), {{u"auto"_s, tr("automatic")}, {u"cpu"_s, u"CPU"_s}, {u"cuda"_s, tr("graphics card")}},
                   u"auto"_s, tr("Where the model computes; automatic takes a graphics card when one is usable."));
  }
};

template <typename E>
QString word(E value) {
  return QString::fromStdString(wordOf(value));
}

template <typename E>
void take(const ui::PropertyForm& form, const QString& key, E& value) {
  const std::string text = form.value(key).toString().toStdString();
  for (const auto& entry : EnumWords<E>::table)
    if (entry.word == text) value = entry.value;
}

}  // namespace

ui::PropertyForm* makeTrainForm() {
  auto* form = new ui::PropertyForm;
  TrainFormTexts::fill(*form);
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
  form.setValue(u"augment"_s, word(spec.augment));
  form.setValue(u"limit"_s, spec.limit);
  form.setValue(u"seed"_s, int(spec.seed));
  form.setValue(u"device"_s, word(spec.device.device));
}

TrainSpec readTrainForm(const ui::PropertyForm& form, const TrainSpec& base) {
  TrainSpec spec = base;
  take(form, u"method"_s, spec.method);
  take(form, u"decoder"_s, spec.selection.decoder);
  spec.epochs = form.value(u"epochs"_s).toInt();
  spec.warmupEpochs = form.value(u"warmup_epochs"_s).toInt();
  spec.batch = form.value(u"batch"_s).toInt();
  spec.learningRate = form.value(u"lr"_s).toDouble();
  take(form, u"schedule"_s, spec.schedule);
  take(form, u"optimizer"_s, spec.optimizer);
  spec.weightDecay = form.value(u"weight_decay"_s).toDouble();
  take(form, u"augment"_s, spec.augment);
  spec.limit = form.value(u"limit"_s).toInt();
  spec.seed = std::uint64_t(form.value(u"seed"_s).toInt());
  take(form, u"device"_s, spec.device.device);
  return spec;
}

}  // namespace gps::app
