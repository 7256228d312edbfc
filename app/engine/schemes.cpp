#include "app/engine/schemes.h"

#include "core/selection/gradientfield.h"

namespace gps::app {

QList<Scheme> defaultSchemes() {
  return {{Level::Neuron, LayerBudget::Share, Criterion::Gradient},
          {Level::Layer, LayerBudget::Share, Criterion::Gradient},
          {Level::Net, LayerBudget::Share, Criterion::Gradient},
          {Level::Neuron, LayerBudget::Share, Criterion::Random}};
}

Scheme schemeOf(const SelectionSpec& spec) { return {spec.level, spec.layerBudget, spec.criterion}; }

SelectionSpec withScheme(SelectionSpec spec, const Scheme& scheme) {
  spec.level = scheme.level;
  spec.layerBudget = scheme.layerBudget;
  spec.criterion = scheme.criterion;
  return spec;
}

bool isAnsweredBy(bool hasPass, const SelectionSpec& pass, const SelectionSpec& wanted) {
  if (!needsPass(wanted.criterion)) return true;
  if (!hasPass || fieldKindOf(pass.criterion) != fieldKindOf(wanted.criterion)) return false;
  const bool isSameInput = pass.dataHash == wanted.dataHash && pass.baseHash == wanted.baseHash && pass.modelId == wanted.modelId &&
                           pass.imageSize == wanted.imageSize && pass.prompt == wanted.prompt && pass.preprocess == wanted.preprocess;
  // The gradient of the encoder is the same with the decoder's beside it, but a pass that ends by agreement of its choices ends elsewhere.
  const bool isDecoderMeasured = pass.decoder == DecoderMode::Sparse, isDecoderWanted = wanted.decoder == DecoderMode::Sparse;
  const bool isSamePart = isDecoderMeasured == isDecoderWanted || (isDecoderMeasured && pass.earlyStop <= 0);
  return isSameInput && isSamePart && pass.loss == wanted.loss && pass.batch == wanted.batch && pass.limit == wanted.limit &&
         pass.seed == wanted.seed && pass.dropPath == wanted.dropPath && pass.randomInterpolation == wanted.randomInterpolation &&
         pass.earlyStop == wanted.earlyStop;
}

bool isSameTable(const SelectionSpec& a, const SelectionSpec& b) {
  return schemeOf(a) == schemeOf(b) && a.excludedBlocks == b.excludedBlocks && a.excludedKinds == b.excludedKinds &&
         a.keepExcludedBiases == b.keepExcludedBiases && a.decoder == b.decoder && a.seed == b.seed &&
         (!needsPass(a.criterion) || (a.limit == b.limit && (fieldKindOf(a.criterion) == FieldKind::Activation || a.loss == b.loss)));
}

SelectionSpec answerOf(bool hasPass, const SelectionSpec& pass, const SelectionSpec& wanted) {
  SelectionSpec spec = hasPass ? pass : wanted;
  spec = withScheme(std::move(spec), schemeOf(wanted));
  spec.keptPerRow = wanted.keptPerRow;
  spec.share = wanted.share;
  spec.excludedBlocks = wanted.excludedBlocks;
  spec.excludedKinds = wanted.excludedKinds;
  spec.keepExcludedBiases = wanted.keepExcludedBiases;
  spec.decoder = wanted.decoder;
  spec.seed = wanted.seed;
  return spec;
}

}  // namespace gps::app
