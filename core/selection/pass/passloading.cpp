#include "core/selection/pass/passloading.h"

#include "core/backbones/modelparts.h"
#include "core/backbones/sametask.h"
#include "core/data/dataset.h"
#include "core/values/error.h"

namespace gps {

void requireLossOfTask(const Model& model, const DataSummary& data, LossKind loss) {
  const auto task = model.description().task;
  const auto wanted = loss == LossKind::Segmentation ? TaskKind::Segmentation : TaskKind::Classification;
  if (wanted != task)
    throw Error(ErrorCode::BadArgument, "--loss " + wordOf(loss),
                "is for " + wordOf(wanted) + "; " + model.description().id + " does " + wordOf(task),
                task == TaskKind::Segmentation ? "Choose seg" : "Choose supcon or ce");
  requireSameTask(model.description(), data);
  if (loss != LossKind::CrossEntropy) return;
  const auto classes = model.parts().classifierNetwork().classes();
  if (classes != std::int64_t(data.classes.size()))
    throw Error(ErrorCode::Mismatch, "the model's head",
                "has " + std::to_string(classes) + " classes, the data " + std::to_string(data.classes.size()),
                "Load the model for the classes of this data");
}

LoaderSpec passLoading(const Model& model, const DataSummary& data, const SelectionSpec& recipe) {
  LoaderSpec loading;
  loading.items = itemsOfSplit(data, "train", recipe.limit);
  if (loading.items.empty())
    throw Error(ErrorCode::BadArgument, data.folder, "has no training pictures; selection never looks at other splits",
                "Add a train.txt with one id a line, or a folder train");
  loading.preprocess = model.preprocess(recipe.preprocess);
  loading.batch = recipe.batch;
  loading.view = ViewKind::Plain;
  loading.onDevice = model.parts().arena->device().is_cuda();
  loading.cacheBytes = 0;
  loading.shuffle = recipe.loss != LossKind::Segmentation;
  if (recipe.loss == LossKind::Segmentation) return loading;
  loading.masks = false;
  loading.seed = recipe.seed;
  loading.labels = labelsOf(loading.items, data.classes);
  loading.dropLast = loading.items.size() >= std::size_t(recipe.batch);
  if (recipe.loss == LossKind::Contrastive) {
    loading.view = ViewKind::Contrastive;
    loading.views = 2;
    loading.randomInterpolation = recipe.randomInterpolation;
  }
  return loading;
}

}  // namespace gps
