#include "core/tuning/sweep/sharedpasses.h"

#include <filesystem>

#include "core/backbones/modelparts.h"
#include "core/checkpoints/gradientfieldfile.h"
#include "core/checkpoints/readers/sha256.h"
#include "core/checkpoints/specjson.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passrecipe.h"
#include "core/tuning/passline.h"
#include "core/tuning/runfolder.h"
#include "core/tuning/trainer.h"

namespace gps {

namespace fs = std::filesystem;

namespace {

std::string settingsOf(TrainSpec spec) {
  spec.runFolder.clear();
  return toToml(spec);
}

}  // namespace

SharedPasses::SharedPasses(std::string folder, const DataSummary& data, std::shared_ptr<const ImageSource> images, RunControl& control,
                           LogSink log)
    : m_folder(std::move(folder)), m_data(data), m_images(std::move(images)), m_control(control), m_log(std::move(log)) {}

std::string SharedPasses::pathOf(const std::string& key) const { return m_folder + "/" + sha256Hex(key).substr(0, 16) + ".safetensors"; }

Selection SharedPasses::selectionFor(Model& model, const std::string& key, const TrainSpec& spec, const std::vector<TrainSpec>& others) {
  if (const auto known = m_chosen.find(settingsOf(spec)); known != m_chosen.end()) {
    auto selection = std::move(known->second);
    m_chosen.erase(known);
    return selection;
  }
  readyForPass(model, spec);
  if (key.empty()) return choose(model, nullptr, spec);
  const auto field = fieldFor(model, spec, key);
  for (const auto& other : others) m_chosen.insert_or_assign(settingsOf(other), choose(model, &field, other));
  return choose(model, &field, spec);
}

Selection SharedPasses::choose(const Model& model, const GradientField* field, const TrainSpec& spec) const {
  const auto recipe = recipeOf(model, m_data, spec.model, spec.selection);
  const std::shared_ptr<const ParameterMap> map(std::shared_ptr<void>(), &model.map());  // the model outlives it
  auto selection = chooseEntries(map, scoresFor(model, field, recipe), recipe);
  if (field != nullptr) selection.pictures = field->pictures;
  return selection;
}

GradientField SharedPasses::fieldFor(Model& model, const TrainSpec& spec, const std::string& key) {
  const auto path = pathOf(key), partial = path + ".partial";
  if (fs::exists(path)) {
    auto field = readGradientField(path, model, model.parts().map);
    if (field.dataHash == m_data.dataHash) return field;
  }
  fs::create_directories(m_folder);
  const auto recipe = recipeOf(model, m_data, spec.model, spec.selection);
  auto field = runGradientPass(model, m_data, m_images, spec.model, recipe, m_control,
                               {spec.device.fieldMemory, partial, fs::exists(partial), false});
  writeGradientField(path, field, recipe);
  if (m_log) m_log(LogLevel::Info, passLine(field));
  return field;
}

void SharedPasses::forget(const std::string& key) {
  std::error_code ignored;
  if (key.empty()) return;
  fs::remove(pathOf(key), ignored);
  fs::remove(m_folder, ignored);  // when it is empty
}

}  // namespace gps
