#pragma once
// What a data folder or pack was found to hold.
#include <map>
#include <string>
#include <vector>

#include "core/values/names.h"

namespace gps {

// One picture with its mask (segmentation) or its class (classification).
struct DataItem {
  std::string id;         // stable name, unique in the data set: file name without ending (or relative path without ending)
  std::string split;      // "train", "val", "test"; "gaussian_noise/3" of ImageNet-C; "unlisted": in no list, not used
  std::string imagePath;  // absolute path of a file, or the tensor name inside a pack
  std::string maskPath;   // empty when there is none
  std::string className;  // classification only
};

enum class ProblemKind {
  MissingMask,
  MissingImage,
  SizeMismatch,
  EmptyMask,
  NonBinaryMask,
  Unreadable,
  DuplicateId,
  UnknownId,
  UnknownClass,  // a list gives a class that is none of the data set
  EmptyClass     // a class without one picture
};

struct DataProblem {
  ProblemKind kind = ProblemKind::Unreadable;
  std::string id;
  std::string text;  // names the file, the cause and the remedy
};

// The same picture on two sides of a split.
struct DataLeak {
  std::string idA, splitA, idB, splitB;
  std::string kind;  // "same name", "same bytes", "near duplicate"
};

// The layout whose pictures are records of a few binary files.
inline constexpr const char* kCifarLayout = "cifar";

struct DataSummary {
  TaskKind task = TaskKind::Segmentation;
  std::string folder;     // absolute
  std::string layout;     // "kvasir", "split folders", "pairs", "class folders", "cifar", "pack", …
  std::string splitRule;  // where the splits come from: "train.txt, val.txt", "folders", "seeded 88/12, seed 42", …
  bool isPack = false;
  std::vector<DataItem> items;
  std::vector<std::string> classes;      // classification, in the order of the head's outputs; item names are among them
  std::vector<std::string> classTitles;  // for people where classes are codes (synsets); empty: the classes themselves
  bool isClassSubset = false;            // only some of the classes occur, on purpose (ImageNet-A, -R); scores consider only those
  std::map<std::string, int> splits;     // name -> number of items
  std::vector<DataProblem> problems;
  std::vector<DataLeak> leaks;
  std::string dataHash;                // SHA-256, hex; see design: sorted "relative path NUL sha256-of-bytes"; empty until asked for
  std::vector<std::string> listFiles;  // absolute: lists, tables and binary files that were read; part of dataHash
};

}  // namespace gps
