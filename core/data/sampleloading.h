#pragma once
// One picture of a loader, from its file to what is kept of it.
#include "core/control/imagesource.h"
#include "core/data/loader.h"
#include "core/data/samplecache.h"
#include "core/values/dataset.h"

namespace gps {

// Throws Error(BadArgument) for an empty list or values out of range.
void requireLoadable(const LoaderSpec& spec);
bool cropsAtRandom(const LoaderSpec& spec);
// Decodes, and fits unless the picture is cropped at random. Throws what the source throws; Error(Mismatch) for a mask of another size.
Sample loadSample(const DataItem& item, const LoaderSpec& spec, const ImageSource& source);

}  // namespace gps
