#include "core/tuning/sweep/passkey.h"

#include "core/selection/gradientfield.h"
#include "core/tuning/runfolder.h"

namespace gps {

// What a field does not depend on, unless the pass looks at the choice while it runs.
static SelectionSpec withoutChoice(const TrainSpec& spec) {
  SelectionSpec s = spec.selection;
  if (s.earlyStop > 0 || s.trace) return s;
  const SelectionSpec plain;
  s.level = plain.level;
  s.criterion = plain.criterion;
  s.keptPerRow = plain.keptPerRow;
  s.share = plain.share;
  s.layerBudget = plain.layerBudget;
  s.excludedBlocks.clear();
  s.excludedKinds.clear();
  s.keepExcludedBiases = plain.keepExcludedBiases;
  if (s.decoder != DecoderMode::Sparse) s.decoder = plain.decoder;  // that one is measured besides
  return s;
}

std::string passKeyOf(const TrainSpec& spec) {
  if (spec.method != Method::Gps || !spec.selectionPath.empty() || !needsPass(spec.selection.criterion)) return {};
  TrainSpec pass;
  pass.model = spec.model;
  pass.dataFolder = spec.dataFolder;
  pass.device = spec.device;
  pass.fast = spec.fast;
  pass.selection = withoutChoice(spec);
  pass.batch = spec.batch;  // where the selection's own is left open
  pass.dropPath = spec.dropPath;
  pass.augment = spec.augment;
  pass.limit = spec.limit;
  pass.seed = spec.seed;  // draws a new head
  return wordOf(fieldKindOf(spec.selection.criterion)) + "\n" + toToml(pass);
}

}  // namespace gps
