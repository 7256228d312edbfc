#include "core/selection/criteria.h"

#include <ATen/ATen.h>

#include "core/backbones/modelparts.h"
#include "core/kernels/hostthreads.h"
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

}  // namespace

Scores randomScores(const ParameterMap& map, std::uint64_t seed) {
  std::vector<float> scores(std::size_t(map.matrixSize()), 0.0f);
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    kernels::forBlocks(e.count, 1 << 16, [&](std::int64_t from, std::int64_t to) {
      for (auto i = from; i < to; ++i) {
        const auto offset = std::uint64_t(e.offset + i);
        scores[std::size_t(offset)] = float((counterHash(seed, 0, offset, RandomPurpose::Selection) >> 40) + 1);  // exact in fp32
      }
    });
  }
  return Scores(std::move(scores));
}

Scores scoresFor(const Model& model, const GradientField* field, const SelectionSpec& spec) {
  const auto& weights = model.parts().arena->matrix();
  switch (spec.criterion) {
    case Criterion::Gradient:
    case Criterion::Fisher:
      return requireField(field, spec.criterion).values;
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
  const auto random = randomScores(model.map(), spec.seed);
  return weights.is_cuda() ? scoresOf(tensorOf(random).to(weights.device())) : random;
}

}  // namespace gps
