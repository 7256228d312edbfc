#pragma once
// Scores, with their definitions. A pixel is foreground where probability > 0.5 (logit > 0) at the size of the source picture.
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/values/names.h"

namespace gps {

// Counts of one picture; every score follows from them.
struct PixelCounts {
  std::int64_t truePositive = 0, falsePositive = 0, falseNegative = 0, trueNegative = 0;

  bool bothEmpty() const { return truePositive + falsePositive + falseNegative == 0; }
  // 2TP / (2TP + FP + FN); 1 when truth and prediction are both empty.
  double dice() const { return bothEmpty() ? 1.0 : 2.0 * double(truePositive) / double(2 * truePositive + falsePositive + falseNegative); }
  // TP / (TP + FP + FN); 1 when both are empty.
  double iou() const { return bothEmpty() ? 1.0 : double(truePositive) / double(truePositive + falsePositive + falseNegative); }
  // TP / (TP + FP); 1 when nothing was predicted and nothing was there, 0 when nothing was predicted although something was.
  double precision() const {
    return truePositive + falsePositive > 0 ? double(truePositive) / double(truePositive + falsePositive)
                                            : (falseNegative == 0 ? 1.0 : 0.0);
  }
  // TP / (TP + FN); 1 when the truth is empty.
  double recall() const { return truePositive + falseNegative > 0 ? double(truePositive) / double(truePositive + falseNegative) : 1.0; }
  PixelCounts& operator+=(const PixelCounts& o) {
    truePositive += o.truePositive, falsePositive += o.falsePositive, falseNegative += o.falseNegative, trueNegative += o.trueNegative;
    return *this;
  }
  bool operator==(const PixelCounts&) const = default;
};

// Outlines of one picture's truth and prediction, at its own size; core/evaluation/figures/boundary.h makes it.
struct BoundaryScore {
  std::int64_t truthPixels = 0, predictedPixels = 0;  // of the outlines
  std::int64_t truthNear = 0, predictedNear = 0;      // of these, no further than the tolerance from the other outline
  double tolerance = 0;                               // pixels
  // 95th percentile over the distances of all outline pixels, of both directions together, to the other outline; NaN: one is empty.
  double surfaceDistance95 = std::numeric_limits<double>::quiet_NaN();

  bool bothEmpty() const { return truthPixels == 0 && predictedPixels == 0; }
  // 2PR / (P + R), P and R the shares of the predicted and true outline that are near; 1 when both are empty, 0 when one is.
  double f() const {
    if (bothEmpty()) return 1;
    if (truthPixels == 0 || predictedPixels == 0) return 0;
    const double p = double(predictedNear) / double(predictedPixels), r = double(truthNear) / double(truthPixels);
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
  }
  // Pixels; 0 when both are empty, NaN (undefined) when one is.
  double hd95() const { return bothEmpty() ? 0 : surfaceDistance95; }
};

struct CaseScore {
  std::string id;
  PixelCounts counts;
  std::optional<BoundaryScore> boundary = {};  // nothing: not measured
  std::optional<BoundaryScore> allOn = {};     // of a prediction of the whole picture; beside `boundary`
};

struct SegmentationScore {
  int n = 0;
  double diceMean = 0, iouMean = 0;  // mean over pictures
  double precisionMean = 0, recallMean = 0;
  double dicePooled = 0, iouPooled = 0;  // from the counts of all pictures together
  int emptyTruth = 0;                    // pictures whose truth is empty
  std::vector<CaseScore> perImage;
};

// One classified picture; classes by their index.
struct ClassCase {
  std::string id;
  int truth = 0, predicted = 0;
  double probability = 0;       // of the predicted class, softmax over the classes considered, 0…1
  double truthProbability = 0;  // of the true class
  bool inTopFive = false;       // the true class is among the five likeliest
  bool operator==(const ClassCase&) const = default;
};

struct ClassificationScore {
  int n = 0;
  double top1 = 0, top5 = 0;         // share of pictures, 0…1; top5 is 1 with five classes or fewer
  std::vector<std::string> classes;  // [C]
  std::vector<int> confusion;        // [C, C], row: true class, column: predicted class
  std::vector<ClassCase> perImage;

  int count(int truth, int predicted) const { return confusion[std::size_t(truth) * classes.size() + std::size_t(predicted)]; }
  // Pictures of a class, and how many of them are right.
  int pictures(int truth) const {
    int sum = 0;
    for (std::size_t c = 0; c < classes.size(); ++c) sum += count(truth, int(c));
    return sum;
  }
  // Recall of a class, 0…1; nothing for a class without pictures.
  std::optional<double> accuracy(int truth) const {
    const int all = pictures(truth);
    return all > 0 ? std::optional<double>(double(count(truth, truth)) / all) : std::nullopt;
  }
  // Mean over the classes that have pictures.
  double meanClassAccuracy() const {
    double sum = 0;
    int counted = 0;
    for (std::size_t c = 0; c < classes.size(); ++c)
      if (const auto share = accuracy(int(c))) sum += *share, ++counted;
    return counted > 0 ? sum / counted : 0;
  }
};

// Figures of the validation split.
struct EpochFigures {
  bool isScored = true;                   // false: there was nothing to score, and the figures say nothing
  Precision precision = Precision::Fp32;  // that the network computed in
  double valLoss = 0;
  double diceMean = 0, iouMean = 0, dicePooled = 0, iouPooled = 0;  // segmentation, 0…1
  std::optional<double> precisionMean, recallMean;                  // over pictures; nothing in files of former versions
  double top1 = 0, top5 = 0;                                        // classification, 0…1
  std::optional<double> emaTop1, emaTop5;                           // the same with the averaged values, where there are any
};

// Its own figures are measured in the precision of training.
struct EpochRecord : EpochFigures {
  int epoch = 0;  // 1-based; 0 is the untuned model
  double trainLoss = 0;
  double learningRate = 0;
  double seconds = 0;  // training time of the epoch, pauses not counted
  TaskKind task = TaskKind::Segmentation;
  std::optional<EpochFigures> again;  // measured once more in fp32: the best epoch of a run that trained in another precision
  // What the best epoch is chosen by.
  double headline() const { return task == TaskKind::Classification ? top1 : diceMean; }
  // The same epoch with the figures measured last.
  EpochRecord measuredLast() const {
    EpochRecord record = *this;
    if (again) static_cast<EpochFigures&>(record) = *again;
    record.again.reset();
    return record;
  }
};

struct TrainOutcome {
  std::vector<EpochRecord> epochs;
  int bestEpoch = 0;   // by EpochRecord::headline()
  double seconds = 0;  // training and validation, selection not included
  double selectionSeconds = 0;
  double peakMib = 0;       // GPU: allocator peak; CPU: highest resident set minus that before the model was loaded
  std::string scoredSplit;  // "val"; "test" where there is no validation split or it was trained on; empty: nothing was scored
  std::int64_t trainable = 0, trainableTotal = 0;
  bool cancelled = false;         // stopped on request; the run can be resumed
  int ranks = 1;                  // processes that shared the run
  std::int64_t bytesPerStep = 0;  // that each hands to the sum of a step; 0 for one process
};

}  // namespace gps
