#include "app/project/diskneed.h"

#include <algorithm>

#include "core/tuning/schedule.h"
#include "core/values/traincost.h"

namespace gps::app {

namespace {

bool isIn(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Of the encoder. Every level has the budget of K entries for each row.
std::int64_t expectedSelection(const SelectionSpec& spec, const ModelInfo& model) {
  std::int64_t selected = 0, available = 0;
  for (const BlockRow& row : model.blocks) {
    if (row.block == "decoder" || isIn(spec.excludedBlocks, row.block) || isIn(spec.excludedKinds, row.kind)) continue;
    selected += std::min(row.rows * spec.keptPerRow, row.available);
    available += row.available;
  }
  return spec.share > 0 ? std::int64_t(spec.share * double(available)) : selected;
}

}  // namespace

double expectedDiskBytes(const TrainSpec& run, const ModelInfo& model, const TrainedSizes& sizes) {
  SelectionCounts counts;
  if (run.method == Method::Gps && run.selectionPath.empty()) counts.selected = expectedSelection(run.selection, model);
  counts.keptPerRow = run.selection.keptPerRow;
  counts.trainable = counts.selected + sizes.encoderVectors;
  const DecoderMode decoder = run.selection.decoder;
  const auto trained = trainedCounts(sizes, run.method, decoder, &counts);
  auto selected = counts.selected;
  if (run.method == Method::Gps && decoder == DecoderMode::Sparse) selected += trained.decoder - sizes.decoderVectors;
  return double(runBytes(selected, trained.total(), run.emaDecay > 0).total(epochsToRun(run)));
}

}  // namespace gps::app
