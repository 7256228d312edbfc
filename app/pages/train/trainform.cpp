#include "app/pages/train/trainform.h"

#include <QCoreApplication>

#include "app/project/trainvalues.h"
#include "widgets/propertyform.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

using Choices = QList<std::pair<QString, QString>>;

class TrainFormTexts {
  Q_DECLARE_TR_FUNCTIONS(TrainFormTexts)
 public:
  static void fill(ui::PropertyForm& form, TaskKind task) {
    const TrainSpec defaults = defaultTrainSpec(task);
    const bool isClassification = task == TaskKind::Classification;
    addWhat(form, isClassification);
    addSteps(form, defaults, isClassification);
    if (isClassification) addRegularisation(form, defaults);
    addPictures(form, defaults, isClassification);
    addComputing(form);
  }

 private:
  template <typename E>
  static QString word(E value) {
    return QString::fromStdString(wordOf(value));
  }

  static void addWhat(ui::PropertyForm& form, bool isClassification) {
    Choices methods{{u"gps"_s, tr("selection")}, {u"full"_s, tr("all weights")}};
    if (isClassification)
      methods << std::pair{u"linear"_s, tr("head only")};
    else
      methods << std::pair{u"decoder"_s, tr("decoder only")} << std::pair{u"linear"_s, tr("last layer")};
    methods << std::pair{u"bias"_s, tr("biases only")};
    form.addChoice(u"method"_s, tr("Method"), methods, u"gps"_s, tr("Which part of the model learns."));
    form.addInteger(u"k"_s, tr("Inputs kept, K"), 1, 100000, SelectionSpec{}.keptPerRow, tr("inputs"),
                    tr("Per neuron; as on the Selection page, of which this run takes the scheme, too."));
    form.addNumber(u"share"_s, tr("Selected share"), 0, 1, SelectionSpec{}.share, {},
                   tr("Of all weights that can be selected, from 0 to 1; K then follows from it. 0: K decides."));
    form.addPath(u"file"_s, tr("Selection file"), {}, tr("Trains the weights named there; empty: selects as the Selection page says."));
    if (!isClassification)
      form.addChoice(u"decoder"_s, tr("Mask decoder"),
                     {{u"train"_s, tr("trains")}, {u"freeze"_s, tr("frozen")}, {u"sparse"_s, tr("selected, too")}}, u"train"_s,
                     tr("Whether the mask decoder learns beside the selected weights: whole, not at all, or what is selected in it."));
  }

  static void addSteps(ui::PropertyForm& form, const TrainSpec& defaults, bool isClassification) {
    form.addInteger(u"epochs"_s, tr("Epochs"), 1, 100000, defaults.epochs, tr("epochs"), tr("How often every training picture is seen."));
    if (!isClassification) {
      form.addInteger(u"warmup_epochs"_s, tr("Decoder warm-up"), 0, 1000, defaults.warmupEpochs, tr("epochs"),
                      tr("Epochs of the decoder alone, cheap and before the first; useful when it never saw such pictures."));
      form.addNumber(u"warmup_learning_rate"_s, tr("Warm-up rate"), 1e-12, 1000, defaults.warmupLearningRate, {},
                     tr("Learning rate of the warm-up."));
    }
    form.addInteger(u"batch"_s, tr("Pictures per step"), 0, 4096, defaults.batch, tr("pictures"),
                    tr("More is smoother and needs more memory; 0 takes the model's default."));
    form.addNumber(u"learning_rate"_s, tr("Learning rate"), 1e-12, 1000, defaults.learningRate, {}, tr("Size of the first steps."));
    form.addChoice(u"schedule"_s, tr("Schedule"),
                   {{u"cosine"_s, tr("cosine")}, {u"paper"_s, tr("warm-up, cosine")}, {u"constant"_s, tr("constant")}},
                   word(defaults.schedule), tr("How the learning rate falls over the epochs."));
    form.addNumber(u"min_learning_rate"_s, tr("Smallest rate"), 0, 1000, defaults.minLearningRate, {}, tr("Where the cosine ends."));
    form.addChoice(u"optimizer"_s, tr("Optimiser"), {{u"adam"_s, u"Adam"_s}, {u"adamw"_s, u"AdamW"_s}, {u"sgd"_s, u"SGD"_s}},
                   word(defaults.optimizer), tr("How gradients become steps."));
    form.addNumber(u"weight_decay"_s, tr("Weight decay"), 0, 1000, defaults.weightDecay, {}, tr("Pulls trained values towards zero."));
    form.addNumber(u"clip_norm"_s, tr("Clip norm"), 0, 1e9, defaults.clipNorm, {},
                   tr("Largest norm of the gradient of all trained values; 0 does not clip."));
    form.addNumber(u"layer_decay"_s, tr("Layer decay"), 0.01, 1, defaults.layerDecay, {},
                   tr("Factor of the learning rate from each block to the one before it."));
    form.addInteger(u"seed"_s, tr("Seed"), 0, 2147483647, int(defaults.seed), {}, tr("The same seed gives the same run."));
  }

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

  static void addPictures(ui::PropertyForm& form, const TrainSpec& defaults, bool isClassification) {
    Choices augments{{u"none"_s, tr("none")}, {u"flip"_s, tr("mirror")}};
    if (isClassification) augments << std::pair{u"fgvc"_s, tr("FGVC: crops")} << std::pair{u"vtab"_s, tr("VTAB: squash")};
    form.addChoice(u"augment"_s, tr("Augmentation"), augments, word(defaults.augment),
                   isClassification
                       ? tr("How the training pictures change from epoch to epoch: FGVC crops and mirrors at random; VTAB squashes "
                            "every picture to the square and changes nothing.")
                       : tr("Changes of the training pictures from epoch to epoch."));
    form.addSwitch(u"train_on_val"_s, tr("Train on validation"), defaults.trainOnVal,
                   tr("Trains on the training and validation splits together and scores on the test split, as the paper does."));
    form.addInteger(u"limit"_s, tr("Training pictures"), 0, 2000000000, defaults.limit, tr("pictures"),
                    tr("Use only so many; 0 uses all."));
    form.addInteger(u"validation_limit"_s, tr("Scored pictures"), 0, 2000000000, defaults.validationLimit, tr("pictures"),
                    tr("Score only so many after an epoch; 0 scores all."));
  }

  static void addComputing(ui::PropertyForm& form) {
    const TrainSpec usual;
    form.addChoice(u"device"_s, tr("Device"), {{u"auto"_s, tr("automatic")}, {u"cpu"_s, u"CPU"_s}, {u"cuda"_s, tr("graphics card")}},
                   u"auto"_s, tr("Where the model computes; automatic takes a graphics card when one is usable."));
    form.addChoice(u"precision"_s, tr("Precision"),
                   {{u"fp32"_s, u"fp32"_s}, {u"tf32"_s, u"tf32"_s}, {u"bf16"_s, u"bf16"_s}, {u"fp16"_s, u"fp16"_s}}, u"fp32"_s,
                   tr("Of the products in the network; sums and the optimiser stay fp32."));
    form.addInteger(u"threads"_s, tr("Threads"), 0, 1024, usual.device.threads, tr("threads"),
                    tr("Of the CPU; 0 leaves one core to the window."));
    form.addSwitch(u"recompute"_s, tr("Recompute"), usual.recompute,
                   tr("Keeps only what enters each block and computes the rest again: slower, less memory."));
    form.addChoice(u"rule"_s, tr("Gradients"), {{u"sparse"_s, tr("sparse")}, {u"dense"_s, tr("dense, then masked")}}, word(usual.rule),
                   tr("How gradients are made; dense is the reference that sparse is compared with."));
    form.addChoice(u"backward"_s, tr("Backward path"),
                   {{u"auto"_s, tr("automatic")}, {u"sampled"_s, tr("entry by entry")}, {u"union"_s, tr("columns in use")}},
                   word(usual.backward), tr("How sparse gradients are computed; automatic takes the faster way of each layer."));
    form.addSwitch(u"eager"_s, tr("Step by step"), usual.eager, tr("On a graphics card, without a recorded graph."));
    form.addSwitch(u"fast"_s, tr("Not repeatable"), usual.fast, tr("Gives up bit-for-bit repeatability for speed; the run records it."));
  }
};

}  // namespace

ui::PropertyForm* makeTrainForm(TaskKind task) {
  auto* form = new ui::PropertyForm;
  TrainFormTexts::fill(*form, task);
  return form;
}

void fillTrainForm(ui::PropertyForm& form, const TrainSpec& spec, const std::function<QString(const QString&)>& sourceOf) {
  const auto values = trainValues(spec);
  for (const QString& key : form.keys())
    if (const auto it = values.constFind(key); it != values.cend()) form.setValue(key, *it, sourceOf(key));
}

TrainSpec readTrainForm(const ui::PropertyForm& form, const TrainSpec& base) {
  QHash<QString, QVariant> values;
  for (const QString& key : form.keys()) values.insert(key, form.value(key));
  return withTrainValues(base, values);
}

const QStringList& rareTrainFields() {
  static const QStringList keys{u"file"_s,
                                u"share"_s,
                                u"warmup_learning_rate"_s,
                                u"min_learning_rate"_s,
                                u"clip_norm"_s,
                                u"layer_decay"_s,
                                u"limit"_s,
                                u"validation_limit"_s,
                                u"threads"_s,
                                u"rule"_s,
                                u"backward"_s,
                                u"eager"_s,
                                u"fast"_s,
                                u"recompute"_s,
                                u"precision"_s,
                                u"weight_decay"_s};
  return keys;
}

}  // namespace gps::app
