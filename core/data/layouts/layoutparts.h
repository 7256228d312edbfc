#pragma once
// What the readers of the folder layouts share while a summary is being filled.
#include <string>

#include "core/data/layouts/folderscan.h"
#include "core/values/dataset.h"

namespace gps {

void addProblem(DataSummary& summary, ProblemKind kind, const std::string& id, std::string text);

std::string fileNameOf(const std::string& path);  // "a/b.txt" -> "b.txt"
// Below the folder of the data set with /, as in lists and in the data hash; "../x" for what lies outside.
std::string relativeTo(const std::string& folder, const std::string& path);

std::string imagesFolder(const std::string& folder);  // images/, img/, … in any case; empty when there is none
std::string masksFolder(const std::string& folder);

// It has folders of splits, or of pictures and masks.
bool looksLikeDataSet(const FolderListing& listing);

// Ids must differ over all splits; where they do not, the split comes in front of all of them.
void makeIdsUnique(DataSummary& summary);

// The split for what no list names: the one without a list, or "unlisted" where both have theirs.
std::string splitOfTheRest(bool hasTrain, bool hasValidation);

}  // namespace gps
