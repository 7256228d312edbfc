#include "app/engine/explorers.h"

#include <algorithm>

#include "app/engine/schemes.h"
#include "core/selection/criteria.h"
#include "core/values/error.h"

namespace gps::app {

namespace {

// Each but that of the gradient itself holds a score an entry of the matrices, and its ranked rows.
constexpr std::size_t kMostHeld = 3;

bool readsWeights(Criterion c) { return c == Criterion::Magnitude || c == Criterion::WeightGradient || c == Criterion::Activation; }
bool readsSeed(Criterion c) { return c == Criterion::Random || c == Criterion::Shuffled; }

}  // namespace

void Explorers::clear() {
  m_recipe.reset();
  m_field.reset();
  m_map.reset();
  m_held.clear();
  m_selection.reset();
}

void Explorers::makeRoom() {
  m_held.clear();
  m_selection.reset();
  if (m_field && m_field->values.isOnDevice()) m_field->values = Scores(m_field->values.copy());
}

void Explorers::setPass(std::optional<GradientField> field, SelectionSpec recipe) {
  clear();
  ++m_passNumber;
  m_field = std::move(field);
  m_recipe = std::move(recipe);
}

bool Explorers::answers(const SelectionSpec& wanted) const { return m_recipe && isAnsweredBy(hasPass(), *m_recipe, wanted); }

SelectionSpec Explorers::specOf(const SelectionSpec& wanted) const {
  return answerOf(m_recipe.has_value(), m_recipe.value_or(wanted), wanted);
}

SelectionExplorer& Explorers::explorerFor(const SelectionSpec& wanted, const Model& present, const std::function<const Model&()>& base) {
  if (!answers(wanted))
    throw Error(ErrorCode::NotFound, "gradient", "the pass in hand does not answer this scheme", "Run the gradient pass first");
  const auto isIt = [&](const Held& held) {
    return held.criterion == wanted.criterion && (!readsSeed(wanted.criterion) || held.seed == wanted.seed);
  };
  if (const auto found = std::find_if(m_held.begin(), m_held.end(), isIt); found != m_held.end()) {
    m_held.splice(m_held.begin(), m_held, found);
  } else {
    const Model& model = readsWeights(wanted.criterion) ? base() : present;
    if (!m_map) m_map = std::make_shared<const ParameterMap>(model.map());
    while (m_held.size() >= kMostHeld) m_held.pop_back();
    m_held.push_front({wanted.criterion, wanted.seed, SelectionExplorer(m_map, scoresFor(model, m_field ? &*m_field : nullptr, wanted))});
  }
  return m_held.front().explorer;
}

std::shared_ptr<const Selection> Explorers::select(const SelectionSpec& wanted, const Model& present,
                                                   const std::function<const Model&()>& base) {
  const SelectionSpec spec = specOf(wanted);
  const bool isSame = m_selection && isSameTable(m_selection->spec, spec) && m_selection->spec.keptPerRow == spec.keptPerRow &&
                      m_selection->spec.share == spec.share;
  if (isSame) return m_selection;
  Selection selection = explorerFor(wanted, present, base).select(spec);
  if (m_field && needsPass(spec.criterion)) selection.pictures = m_field->pictures;
  m_selection = std::make_shared<const Selection>(std::move(selection));
  return m_selection;
}

}  // namespace gps::app
