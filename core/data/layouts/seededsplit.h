#pragma once
// Splits drawn by a seed, for folders that say nothing about splits. The same items and seed give the same split everywhere
// (scripts/make_pack.py draws the same).
#include "core/data/dataset.h"

namespace gps {

// Over all items in the order they have.
void splitBySeed(DataSummary& summary, const DatasetOptions& options);

// Within each class, in the order of the ids; a class of one picture goes to train.
void splitBySeedPerClass(DataSummary& summary, const DatasetOptions& options);

}  // namespace gps
