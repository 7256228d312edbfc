#pragma once
// Passes over tiny models, whole and step by step.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/data/loader.h"
#include "core/selection/pass/fieldaccumulator.h"
#include "core/selection/pass/gradientpass.h"
#include "core/selection/pass/passloading.h"
#include "core/selection/pass/passloss.h"
#include "core/selection/pass/passrecipe.h"
#include "core/selection/selection.h"
#include "tests/core/tinyclassifier.h"
#include "tests/core/tinymodel.h"

namespace gps::test {

struct PassCase {
  std::string name;
  LossKind loss;
  Family family = Family::Vit;  // of a classifier

  std::unique_ptr<Model> model(at::ScalarType type = at::kFloat) const {
    return loss == LossKind::Segmentation ? tinyModel(type) : tinyClassifier(family, 3, type);
  }
  DataSummary data(int train) const { return loss == LossKind::Segmentation ? discs(train, 2) : stripes(train, 2); }
  std::shared_ptr<const ImageSource> images() const {
    if (loss == LossKind::Segmentation) return std::make_shared<DiscSource>();
    return std::make_shared<StripeSource>();
  }
  SelectionSpec spec(Criterion criterion = Criterion::Gradient) const {
    SelectionSpec s;
    s.criterion = criterion;
    s.loss = loss;
    s.batch = 4;
    s.seed = 5;
    if (loss != LossKind::Segmentation) s.dropPath = 0.3;
    return s;
  }
};

inline std::vector<PassCase> passCases() {
  return {{"seg", LossKind::Segmentation},
          {"supcon_vit", LossKind::Contrastive},
          {"supcon_swin", LossKind::Contrastive, Family::Swin},
          {"supcon_convnext", LossKind::Contrastive, Family::ConvNext},
          {"ce_vit", LossKind::CrossEntropy}};
}

inline GradientField pass(const PassCase& c, Model& model, int pictures, const SelectionSpec& spec, const PassOptions& options = {}) {
  RunControl control;
  return runGradientPass(model, c.data(pictures), c.images(), {}, spec, control, options);
}

// Calls `each` with the batches of a pass, on the CPU.
inline void forBatches(const PassCase& c, Model& model, int pictures, const SelectionSpec& spec,
                       const std::function<void(const PassBatch&)>& each) {
  const auto recipe = recipeOf(model, c.data(pictures), {}, spec);
  const auto loading = passLoading(model, c.data(pictures), recipe);
  Loader loader(loading, c.images());
  loader.startEpoch(0);
  while (auto b = loader.next()) {
    DropPathStep drop;
    drop.rate = spec.dropPath;
    drop.seed = spec.seed;
    each(PassBatch(*b, toTensors(*b, loading.preprocess, at::kCPU, model.parts().arena->type()), spec.microBatch, drop));
  }
}

inline double distance(const at::Tensor& a, const at::Tensor& b) { return ((a - b).norm() / b.norm().clamp_min(1e-30)).item<double>(); }

inline at::Tensor tensorOfField(const GradientField& f) {
  return at::from_blob(const_cast<float*>(f.values.host()), {f.values.size()}, at::kFloat).clone();
}

}  // namespace gps::test
