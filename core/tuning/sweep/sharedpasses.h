#pragma once
// The selections of a sweep's runs. One gradient pass serves all runs whose pass would find the same field; it is kept on the disk until
// they have been selected for, so a sweep that is stopped need not do it again.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/logsink.h"
#include "core/control/runcontrol.h"
#include "core/selection/gradientfield.h"
#include "core/selection/selection.h"
#include "core/values/dataset.h"
#include "core/values/runspec.h"

namespace gps {

class SharedPasses {
 public:
  // The arguments outlive this. folder: for the fields.
  SharedPasses(std::string folder, const DataSummary& data, std::shared_ptr<const ImageSource> images, RunControl& control, LogSink log);

  // Of a run that selects by itself. spec: resolvedFor(model). others: those of runs with the same key that will ask too. Throws as
  // runGradientPass, Error(Io).
  Selection selectionFor(Model& model, const std::string& key, const TrainSpec& spec, const std::vector<TrainSpec>& others);
  // No run will ask for this key any more.
  void forget(const std::string& key);

 private:
  GradientField fieldFor(Model& model, const TrainSpec& spec, const std::string& key);
  std::string pathOf(const std::string& key) const;
  Selection choose(const Model& model, const GradientField* field, const TrainSpec& spec) const;

  std::string m_folder;
  const DataSummary& m_data;
  std::shared_ptr<const ImageSource> m_images;
  RunControl& m_control;
  LogSink m_log;
  std::map<std::string, Selection> m_chosen;  // by the settings of a run
};

}  // namespace gps
