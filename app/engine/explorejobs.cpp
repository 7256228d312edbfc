// What the selection explorer asks of the engine.
#include <filesystem>
#include <span>

#include "app/engine/corejobs.h"
#include "core/checkpoints/selectionfile.h"
#include "core/selection/pass/passrecipe.h"
#include "core/selection/sets/layertile.h"
#include "core/selection/sets/structure.h"

namespace gps::app {

namespace {
constexpr int kTopColumns = 8;
}  // namespace

std::function<const Model&()> CoreJobs::untuned() {
  return [this]() -> const Model& {
    if (m_isTraining) throw Error(ErrorCode::NotFound, "weights", "they are being trained", "Ask again when the run has ended");
    return modelAt(m_spec, {}, 0);
  };
}

// Where a question leaves open what it is asked of, it is of what is open.
SelectionSpec CoreJobs::wishOf(const SelectionSpec& asked) const {
  if (!m_model) throw Error(ErrorCode::NotFound, "model", "no model is open", "Choose weights first");
  return asked.modelId.empty() ? recipeOf(*m_model, data(), m_spec, asked) : asked;
}

std::shared_ptr<const SelectionTable> CoreJobs::tableOf(const SelectionSpec& asked) {
  const SelectionSpec spec = wishOf(asked);
  if (m_explorers.isEmpty() && !needsPass(spec.criterion)) m_explorers.setPass({}, recipeOf(*m_model, data(), m_spec, spec));
  auto table = std::make_shared<SelectionTable>();
  auto& explorer = m_explorers.explorerFor(spec, *m_model, untuned());
  table->spec = m_explorers.specOf(spec);
  table->counts = explorer.table(table->spec);
  if (table->spec.share > 0 || table->spec.keptPerRow > int(table->counts.size())) table->own = explorer.counts(table->spec);
  table->pass = m_explorers.pass();
  table->hasPass = m_explorers.hasPass();
  table->passNumber = m_explorers.passNumber();
  if (const auto& field = m_explorers.field()) {
    table->images = field->images;
    table->batches = field->batches;
    table->meanLoss = field->meanLoss;
    table->seconds = field->seconds;
    table->snapshots = field->snapshots;
    table->stoppedEarly = field->stoppedEarly;
  }
  return table;
}

std::shared_ptr<const Selection> CoreJobs::selectionInHand(const SelectionSpec& spec) {
  return m_explorers.select(wishOf(spec), *m_model, untuned());
}

void CoreJobs::rebuildTable(JobContext& job, const SelectionSpec& spec) { job.send(TableReady{tableOf(spec)}); }

void CoreJobs::exploreSchemes(JobContext& job, const SchemesRequest& request) {
  for (const SelectionSpec& spec : request.specs) {
    job.control().pollStop();
    job.send(SchemeReady{tableOf(spec)});
  }
}

void CoreJobs::lookAtLayer(const JobContext& job, const LayerRequest& request) {
  const auto selection = selectionInHand(request.spec);
  auto& explorer = m_explorers.explorerFor(wishOf(request.spec), *m_model, untuned());
  if (m_looked.selection != selection)
    m_looked = {selection, std::make_shared<const SelectionStructure>(structureOf(*explorer.map(), *selection, kTopColumns))};
  auto look = std::make_shared<LayerLook>();
  look->spec = selection->spec;
  look->tensor = request.tensor;
  look->structure = m_looked.structure;
  if (!request.tensor.empty()) {
    const ParameterEntry* entry = explorer.map()->find(request.tensor);
    if (!entry || entry->region != Region::Matrix)
      throw Error(ErrorCode::BadArgument, request.tensor, "the model has no such matrix", "Choose a layer of this model");
    const float* scores = explorer.scores().host();
    const std::span<const std::uint32_t> offsets(selection->offsets);
    look->range = rangeOf(*entry, scores);
    look->picksPerColumn = picksPerColumn(*entry, offsets);
    look->tile = tileOf(*entry, scores, offsets, request.window);
    if (request.overviewWidth > 0 && request.overviewHeight > 0)
      look->overview = tileOf(*entry, scores, offsets, {0, 0, 0, 0, request.overviewHeight, request.overviewWidth});
  }
  job.send(LayerLooked{std::move(look)});
}

void CoreJobs::saveSelection(JobContext& job, const SaveSelectionRequest& request) {
  namespace fs = std::filesystem;
  const fs::path path(request.path.toStdString());
  if (fs::exists(path))
    throw Error(ErrorCode::BadArgument, path.string(), "there is a selection of this name already", "Choose another name");
  const auto selection = selectionInHand(request.spec);
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) throw Error(ErrorCode::Io, path.parent_path().string(), failed.message(), "Check the permissions");
  writeSelection(path.string(), *m_explorers.explorerFor(wishOf(request.spec), *m_model, untuned()).map(), *selection);
  job.send(SelectionSaved{request.path, qint64(selection->offsets.size())});
}

}  // namespace gps::app
