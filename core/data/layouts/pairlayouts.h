#pragma once
// Folders of pictures with their masks. Each returns false and leaves the summary alone when the folder is not its layout.
#include <string>

#include "core/data/dataset.h"
#include "core/data/layouts/picturetable.h"

namespace gps {

bool openPairSplitFolders(DataSummary& summary);                               // train|val|test/{images,masks}
bool openImagesAndMasks(DataSummary& summary, const DatasetOptions& options);  // images/ + masks/, optional lists
bool openFlatPairs(DataSummary& summary, const DatasetOptions& options);       // x.jpg beside x_mask.png
void openPairTable(DataSummary& summary, const std::string& path, const PictureTable& table, const DatasetOptions& options);

}  // namespace gps
