#include "core/selection/pass/passloss.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/evaluation/loss.h"

namespace gps {
namespace {

at::Tensor featuresOf(const ModelParts& parts, const PassPiece& piece) {
  const auto state = parts.registry.state();
  state->observedPictures = piece.count;
  const DropPathScope scope(state, piece.dropPath);
  return parts.classifierNetwork().features(piece.tensors.images);
}

// A mean over pictures: every piece adds its share.
class MeanLoss : public PassLoss {
 public:
  explicit MeanLoss(const ModelParts& parts) : m_parts(parts) {}
  at::Tensor run(const PassBatch& batch, bool backward) const override {
    at::Tensor total;
    for (int i = 0; i < batch.pieces(); ++i) {
      const auto piece = batch.piece(i);
      auto loss = ofPiece(piece);
      if (batch.pieces() > 1) loss = loss * (double(piece.count) / batch.count());
      if (backward) torch::autograd::backward({loss}, {});
      total = total.defined() ? total + loss.detach() : loss.detach();
    }
    return total;
  }

 protected:
  virtual at::Tensor ofPiece(const PassPiece& piece) const = 0;
  const ModelParts& m_parts;
};

class SegmentationPassLoss : public MeanLoss {
 public:
  SegmentationPassLoss(const ModelParts& parts, PromptMode prompt) : MeanLoss(parts), m_prompt(prompt) {}

 protected:
  at::Tensor ofPiece(const PassPiece& piece) const override {
    m_parts.registry.state()->observedPictures = piece.count;
    return segmentationLoss(m_parts.samNetwork().forward(piece.tensors.images, m_prompt), piece.tensors.masks);
  }

 private:
  PromptMode m_prompt;
};

class CrossEntropyPassLoss : public MeanLoss {
 public:
  using MeanLoss::MeanLoss;

 protected:
  at::Tensor ofPiece(const PassPiece& piece) const override {
    return at::cross_entropy_loss(m_parts.classifierNetwork().classify(featuresOf(m_parts, piece)), piece.tensors.labels);
  }
};

// Every picture meets every other: the features of all pieces first, without history, then the gradient of the loss in the features
// goes back through one piece after another.
class ContrastivePassLoss : public PassLoss {
 public:
  explicit ContrastivePassLoss(const ModelParts& parts) : m_parts(parts) {}
  at::Tensor run(const PassBatch& batch, bool backward) const override {
    if (batch.pieces() == 1 || !backward) {
      const auto loss = contrastiveLoss(batch.pieces() == 1 ? featuresOf(m_parts, batch.piece(0)) : featuresOfAll(batch), batch.labels());
      if (backward) torch::autograd::backward({loss}, {});
      return loss.detach();
    }
    const auto features = featuresOfAll(batch).requires_grad_(true);
    const auto loss = contrastiveLoss(features, batch.labels());
    torch::autograd::backward({loss}, {});
    const auto gradient = features.grad().unflatten(0, {2, batch.count()});  // views, pictures
    for (int i = 0; i < batch.pieces(); ++i) {
      const auto piece = batch.piece(i);
      torch::autograd::backward({featuresOf(m_parts, piece)}, {gradient.narrow(1, piece.first, piece.count).flatten(0, 1)});
    }
    return loss.detach();
  }

 private:
  at::Tensor featuresOfAll(const PassBatch& batch) const {
    at::NoGradGuard noGrad;
    std::vector<at::Tensor> parts;
    for (int i = 0; i < batch.pieces(); ++i) {
      const auto piece = batch.piece(i);
      parts.push_back(featuresOf(m_parts, piece).unflatten(0, {2, piece.count}));
    }
    return at::cat(parts, 1).flatten(0, 1);
  }

  const ModelParts& m_parts;
};

}  // namespace

std::unique_ptr<PassLoss> makePassLoss(const ModelParts& parts, LossKind loss, PromptMode prompt) {
  switch (loss) {
    case LossKind::Segmentation:
      return std::make_unique<SegmentationPassLoss>(parts, prompt);
    case LossKind::Contrastive:
      return std::make_unique<ContrastivePassLoss>(parts);
    case LossKind::CrossEntropy:
      break;
  }
  return std::make_unique<CrossEntropyPassLoss>(parts);
}

}  // namespace gps
