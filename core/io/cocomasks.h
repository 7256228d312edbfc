#pragma once
// Masks of many pictures as one COCO file of instance segmentations, with compressed run lengths (polygons would lose holes).
#include <string>
#include <vector>

#include "core/io/runlength.h"

namespace gps {

struct CocoMask {
  std::string fileName;  // of the picture, UTF-8
  RunLengths runs;
};

// Pictures and annotations are numbered from 1 in the order given; a picture without foreground has no annotation. pycocotools reads it.
std::string cocoJson(const std::vector<CocoMask>& masks, const std::string& category = "foreground");
// Throws Error(Io), as every writer.
void writeCoco(const std::string& path, const std::vector<CocoMask>& masks, const std::string& category = "foreground");

}  // namespace gps
