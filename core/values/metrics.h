#pragma once
// Scores, with their definitions. A pixel is foreground where probability > 0.5 (logit > 0) at the size of the source picture.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

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

struct CaseScore {
  std::string id;
  PixelCounts counts;
};

struct SegmentationScore {
  int n = 0;
  double diceMean = 0, iouMean = 0;      // mean over pictures
  double dicePooled = 0, iouPooled = 0;  // from the counts of all pictures together
  int emptyTruth = 0;                    // pictures whose truth is empty
  std::vector<CaseScore> perImage;
};

struct EpochRecord {
  int epoch = 0;  // 1-based; 0 is the untuned model
  double trainLoss = 0, valLoss = 0;
  double diceMean = 0, iouMean = 0, dicePooled = 0, iouPooled = 0;  // validation split
  double learningRate = 0;
  double seconds = 0;  // training time of the epoch, pauses not counted
};

struct TrainOutcome {
  std::vector<EpochRecord> epochs;
  int bestEpoch = 0;   // by diceMean on the validation split
  double seconds = 0;  // training and validation, selection not included
  double selectionSeconds = 0;
  double peakMib = 0;  // GPU: allocator peak; CPU: highest resident set minus that before the model was loaded
  std::int64_t trainable = 0, trainableTotal = 0;
  bool cancelled = false;  // stopped on request; the run can be resumed
};

}  // namespace gps
