#pragma once
// What the layouts of ImageNet and its variants add to folders of classes.
#include "core/data/dataset.h"

namespace gps {

// Turns a summary whose classes are synsets to the order and titles of the synset list beside the folder or in its parent, if there
// is one; pictures of a synset that it lacks are left out. Sets isClassSubset where the list has more classes than occur.
void useImageNetClasses(DataSummary& summary, const char* layout);

// ImageNet-C: <corruption>/<severity 1…5>/<synset>/…, corruptions perhaps in groups one level up; the folder may also be one
// corruption. False, and the summary left alone, for anything else.
bool openImageNetC(DataSummary& summary);

}  // namespace gps
