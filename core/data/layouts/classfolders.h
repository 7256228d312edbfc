#pragma once
// Folders whose subfolders are the classes. Each returns false and leaves the summary alone when the folder is not its layout.
#include <string>
#include <utility>
#include <vector>

#include "core/data/dataset.h"

namespace gps {

// train|val|test/<class>/… with optional train_fit.txt and train_val.txt; of synset folders: ImageNet.
bool openClassSplitFolders(DataSummary& summary);

// <class>/… split by seed within each class; also inside images/. Of synset folders: ImageNet-A, -R.
bool openPlainClassFolders(DataSummary& summary, const DatasetOptions& options);

// Appends the pictures of every class folder of `folder` as items "class/path below it"; pictures that lie in no class folder are a
// problem. Returns the names of the class folders that hold pictures.
std::vector<std::string> addClassFolders(DataSummary& summary, const std::string& folder, const std::string& split);

}  // namespace gps
