#include "core/checkpoints/selectionset.h"

#include <algorithm>
#include <filesystem>

#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/deltapath.h"
#include "core/checkpoints/filelayout.h"
#include "core/checkpoints/readers/sha256.h"
#include "core/checkpoints/specjson.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

SelectionFile selectionOf(Delta delta) {
  SelectionFile file;
  file.map = delta.map;
  file.selection.offsets = std::move(delta.offsets);
  file.selection.spec = delta.info.selection;
  file.selection.spec.baseHash = delta.info.baseHash;
  file.selection.pictures = std::move(delta.pictures);
  return file;
}

std::string sizeText(const ParameterEntry& entry) { return std::to_string(entry.rows) + "x" + std::to_string(entry.cols); }

void requireComparable(const SelectionFile& a, const std::string& pathA, const SelectionFile& b, const std::string& pathB) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ErrorCode::Mismatch, pathB, "cannot be set beside " + pathA + ": " + what,
                "Give selections made on the same model with the same weights");
  };
  const auto &x = a.map->matrixIds(), &y = b.map->matrixIds();
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    const auto &p = a.map->entry(x[i]), &q = b.map->entry(y[i]);
    if (p.name == q.name && p.offset == q.offset && p.rows == q.rows && p.cols == q.cols) continue;
    refuse("it is for another architecture, with \"" + q.name + "\" (" + sizeText(q) + ") where the other has \"" + p.name + "\" (" +
           sizeText(p) + ")");
  }
  if (x.size() != y.size())
    refuse("it is for another architecture, with " + std::to_string(y.size()) + " weight matrices where the other has " +
           std::to_string(x.size()));
  const auto &hashA = a.selection.spec.baseHash, &hashB = b.selection.spec.baseHash;
  const auto shortOf = [](const std::string& hash) { return hash.empty() ? "none" : hash.substr(0, 12); };
  if (hashA != hashB) refuse("it was made from other weights (base " + shortOf(hashB) + ", the other " + shortOf(hashA) + ")");
}

}  // namespace

namespace {

// The file that a path stands for.
std::string fileOf(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    // Its base file is there before the first epoch ends.
    for (const fs::path& folder : {fs::path(path) / "deltas", fs::path(path)})
      if (fs::exists(folder / kDeltaBaseName, ignored)) return (folder / kDeltaBaseName).string();
    throw Error(ErrorCode::NotFound, path, "is a folder without a run's deltas", "Give a selection file, a delta or a run folder");
  }
  if (fs::exists(path, ignored)) return path;
  if (path.find('@') != std::string::npos) return resolveDeltaPath(path);
  throw Error(ErrorCode::NotFound, path, "does not exist", "Give a selection file, a delta or a run folder");
}

bool isDelta(const TensorFile& file) { return file.find("values") != nullptr || file.find("base") != nullptr; }

std::string mapKeyOf(const ParameterMap& map) {
  std::string text;
  for (const auto id : map.matrixIds()) {
    const auto& e = map.entry(id);
    text += e.name + ' ' + std::to_string(e.offset) + ' ' + sizeText(e) + '\n';
  }
  return sha256Hex({text.data(), text.size()});
}

}  // namespace

SelectionFile readSelectionOrDelta(const std::string& path) {
  const std::string file = fileOf(path);
  return isDelta(openTensorFile(file)) ? selectionOf(readDelta(file)) : readSelectionFile(file);
}

SelectionHead readSelectionHead(const std::string& path) {
  std::string name = fileOf(path);
  TensorFile file = openTensorFile(name);
  const std::string kind = isDelta(file) ? "delta" : "selection file";
  SelectionHead head;
  head.spec = selectionSpecFromJson(requiredMetadata(file, "spec", kind), name);
  if (isDelta(file)) {
    head.spec.baseHash = requiredMetadata(file, "base_hash", kind);
    head.spec.modelId = requiredMetadata(file, "model", kind);
  }
  if (!file.find("offsets")) {  // of an epoch: they stand beside it
    name = (fs::path(name).parent_path() / kDeltaBaseName).string();
    file = openTensorFile(name);
  }
  head.mapKey = mapKeyOf(*parameterMapFromJson(requiredMetadata(file, "parameter_map", kind), name));
  head.selected = file.at("offsets").elements();
  head.pictures = readPictures(file);
  return head;
}

std::vector<SelectionFile> readComparable(const std::vector<std::string>& paths) {
  std::vector<SelectionFile> files;
  for (const auto& path : paths) {
    files.push_back(readSelectionOrDelta(path));
    requireComparable(files.front(), paths.front(), files.back(), path);
    files.back().map = files.front().map;
  }
  return files;
}

std::vector<std::string> distinctNames(const std::vector<std::string>& paths) {
  std::vector<std::string> names, longer;
  for (const auto& path : paths) {
    fs::path p = fs::path(path).lexically_normal();
    if (!p.has_filename()) p = p.parent_path();
    const std::string name = p.extension() == ".safetensors" ? p.stem().string() : p.filename().string();
    const std::string folder = p.parent_path().filename().string();
    names.push_back(name);
    longer.push_back(folder.empty() ? name : folder + "/" + name);
  }
  const auto isUnique = [&](const std::vector<std::string>& all, const std::string& name) {
    return std::count(all.begin(), all.end(), name) == 1;
  };
  std::vector<std::string> result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string name = isUnique(names, names[i]) ? names[i] : longer[i];
    const auto taken = [&](const std::string& n) { return std::find(result.begin(), result.end(), n) != result.end(); };
    for (int number = 2; taken(name); ++number) name = longer[i] + " (" + std::to_string(number) + ")";
    result.push_back(name);
  }
  return result;
}

}  // namespace gps
