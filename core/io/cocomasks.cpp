#include "core/io/cocomasks.h"

#include <cstdio>

#include "core/io/atomicwrite.h"

namespace gps {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", unsigned(static_cast<unsigned char>(c)));
      out += code;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string number(std::int64_t value) { return std::to_string(value); }

}  // namespace

std::string cocoJson(const std::vector<CocoMask>& masks, const std::string& category) {
  std::string images, annotations;
  std::int64_t picture = 0, annotation = 0;
  for (const CocoMask& mask : masks) {
    const RunLengths& runs = mask.runs;
    ++picture;
    if (!images.empty()) images += ",\n";
    images += "  {\"id\": " + number(picture) + ", \"file_name\": " + quoted(mask.fileName) + ", \"width\": " + number(runs.width) +
              ", \"height\": " + number(runs.height) + "}";
    const std::int64_t area = foregroundPixels(runs);
    if (area == 0) continue;
    const RunBox box = boxOf(runs);
    if (!annotations.empty()) annotations += ",\n";
    annotations += "  {\"id\": " + number(++annotation) + ", \"image_id\": " + number(picture) +
                   ", \"category_id\": 1, \"iscrowd\": 0, \"area\": " + number(area) + ", \"bbox\": [" + number(box.left) + ", " +
                   number(box.top) + ", " + number(box.width) + ", " + number(box.height) + "], \"segmentation\": {\"size\": [" +
                   number(runs.height) + ", " + number(runs.width) + "], \"counts\": " + quoted(compressedCounts(runs)) + "}}";
  }
  return "{\n \"images\": [\n" + images + "\n ],\n \"annotations\": [\n" + annotations +
         "\n ],\n \"categories\": [{\"id\": 1, \"name\": " + quoted(category) + "}]\n}\n";
}

void writeCoco(const std::string& path, const std::vector<CocoMask>& masks, const std::string& category) {
  const std::string text = cocoJson(masks, category);
  writeFileAtomically(path, {text.begin(), text.end()});
}

}  // namespace gps
