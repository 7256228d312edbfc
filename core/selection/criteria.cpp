#include "core/selection/criteria.h"

#include <ATen/ATen.h>

#include "core/backbones/modelparts.h"
#include "core/kernels/randomscores.h"
#include "core/nn/cudalaunch.h"
#include "core/selection/scoretensor.h"
#include "core/values/counterrandom.h"
#include "core/values/error.h"

namespace gps {
namespace {

const GradientField& requireField(const GradientField* field, Criterion criterion) {
  if (field == nullptr)
    throw Error(ErrorCode::BadArgument, "--criterion " + wordOf(criterion), "needs a pass over the pictures",
                "Run the gradient pass first");
  if (field->kind != fieldKindOf(criterion))
    throw Error(ErrorCode::BadArgument, "--criterion " + wordOf(criterion), "cannot be answered from a pass for another criterion",
                "Run a pass with this criterion");
  return *field;
}

Scores shuffledRows(const ParameterMap& map, const Scores& scores, std::uint64_t seed) {
  const auto& values = tensorOf(scores);
  const auto shuffled = at::zeros_like(values);
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    const auto order = epochPermutation(int(e.rows), seed, id, RandomPurpose::Selection);
    const auto rows = at::tensor(order, at::kInt).to(values.device());
    shuffled.narrow(0, e.offset, e.count).copy_(values.narrow(0, e.offset, e.count).view({e.rows, e.cols}).index_select(0, rows).flatten());
  }
  return scoresOf(shuffled);
}

}  // namespace

Scores randomScores(const ParameterMap& map, std::uint64_t seed, bool onDevice) {
  const auto scores = at::zeros({map.matrixSize()}, at::TensorOptions(at::kFloat).device(onDevice ? at::kCUDA : at::kCPU));
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    auto* first = scores.data_ptr<float>() + e.offset;
    if (!onDevice) kernels::randomScores(seed, std::uint32_t(e.offset), e.count, first);
#ifdef GPS_WITH_CUDA
    if (onDevice)
      detail::checkLaunch(kernels::randomScoresOnCuda(seed, std::uint32_t(e.offset), e.count, first, detail::cudaStream()),
                          "random scores");
#endif
  }
  return scoresOf(scores);
}

Scores besideWeights(const Scores& scores, const Model& model) {
  return scoresOf(tensorOf(scores).to(model.parts().arena->matrix().device()));
}

Scores scoresFor(const Model& model, const GradientField* field, const SelectionSpec& spec) {
  const auto& weights = model.parts().arena->matrix();
  switch (spec.criterion) {
    case Criterion::Gradient:
    case Criterion::Fisher:
      return requireField(field, spec.criterion).values;
    case Criterion::Shuffled:
      return shuffledRows(model.map(), requireField(field, spec.criterion).values, spec.seed);
    case Criterion::WeightGradient:
    case Criterion::Activation: {
      const auto& measured = tensorOf(requireField(field, spec.criterion).values);
      return scoresOf(weights.to(measured.device(), at::kFloat) * measured);
    }
    case Criterion::Magnitude:
      return scoresOf(weights.clone());  // training must not change a finished table
    case Criterion::Random:
      break;
  }
  return randomScores(model.map(), spec.seed, weights.is_cuda());
}

}  // namespace gps
