#pragma once
// A table (CSV) that names pictures and their masks or classes.
#include <string>
#include <vector>

namespace gps {

struct TableRow {
  std::string image, target, split;  // as written; the target is the mask or the class; split may be empty
  int line = 0;
};

struct PictureTable {
  bool hasMasks = false;       // the targets are masks, else classes
  std::vector<TableRow> rows;  // empty: this is no such table
};

// A header names image, one of mask and class, and (if wanted) split; separated by comma, semicolon or tab, quotes allowed. A column
// "label" holds masks where its first entry is the name of a picture file, else classes. Throws Error(BadFile) for a row that is too
// short.
PictureTable readPictureTable(const std::string& path);

}  // namespace gps
