#pragma once
// Lists and tables that give each picture its class. The readers of folders return false and leave the summary alone when the folder is
// not their layout; all throw Error(BadFile) for a list that cannot be read.
#include <string>

#include "core/data/dataset.h"
#include "core/data/layouts/picturetable.h"

namespace gps {

// Text lists of lines "path label": train800.txt, val200.txt, train800val200.txt, test.txt (VTAB-1k), or train.txt, val.txt, test.txt.
bool openLabelledLists(DataSummary& summary);

// train.json, val.json, test.json: {"path": label} (the splits that visual prompt tuning published for FGVC).
bool openJsonSplits(DataSummary& summary);

// Rows image, class and perhaps split.
void openClassTable(DataSummary& summary, const std::string& path, const PictureTable& table, const DatasetOptions& options);

}  // namespace gps
