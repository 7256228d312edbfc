#include "app/engine/schemetext.h"

#include <QStringList>

namespace gps::app {

using namespace Qt::StringLiterals;

QString SchemeText::level(Level level) {
  switch (level) {
    case Level::Neuron:
      return tr("Neuron");
    case Level::Layer:
      return tr("Layer");
    case Level::Net:
      return tr("Net");
  }
  return {};
}

QString SchemeText::levelTip(Level level) {
  switch (level) {
    case Level::Neuron:
      return tr("Every neuron keeps its K best inputs, so the choice spreads over the whole network.");
    case Level::Layer:
      return tr("The best weights of every layer, wherever in it they lie; as many in all as at neuron level.");
    case Level::Net:
      return tr("The best weights of the whole network; as many in all as at neuron level.");
  }
  return {};
}

QString SchemeText::budget(LayerBudget budget) { return budget == LayerBudget::Share ? tr("Same share") : tr("By its neurons"); }

QString SchemeText::budgetTip(LayerBudget budget) {
  return budget == LayerBudget::Share ? tr("Every layer keeps the same share of its weights.")
                                      : tr("Every layer keeps as many weights as at neuron level: K for each of its neurons.");
}

QString SchemeText::criterion(Criterion criterion) {
  switch (criterion) {
    case Criterion::Gradient:
      return tr("Gradient");
    case Criterion::Magnitude:
      return tr("Magnitude");
    case Criterion::Random:
      return tr("Random");
    case Criterion::Shuffled:
      return tr("Shuffled gradient");
    case Criterion::WeightGradient:
      return tr("Weight × gradient");
    case Criterion::Fisher:
      return tr("Fisher");
    case Criterion::Activation:
      return tr("Weight × activation");
  }
  return {};
}

QString SchemeText::criterionTip(Criterion criterion) {
  switch (criterion) {
    case Criterion::Gradient:
      return tr("Size of the loss gradient, summed over the training pictures.");
    case Criterion::Magnitude:
      return tr("Size of the pretrained weight; needs no pictures.");
    case Criterion::Random:
      return tr("Drawn by the seed, for comparison; needs no pictures.");
    case Criterion::Shuffled:
      return tr("The gradient of another neuron of the same layer, for comparison.");
    case Criterion::WeightGradient:
      return tr("Size of the weight times that of its gradient.");
    case Criterion::Fisher:
      return tr("Sum of the squared gradients of the batches. Needs a pass of its own.");
    case Criterion::Activation:
      return tr("Size of the weight times the mean size of its input. Needs a pass of its own.");
  }
  return {};
}

QString SchemeText::loss(LossKind loss) {
  switch (loss) {
    case LossKind::Segmentation:
      return tr("Mask");
    case LossKind::Contrastive:
      return tr("Contrastive");
    case LossKind::CrossEntropy:
      return tr("Cross-entropy");
  }
  return {};
}

QString SchemeText::title(const Scheme& scheme) {
  const QString criterionName = criterion(scheme.criterion).toLower();
  if (scheme.level == Level::Layer && scheme.layerBudget == LayerBudget::Rows) return tr("Layer by its neurons · %1").arg(criterionName);
  return tr("%1 · %2").arg(level(scheme.level), criterionName);
}

QString SchemeText::scoreName(Criterion criterion) {
  switch (criterion) {
    case Criterion::Gradient:
      return tr("|gradient|");
    case Criterion::Magnitude:
      return tr("|weight|");
    case Criterion::Random:
      return tr("random number");
    case Criterion::Shuffled:
      return tr("|shuffled gradient|");
    case Criterion::WeightGradient:
      return tr("|weight × gradient|");
    case Criterion::Fisher:
      return tr("gradient²");
    case Criterion::Activation:
      return tr("|weight| × |input|");
  }
  return {};
}

QString SchemeText::keptTitle(Level level) {
  return level == Level::Neuron ? tr("Inputs kept per neuron, K") : tr("Budget: K weights for each neuron");
}

QString SchemeText::id(const Scheme& scheme) {
  return QString::fromStdString(wordOf(scheme.level) + ' ' + wordOf(scheme.layerBudget) + ' ' + wordOf(scheme.criterion));
}

Scheme SchemeText::fromId(const QString& id) {
  const QStringList words = id.split(u' ');
  if (words.size() != 3) return {};
  return {parseWord<Level>(words[0].toStdString()), parseWord<LayerBudget>(words[1].toStdString()),
          parseWord<Criterion>(words[2].toStdString())};
}

}  // namespace gps::app
