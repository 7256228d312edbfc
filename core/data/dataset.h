#pragma once
// Opens a folder or pack of pictures and masks and says what it holds and what is wrong with it.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/control/imagesource.h"
#include "core/control/runcontrol.h"
#include "core/values/dataset.h"

namespace gps {

struct DatasetOptions {
  bool deepCheck = false;         // decode every picture and mask; else only names and lists are looked at
  double validationShare = 0.12;  // (0, 1); used only where the folder says nothing about splits
  std::uint64_t splitSeed = 42;
};

// Accepted, in this order. With masks: train|val|test/{images,masks}, images/ + masks/ (Kvasir-SEG) with optional train.txt, val.txt,
// test.txt, a CSV list (image,mask,split), a flat folder of pairs (x.jpg, x_mask.png). With classes: a CSV list (image,class,split),
// {train,val,test}.json, lists of lines "path label" (VTAB-1k), CIFAR's binary files, ImageNet-C, train|val|test/<class> (ImageNet
// where classes are synsets), <class> (ImageNet-A, -R where classes are synsets). Or a pack file, or a CSV file itself.
// What is wrong with single pictures goes to DataSummary::problems; items hold only what is complete. `images` may be null
// without deepCheck, and always for a pack and CIFAR.
// Throws Error(NotFound, BadFile); Cancelled only with `control`.
DataSummary openDataset(const std::string& folder, const ImageSource* images, const DatasetOptions& options = {},
                        RunControl* control = nullptr);

// Decodes every picture and mask: unreadable files, sizes that differ, masks that are empty or not two-valued. Appends to
// summary.problems and drops unreadable items. Stage "check", unit "images".
void checkPictures(DataSummary& summary, const ImageSource& images, RunControl* control = nullptr);

// At most `limit` items in their order, 0: all. The first ones are taken, of each class as many as can be.
std::vector<DataItem> limited(std::vector<DataItem> items, int limit);
// The items of one split in the order of the summary, limited.
std::vector<DataItem> itemsOfSplit(const DataSummary& summary, const std::string& split, int limit = 0);

// Reads a picture of `summary` wherever it is: for a pack and for CIFAR their own readers, otherwise `files`.
// Throws Error(Unavailable) for a folder when `files` is null (built without OpenCV) and names `gps pack`.
std::shared_ptr<const ImageSource> imageSourceOf(const DataSummary& summary, std::shared_ptr<const ImageSource> files);

// DataItem::imagePath is a picture file of its own; false for a pack and for CIFAR, whose pictures only imageSourceOf can read.
inline bool hasPictureFiles(const DataSummary& summary) { return !summary.isPack && summary.layout != kCifarLayout; }

// The pictures of a folder (not of its subfolders), a pack or a single file, for `--images`: no masks asked for, split "".
DataSummary openPictures(const std::string& path);

}  // namespace gps
