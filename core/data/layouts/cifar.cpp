#include "core/data/layouts/cifar.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "core/checkpoints/readers/mappedfile.h"
#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/textlines.h"
#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFetchAgain = "Unpack the binary version (for C programs) of the data set again";
constexpr int kSide = 32;
constexpr std::size_t kPlane = std::size_t{kSide} * kSide, kPixels = 3 * kPlane;

struct Edition {
  std::vector<std::string> train, test;
  std::string names;       // the file of the class names
  std::size_t labelBytes;  // the last of them counts
  std::size_t classes;
  std::string subfolder, pythonFolder, pythonFile;
};

const std::vector<Edition>& editions() {
  static const std::vector<Edition> kEditions{
      {{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"},
       {"test_batch.bin"},
       "batches.meta.txt",
       1,
       10,
       "cifar-10-batches-bin",
       "cifar-10-batches-py",
       "data_batch_1"},
      {{"train.bin"}, {"test.bin"}, "fine_label_names.txt", 2, 100, "cifar-100-binary", "cifar-100-python", "fine_label_names"}};
  return kEditions;
}

std::size_t labelBytesOf(const std::string& file) {
  for (const auto& edition : editions())
    if (std::find(edition.train.begin(), edition.train.end(), file) != edition.train.end() || edition.test.front() == file)
      return edition.labelBytes;
  return 0;
}

bool isFile(const std::string& path) {
  std::error_code failed;
  return fs::is_regular_file(path, failed);
}

// Any of the edition's own files; the names alone are no data set.
bool isEdition(const Edition& edition, const std::string& folder) {
  const auto isThere = [&](const std::string& name) { return isFile(folder + "/" + name); };
  return std::any_of(edition.train.begin(), edition.train.end(), isThere) || isThere(edition.test.front());
}

std::vector<std::string> readNames(const Edition& edition, const std::string& path) {
  std::vector<std::string> names;
  for (auto& line : textLines(path))
    if (!line.empty()) names.push_back(std::move(line));
  if (names.size() == edition.classes) return names;
  throw Error(ErrorCode::BadFile, path,
              "it names " + std::to_string(names.size()) + " classes instead of " + std::to_string(edition.classes), kFetchAgain);
}

std::string idOf(const std::string& split, std::size_t index) {
  std::string digits = std::to_string(index);
  return split + "/" + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

void addRecords(DataSummary& summary, const Edition& edition, const std::string& path, const std::string& split, std::size_t& count) {
  std::error_code failed;
  const std::size_t record = edition.labelBytes + kPixels, size = fs::file_size(path, failed);
  if (failed || size == 0 || size % record != 0) {
    throw Error(ErrorCode::BadFile, path,
                "its size of " + std::to_string(failed ? 0 : size) + " bytes is no multiple of a record's " + std::to_string(record),
                kFetchAgain);
  }
  const MappedFile file(path);
  const auto bytes = file.bytes();
  for (std::size_t i = 0; i < size / record; ++i) {
    const auto label = std::to_integer<std::size_t>(bytes[i * record + edition.labelBytes - 1]);
    if (label >= edition.classes) {
      throw Error(ErrorCode::BadFile, path,
                  "picture " + std::to_string(i) + " has the label " + std::to_string(label) + ", but there are only " +
                      std::to_string(edition.classes) + " classes",
                  kFetchAgain);
    }
    summary.items.push_back({idOf(split, count++), split, path + "#" + std::to_string(i), "", summary.classes[label]});
  }
}

void readEdition(DataSummary& summary, const Edition& edition, const std::string& folder) {
  auto files = edition.train;
  files.insert(files.end(), edition.test.begin(), edition.test.end());
  files.push_back(edition.names);
  for (const auto& name : files) {
    if (!isFile(folder + "/" + name)) throw Error(ErrorCode::BadFile, folder + "/" + name, "this file of CIFAR is missing", kFetchAgain);
    summary.listFiles.push_back(folder + "/" + name);
  }
  summary.layout = kCifarLayout;
  summary.splitRule = edition.train.size() > 1 ? "data_batch_*.bin, test_batch.bin" : "train.bin, test.bin";
  summary.classes = readNames(edition, folder + "/" + edition.names);
  std::size_t count = 0;
  for (const auto& name : edition.train) addRecords(summary, edition, folder + "/" + name, "train", count);
  count = 0;
  addRecords(summary, edition, folder + "/" + edition.test.front(), "test", count);
}

}  // namespace

bool isCifar(const DataSummary& summary) { return summary.layout == kCifarLayout; }

bool openCifar(DataSummary& summary) {
  for (const auto& edition : editions()) {
    for (const auto& folder : {summary.folder, summary.folder + "/" + edition.subfolder}) {
      if (!isEdition(edition, folder)) continue;
      readEdition(summary, edition, folder);
      return true;
    }
    for (const auto& folder : {summary.folder, summary.folder + "/" + edition.pythonFolder}) {
      if (!isFile(folder + "/" + edition.pythonFile) && !(isFile(folder + "/meta") && isFile(folder + "/train"))) continue;
      throw Error(ErrorCode::BadFile, folder, "this is the version of CIFAR for Python, pickled objects that are not read",
                  "Take the binary version (" + edition.subfolder + ") instead");
    }
  }
  return false;
}

struct CifarImageSource::State {
  std::map<std::string, MappedFile> files;

  // The pixels of one picture: red, green, blue plane.
  std::span<const std::byte> pixels(const std::string& path) const {
    const auto hash = path.rfind('#');
    const auto file = hash == std::string::npos ? files.end() : files.find(path.substr(0, hash));
    std::size_t index = 0;
    const char* end = path.data() + path.size();
    const auto number = file != files.end() ? std::from_chars(path.data() + hash + 1, end, index) : std::from_chars_result{};
    const bool isNumber = file != files.end() && number.ec == std::errc{} && number.ptr == end;
    if (!isNumber) throw Error(ErrorCode::NotFound, path, "this is no picture of the data set");
    const std::size_t labelBytes = labelBytesOf(fileNameOf(file->first)), record = labelBytes + kPixels;
    const auto bytes = file->second.bytes();
    if (index >= bytes.size() / record)
      throw Error(ErrorCode::NotFound, path, "the file has only " + std::to_string(bytes.size() / record) + " pictures");
    return bytes.subspan(index * record + labelBytes, kPixels);
  }
};

CifarImageSource::CifarImageSource(const DataSummary& summary) : m_state(std::make_unique<State>()) {
  for (const auto& path : summary.listFiles)
    if (path.ends_with(".bin")) m_state->files.emplace(path, MappedFile(path));
}

CifarImageSource::~CifarImageSource() = default;

RgbImage CifarImageSource::loadImage(const std::string& path) const {
  const auto planes = m_state->pixels(path);
  RgbImage image{kSide, kSide, std::vector<std::uint8_t>(kPixels)};
  for (std::size_t i = 0; i < kPlane; ++i)
    for (std::size_t c = 0; c < 3; ++c) image.pixels[3 * i + c] = std::to_integer<std::uint8_t>(planes[c * kPlane + i]);
  return image;
}

MaskImage CifarImageSource::loadMask(const std::string& path) const {
  throw Error(ErrorCode::NotFound, path, "CIFAR has no masks", "Choose a data set for segmentation");
}

ImageSource::Size CifarImageSource::sizeOf(const std::string& path) const {
  m_state->pixels(path);
  return {kSide, kSide};
}

}  // namespace gps
