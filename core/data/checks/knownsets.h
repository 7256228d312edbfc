#pragma once
// Recognises well-known public data sets by their ids, class names or folder name.
#include <optional>

#include "core/values/dataset.h"

namespace gps {

enum class KnownSet {
  KvasirSeg,
  StanfordDogs,
  Cub200,
  ImageNet,
  ImageNetA_R,  // plain synset folders; the two cannot be told apart by their layout
  ImageNetC,
  Dtd,
  Flowers102,
  Pets,
  StanfordCars,
  Sun397,
  Food101,
  Caltech101,
  Aircraft
};

const char* titleOf(KnownSet set);  // "Kvasir-SEG"

// Only where class names leave no doubt, or the folder has the set's usual name and its number of classes. A part of a set counts.
std::optional<KnownSet> recogniseKnownSet(const DataSummary& summary);

}  // namespace gps
