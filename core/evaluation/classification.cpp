#include "core/evaluation/classification.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/backbones/modelparts.h"
#include "core/data/plainloading.h"
#include "core/data/views/transforms.h"
#include "core/distributed/partition.h"
#include "core/evaluation/batchtensors.h"
#include "core/evaluation/sharedresults.h"
#include "core/nn/errortranslation.h"
#include "core/values/error.h"

namespace gps {

namespace {

constexpr int kTop = 5;

// Classes that are considered: all, or those that occur.
std::vector<std::int64_t> consideredClasses(const DataSummary& data) {
  std::vector<std::int64_t> classes(data.classes.size());
  std::iota(classes.begin(), classes.end(), 0);
  if (!data.isClassSubset) return classes;
  std::set<std::string> occurs;
  for (const auto& item : data.items) occurs.insert(item.className);
  std::erase_if(classes, [&](std::int64_t c) { return !occurs.contains(data.classes[std::size_t(c)]); });
  return classes;
}

// A ClassCase without its name, as ranks exchange it.
struct Scored {
  int truth = 0, predicted = 0;
  double probability = 0, truthProbability = 0, loss = 0;
  bool inTopFive = false;
};

ClassCase caseOf(const DataItem& item, const Scored& s) {
  return {item.id, s.truth, s.predicted, s.probability, s.truthProbability, s.inTopFive};
}

// probabilities [considered], in the order of `considered`.
Scored scoredAs(int truth, const double* probabilities, const std::vector<std::int64_t>& considered) {
  Scored c;
  c.truth = truth;
  int ahead = 0;  // classes likelier than the true one; of equals the earlier counts as likelier
  const auto at = std::find(considered.begin(), considered.end(), truth) - considered.begin();
  c.truthProbability = probabilities[at];
  double best = -1;
  for (std::size_t i = 0; i < considered.size(); ++i) {
    if (probabilities[i] > best) best = probabilities[i], c.predicted = int(considered[i]);
    ahead += probabilities[i] > c.truthProbability || (probabilities[i] == c.truthProbability && std::ptrdiff_t(i) < at);
  }
  c.probability = best;
  c.inTopFive = ahead < kTop;
  return c;
}

}  // namespace

std::vector<int> headOutputs(const DataSummary& data, const std::vector<std::string>& names, int outputs) {
  const int classes = int(data.classes.size());
  std::vector<int> result(data.classes.size());
  std::iota(result.begin(), result.end(), 0);
  if (names.empty()) {
    if (classes == outputs) return result;
    throw Error(ErrorCode::Mismatch, data.folder,
                "has " + std::to_string(classes) + " classes, the model's head " +
                    (outputs == 0 ? std::string("does not exist") : "has " + std::to_string(outputs)),
                "Train a head on this data, or name the delta of one with --delta; for ImageNet subsets put the synset list beside them");
  }
  if (int(names.size()) != outputs)
    throw Error(ErrorCode::Mismatch, "delta",
                "names " + std::to_string(names.size()) + " classes for a head of " + std::to_string(outputs));
  std::unordered_map<std::string, int> place;
  for (std::size_t i = 0; i < names.size(); ++i) place.emplace(names[i], int(i));
  std::string unknown;
  int missing = 0;
  for (std::size_t c = 0; c < data.classes.size(); ++c) {
    const auto found = place.find(data.classes[c]);
    if (found != place.end())
      result[c] = found->second;
    else if (++missing <= 3)
      unknown += (unknown.empty() ? "" : ", ") + data.classes[c];
  }
  if (missing > 0)
    throw Error(ErrorCode::Mismatch, data.folder,
                std::to_string(missing) + " of its classes are unknown to the trained head: " + unknown + (missing > 3 ? " …" : ""),
                "Evaluate on data of the classes the head was trained for");
  return result;
}

ClassificationResult evaluateClasses(const Model& model, const DataSummary& data, const std::vector<DataItem>& items,
                                     std::shared_ptr<const ImageSource> images, const ModelSpec& spec, const std::vector<int>& outputs,
                                     int batch, RunControl& control, const std::function<void(const ClassCase&)>& onCase,
                                     const WorkGroup* group) {
  return withTorchErrors("evaluation", [&] {
    at::NoGradGuard noGrad;
    const Agreement ranks(group);
    const auto& parts = model.parts();
    const auto& network = parts.classifierNetwork();
    auto loading = plainLoading(items, model.preprocess(spec.preprocess), batch, parts.arena->device().is_cuda());
    loading.masks = false;
    loading.labels = labelsOf(items, data.classes);
    const auto considered = consideredClasses(data);
    std::vector<std::int64_t> columns;
    std::vector<std::int64_t> columnOf(data.classes.size(), -1);
    for (const auto c : considered) {
      columnOf[std::size_t(c)] = std::int64_t(columns.size());
      columns.push_back(outputs[std::size_t(c)]);
    }
    const auto index = at::tensor(columns, at::kLong).to(parts.arena->device());
    Loader loader(loading, std::move(images));
    loader.startEpoch(0, std::min(loader.batchesPerEpoch(), ranks.rank()), ranks.size());
    ProgressMeter meter(control, "validate", "images", picturesOfRank(std::int64_t(items.size()), batch, ranks.rank(), ranks.size()));
    std::vector<Scored> scored;
    std::vector<std::uint64_t> fingerprints;
    while (auto b = loader.next()) {
      control.pollStop();
      const auto t = toTensors(*b, loading.preprocess, parts.arena->device(), parts.arena->type());
      const auto logits = network.forward(t.images).index_select(1, index).to(at::kDouble);
      const auto logProbabilities = at::log_softmax(logits, 1).cpu().contiguous();
      const auto probabilities = logProbabilities.exp().contiguous();
      for (int i = 0; i < b->count; ++i) {
        const auto& item = items[std::size_t(b->itemIndex[std::size_t(i)])];
        const int truth = b->labels[std::size_t(i)];
        const auto width = std::int64_t(columns.size());
        scored.push_back(scoredAs(truth, probabilities.const_data_ptr<double>() + i * width, considered));
        scored.back().loss = -logProbabilities.const_data_ptr<double>()[i * width + columnOf[std::size_t(truth)]];
        if (onCase) onCase(caseOf(item, scored.back()));
      }
      fingerprints.insert(fingerprints.end(), b->fingerprints.begin(), b->fingerprints.end());
      meter.advance(b->count);
    }
    ClassificationResult result;
    result.fingerprints = inBatchOrder(ranks, fingerprints, int(items.size()), batch);
    scored = inBatchOrder(ranks, scored, int(items.size()), batch);
    double lossSum = 0;
    std::vector<ClassCase> cases;
    for (std::size_t i = 0; i < items.size(); ++i) {
      lossSum += scored[i].loss;
      cases.push_back(caseOf(items[i], scored[i]));
    }
    result.meanLoss = items.empty() ? 0 : lossSum / double(items.size());
    result.score = summarise(std::move(cases), data.classes);
    return result;
  });
}

std::vector<double> classProbabilities(const Model& model, const RgbImage& image, const ModelSpec& spec) {
  return withTorchErrors("prediction", [&] {
    at::NoGradGuard noGrad;
    const auto preprocess = model.preprocess(spec.preprocess);
    auto input = modelInput(image, preprocess);
    const auto& parts = model.parts();
    const auto images =
        at::from_blob(input.data(), {1, 3, preprocess.size, preprocess.size}, at::kFloat).to(parts.arena->vector().options());
    const auto p = at::softmax(parts.classifierNetwork().forward(images).to(at::kDouble), 1).cpu().contiguous();
    return std::vector<double>(p.const_data_ptr<double>(), p.const_data_ptr<double>() + p.numel());
  });
}

ClassificationScore summarise(std::vector<ClassCase> cases, std::vector<std::string> classes) {
  ClassificationScore score;
  score.n = int(cases.size());
  score.classes = std::move(classes);
  score.confusion.assign(score.classes.size() * score.classes.size(), 0);
  int right = 0, inFive = 0;
  for (const auto& c : cases) {
    right += c.truth == c.predicted;
    inFive += c.inTopFive;
    ++score.confusion[std::size_t(c.truth) * score.classes.size() + std::size_t(c.predicted)];
  }
  if (score.n > 0) {
    score.top1 = double(right) / score.n;
    score.top5 = double(inFive) / score.n;
  }
  score.perImage = std::move(cases);
  return score;
}

std::string classificationDefinition(bool isClassSubset) {
  return std::string(
             "top1: share of pictures whose likeliest class is the true one; top5: whose true class is among the five likeliest. ") +
         (isClassSubset ? "Only the classes that occur in the data are considered." : "All classes of the data are considered.");
}

}  // namespace gps
