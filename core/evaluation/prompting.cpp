#include "core/evaluation/prompting.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/backbones/prompthead.h"
#include "core/data/views/transforms.h"
#include "core/evaluation/lowlogits.h"
#include "core/nn/errortranslation.h"
#include "core/nn/prioritystream.h"

namespace gps {

std::shared_ptr<const PromptHead> copyPromptHead(const Model& model) {
  return withTorchErrors("copying the mask decoder", [&] { return std::make_shared<const PromptHead>(model.parts()); });
}

struct EncodedPicture::Inside {
  Inside(at::Tensor e, const PreprocessGeometry& g) : embedding(std::move(e)), geometry(g), read(embedding.device()) {}
  at::Tensor embedding;  // [1, 256, h, w] fp32, on the model's device
  PreprocessGeometry geometry;
  StreamMark read;
};

EncodedPicture::EncodedPicture(const Model& model, const RgbImage& image, const ModelSpec& spec, const RunControl* control)
    : m_inside(withTorchErrors("reading a picture", [&] {
        at::NoGradGuard noGrad;
        const Watched watched(model, control);
        const auto input = pictureInput(model, image, spec);
        return std::make_unique<const Inside>(model.parts().samNetwork().encode(input.images).to(at::kFloat), input.geometry);
      })) {}

EncodedPicture::~EncodedPicture() = default;

struct PromptedPicture::Step {
  PromptSet prompts;
  at::Tensor logits;  // [1, 1, 4h, 4w], of the mask taken
  double iou = 0;
  int mask = 0;
};

namespace {

PromptTensors tensorsOf(const PromptSet& prompts, const PreprocessGeometry& g, at::Device device) {
  const double sx = double(g.contentWidth) / g.sourceWidth, sy = double(g.contentHeight) / g.sourceHeight;
  PromptTensors t;
  if (!prompts.points.empty()) {
    std::vector<double> places, labels;
    for (const PromptPoint& p : prompts.points) {
      places.insert(places.end(), {p.x * sx, p.y * sy});
      labels.push_back(p.include ? 1 : 0);
    }
    t.points = at::tensor(places, at::kDouble).view({1, -1, 2}).to(device, at::kFloat);
    t.labels = at::tensor(labels, at::kDouble).view({1, -1}).to(device, at::kFloat);
  }
  if (prompts.box) {
    const auto& b = *prompts.box;
    t.boxes = at::tensor({b[0] * sx, b[1] * sy, b[2] * sx, b[3] * sy}, at::kDouble).view({1, 4}).to(device, at::kFloat);
  }
  return t;
}

}  // namespace

PromptedPicture::PromptedPicture(std::shared_ptr<const PromptHead> head, std::shared_ptr<const EncodedPicture> picture,
                                 PromptMode whenEmpty)
    : m_head(std::move(head)), m_picture(std::move(picture)), m_whenEmpty(whenEmpty) {}

PromptedPicture::~PromptedPicture() = default;

PromptedPicture::Step& PromptedPicture::stepOf(const PromptSet& prompts) {
  const auto known = std::find_if(m_steps.begin(), m_steps.end(), [&](const auto& s) { return s->prompts == prompts; });
  if (known != m_steps.end()) {
    std::rotate(known, known + 1, m_steps.end());
    return *m_steps.back();
  }
  auto step = std::make_unique<Step>();
  step->prompts = prompts;
  const auto& embedding = m_picture->m_inside->embedding;
  if (prompts.empty()) {
    step->logits = m_head->decode(embedding, m_whenEmpty);
  } else {
    PromptTensors t = tensorsOf(prompts, m_picture->m_inside->geometry, embedding.device());
    PromptSet before = prompts;
    if (!before.points.empty()) before.points.pop_back();
    const bool isLonePoint = prompts.points.size() == 1 && !prompts.box;
    if (!prompts.points.empty() && !before.empty()) t.maskLogits = stepOf(before).logits;
    const auto out = m_head->decode(embedding, t, isLonePoint);
    const auto iou = out.iou[0].to(at::kCPU, at::kFloat);
    const auto best = iou.argmax().item<std::int64_t>();
    step->logits = out.logits.narrow(1, best, 1);
    step->iou = iou[best].item<double>();
    step->mask = isLonePoint ? int(best) + 1 : 0;
  }
  if (m_steps.size() == kSteps) m_steps.erase(m_steps.begin());
  m_steps.push_back(std::move(step));
  return *m_steps.back();
}

PromptAnswer PromptedPicture::answer(const PromptSet& prompts) {
  return withTorchErrors("prediction", [&] {
    at::NoGradGuard noGrad;
    // Not behind the steps of a run that are queued. The map that is returned has been waited for.
    const auto& inside = *m_picture->m_inside;
    const PriorityStream stream(inside.embedding.device());
    inside.read.comesFirst();
    const Step& step = stepOf(prompts);
    return PromptAnswer{probabilityFrom(step.logits[0][0], inside.geometry), step.iou, step.mask};
  });
}

}  // namespace gps
