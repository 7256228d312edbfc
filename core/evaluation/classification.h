#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/values/dataset.h"
#include "core/values/metrics.h"
#include "core/values/runspec.h"

namespace gps {

class WorkGroup;

struct ClassificationResult {
  ClassificationScore score;
  double meanLoss = 0;                      // cross-entropy without smoothing
  std::vector<std::uint64_t> fingerprints;  // of the pictures, in the order of the items
};

// Which output of the head stands for which class of the data. names: of the head's outputs, as a delta records them; empty: the head
// was made for this data. Throws Error(Mismatch) naming the classes that the head does not know, or both counts.
std::vector<int> headOutputs(const DataSummary& data, const std::vector<std::string>& names, int outputs);

// Classifies every item. outputs: from headOutputs. Where data.isClassSubset only the classes that occur are considered. Stage
// "validate", unit "images". Calls onCase (may be empty) with each result. group: as in evaluate().
ClassificationResult evaluateClasses(const Model& model, const DataSummary& data, const std::vector<DataItem>& items,
                                     std::shared_ptr<const ImageSource> images, const ModelSpec& spec, const std::vector<int>& outputs,
                                     int batch, RunControl& control, const std::function<void(const ClassCase&)>& onCase = {},
                                     const WorkGroup* group = nullptr);

// One picture: probabilities of the head's outputs, 0…1, sum 1.
std::vector<double> classProbabilities(const Model& model, const RgbImage& image, const ModelSpec& spec);

ClassificationScore summarise(std::vector<ClassCase> cases, std::vector<std::string> classes);
// One sentence: what top-1 and top-5 are, and over which classes.
std::string classificationDefinition(bool isClassSubset);

}  // namespace gps
