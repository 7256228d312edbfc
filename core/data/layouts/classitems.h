#pragma once
// What the readers of classification data sets share: the order of classes, labels that become classes, ids, and the checks at
// the end.
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/values/dataset.h"

namespace gps {

bool isWholeNumber(std::string_view text);  // digits only
// By number when all are numbers, else by bytes; equal names once.
void sortClassNames(std::vector<std::string>& names);

// A picture as a list names it, before anyone has looked whether it is there.
struct LabelledPicture {
  std::string path, label;  // as written
  std::string split;        // may be empty: in no split
  std::string where;        // "val.txt line 3"
};

// Classes in the order of the head, and which label means which class.
struct LabelMap {
  std::vector<std::string> classes, titles;
  std::map<std::string, std::string> classOf;
  std::string source;        // the file that names the classes; empty when the labels do it themselves
  bool mayBeSubset = false;  // absent classes are no fault
};
LabelMap labelsAsClasses(const std::vector<LabelledPicture>& pictures);
// Where the folder of every label's pictures is its own, folders name the classes, in the order of the labels; else as above.
LabelMap labelsByFolders(const std::vector<LabelledPicture>& pictures);
// A label is a name of the list, or its number from 0 (from 1 where the labels run from 1 to the count).
LabelMap labelsByNames(const std::vector<LabelledPicture>& pictures, std::vector<std::string> names, std::vector<std::string> titles,
                       const std::string& source);
// By classes.txt, labels.txt or a synset list in the folder (added to listFiles), else the labels themselves.
LabelMap labelsBeside(DataSummary& summary, const std::vector<LabelledPicture>& pictures);

// Looks for each picture in the folder, its images/ and the folder of its split, and appends it as an item. What is missing, has an
// unknown label or stands twice becomes a problem; a picture in two splits counts for the later of train, val, test.
void addLabelledPictures(DataSummary& summary, const std::vector<LabelledPicture>& pictures, LabelMap labels);

// Ids of a list's pictures: "class/stem".
void nameItemsByClass(DataSummary& summary);
// Where two items of a split have one id: the class with the whole path and its ending.
void separateEqualIds(DataSummary& summary);

// Ids unique over splits; classes without a picture, or without one to train on, become problems.
void finishClasses(DataSummary& summary);

}  // namespace gps
