#include "app/engine/schemes.h"

#include "core/selection/gradientfield.h"

namespace gps::app {

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
  const bool usesLoss = fieldKindOf(wanted.criterion) != FieldKind::Activation;
  if (usesLoss && pass.loss != wanted.loss) return false;
  if (wanted.decoder == DecoderMode::Sparse && pass.decoder != DecoderMode::Sparse) return false;
  return pass.limit == wanted.limit && pass.seed == wanted.seed;
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
