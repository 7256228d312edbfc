#include "core/data/checks/contamination.h"

#include "core/data/checks/knownsets.h"

namespace gps {
namespace {

enum class Base { Other, LiteMedSam, Sam, ImageNet, DinoV2 };

Base baseOf(const std::string& modelId) {
  if (modelId == "lite_medsam") return Base::LiteMedSam;
  if (modelId.starts_with("sam_") || modelId == "mobile_sam") return Base::Sam;
  if (modelId.find("dinov2") != std::string::npos) return Base::DinoV2;
  if (modelId.starts_with("vit_") || modelId.starts_with("swin_") || modelId.starts_with("convnext_")) return Base::ImageNet;
  return Base::Other;
}

std::string afterMedSam(KnownSet set) {
  if (set != KnownSet::KvasirSeg) return {};
  return "LiteMedSAM may have seen Kvasir-SEG: it was trained on public medical pictures of many kinds, and it is safest to "
         "assume that polyps are among them. Scores on this set are no clean held-out scores.";
}

std::string afterSam(KnownSet set) {
  if (set != KnownSet::KvasirSeg) return {};
  return "Weights of the SAM family may have seen Kvasir-SEG: Meta's own were trained on the photographs of SA-1B, but medical versions "
         "of the same shape were trained on it, as SAM-Med2D was. Check where your weights come from.";
}

std::string afterImageNet(KnownSet set) {
  switch (set) {
    case KnownSet::StanfordDogs:
      return "Its pictures are ImageNet training pictures, those of the test included, so that a base trained on ImageNet has seen them "
             "with their labels. Source: the data set's own page, which says that it was built from ImageNet.";
    case KnownSet::Cub200:
      return "Some of its pictures may have been in the ImageNet training set: its authors warn that the two overlap and ask for care "
             "with networks pretrained on ImageNet.";
    case KnownSet::ImageNet:
      return "The base was itself trained on ImageNet's training pictures; scores on val say how well the tuned model keeps what it had "
             "learnt, not how well it learns a new task.";
    case KnownSet::ImageNetA_R:
    case KnownSet::ImageNetC:
      return "The base was trained on ImageNet's training pictures with these classes; scores here say how it stands other pictures of "
             "known classes, which is what the set is for.";
    default:
      return {};
  }
}

std::string afterDinoV2(KnownSet set) {
  constexpr const char* kSource = " Source: DINOv2 paper, table 15.";
  switch (set) {
    case KnownSet::ImageNet:
      return std::string("DINOv2 was trained without labels on LVD-142M, which holds ImageNet-22k and pictures like those of ImageNet.") +
             kSource;
    case KnownSet::ImageNetA_R:
    case KnownSet::ImageNetC:
      return std::string(
                 "DINOv2 was trained without labels on LVD-142M, which holds ImageNet-22k; scores here say how it stands other "
                 "pictures of classes it may have seen.") +
             kSource;
    case KnownSet::StanfordDogs:
      return std::string(
                 "Its pictures come from ImageNet, and DINOv2 was trained without labels on LVD-142M, which holds ImageNet-22k: it "
                 "may have seen them all.") +
             kSource;
    case KnownSet::KvasirSeg:
      return {};
    default:
      return std::string("DINOv2 may have seen ") + titleOf(set) +
             " or near copies of its pictures, without labels: LVD-142M was gathered by looking for pictures like those of this set." +
             kSource;
  }
}

}  // namespace

std::vector<Contamination> knownContamination(const DataSummary& summary, const std::string& modelId) {
  const auto set = recogniseKnownSet(summary);
  if (!set) return {};
  std::string sentence;
  switch (baseOf(modelId)) {
    case Base::LiteMedSam:
      sentence = afterMedSam(*set);
      break;
    case Base::Sam:
      sentence = afterSam(*set);
      break;
    case Base::ImageNet:
      sentence = afterImageNet(*set);
      break;
    case Base::DinoV2:
      sentence = afterDinoV2(*set);
      break;
    case Base::Other:
      break;
  }
  if (sentence.empty()) return {};
  return {{titleOf(*set), sentence}};
}

}  // namespace gps
