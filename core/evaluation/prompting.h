#pragma once
// Segmenting one picture by what a person points at, step by step. A picture is read by the network once; each answer after that costs
// the small decoder only. Torch-free. One thread at a time.
#include <memory>
#include <vector>

#include "core/backbones/model.h"
#include "core/control/runcontrol.h"
#include "core/values/image.h"
#include "core/values/prompts.h"
#include "core/values/runspec.h"

namespace gps {

class PromptHead;

// The decoder's present values, copied: later changes of the model do not reach them.
std::shared_ptr<const PromptHead> copyPromptHead(const Model& model);

// A picture as the model's present values read it, and where it lies in the model's square.
class EncodedPicture {
 public:
  // Costs the whole encoder. With a control Cancelled is thrown at a block boundary.
  EncodedPicture(const Model& model, const RgbImage& image, const ModelSpec& spec, const RunControl* control = nullptr);
  ~EncodedPicture();

 private:
  friend class PromptedPicture;
  struct Inside;
  std::unique_ptr<const Inside> m_inside;
};

struct PromptAnswer {
  ProbabilityMap map;       // at the size of the source picture
  double predictedIou = 0;  // by the network itself, about 0…1
  int mask = 0;             // which of its masks: 0 the single one, 1…3 of the three that it gives for one lone point
};

// One picture under one set of values. A lone point is ambiguous: of the three masks the one with the best predicted IoU is taken.
// With several prompts the single mask is, and the answer to the prompts before the last point goes in as a mask prompt, as
// segment-anything's predictor does it; so the answer depends on the order of the points, and taking one back gives the former answer.
class PromptedPicture {
 public:
  PromptedPicture(std::shared_ptr<const PromptHead> head, std::shared_ptr<const EncodedPicture> picture, PromptMode whenEmpty);
  ~PromptedPicture();
  // Prompts outside of the picture are taken as they are. Without prompts: as predict() does it.
  PromptAnswer answer(const PromptSet& prompts);

 private:
  struct Step;
  Step& stepOf(const PromptSet& prompts);
  static constexpr std::size_t kSteps = 16;
  std::shared_ptr<const PromptHead> m_head;
  std::shared_ptr<const EncodedPicture> m_picture;
  PromptMode m_whenEmpty;
  std::vector<std::unique_ptr<Step>> m_steps;  // newest last
};

}  // namespace gps
