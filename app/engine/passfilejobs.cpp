// The gradient pass in a file: kept with the project, and read again.
#include <filesystem>

#include "app/engine/corejobs.h"
#include "app/engine/schemes.h"
#include "core/checkpoints/gradientfieldfile.h"
#include "core/selection/criteria.h"

namespace gps::app {

namespace {

// Empty: it was measured on the model and the pictures that are open.
std::string whyOfOther(const SelectionSpec& recipe, const SelectionSpec& open) {
  if (recipe.modelId != open.modelId || recipe.baseHash != open.baseHash) return "was measured on other weights";
  if (recipe.dataHash != open.dataHash) return "was measured on other pictures";
  if (recipe.imageSize != open.imageSize) return "was measured on pictures of " + std::to_string(recipe.imageSize) + " px";
  return {};
}

}  // namespace

void CoreJobs::keepPass(const std::string& path) {
  if (const auto& field = m_explorers.field()) writeGradientField(path, *field, m_explorers.pass());
}

void CoreJobs::openPass(JobContext& job, const OpenPassRequest& request) {
  const std::string path = request.path.toStdString();
  if (request.isOffered && (!m_model || !std::filesystem::exists(path))) return;
  const SelectionSpec wanted = wishOf(request.wanted);
  const SelectionSpec recipe = readFieldRecipe(path);
  if (const std::string why = whyOfOther(recipe, wanted); !why.empty()) {
    if (request.isOffered) return;
    throw Error(ErrorCode::Mismatch, path, why, "Open the weights and the pictures that it was measured on, or run the gradient pass");
  }
  GradientField field = readGradientField(path, *m_model, std::make_shared<const ParameterMap>(m_model->map()));
  field.values = besideWeights(field.values, *m_model);
  m_explorers.setPass(std::move(field), recipe);
  job.send(TableReady{tableOf(m_explorers.answers(wanted) ? wanted : recipe)});
}

}  // namespace gps::app
