#include "core/io/framesequence.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>

#include "core/values/error.h"

namespace gps {
namespace {

namespace fs = std::filesystem;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isPicture(const fs::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  for (const char* known : {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})
    if (ending == known) return true;
  return false;
}

std::vector<std::string> picturesOf(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.is_regular_file(failed) && isPicture(entry.path())) paths.push_back(entry.path().string());
  if (failed) throw Error(ErrorCode::Io, folder, "the folder cannot be read (" + failed.message() + ")", "Check its permissions");
  std::sort(paths.begin(), paths.end(), isBefore);
  return paths;
}

// Where a name has %d, %5d or %05d.
struct NumberPlace {
  std::size_t begin = 0, end = 0;
  std::size_t width = 0;  // 0: none is asked for
  bool isPadded = false;  // with zeros, to that width
};

std::optional<NumberPlace> placeOfNumber(const std::string& name) {
  for (std::size_t begin = name.find('%'); begin != std::string::npos; begin = name.find('%', begin + 1)) {
    std::size_t end = begin + 1;
    NumberPlace place;
    const bool hasZero = end < name.size() && name[end] == '0';
    if (hasZero) ++end;
    for (; end < name.size() && isDigit(name[end]); ++end)
      place.width = std::min<std::size_t>(20, place.width * 10 + std::size_t(name[end] - '0'));
    if (end >= name.size() || name[end] != 'd') continue;
    place.begin = begin;
    place.end = end + 1;
    place.isPadded = hasZero && place.width > 0;
    return place;
  }
  return std::nullopt;
}

std::vector<std::string> picturesOfPattern(const fs::path& pattern) {
  const std::string name = pattern.filename().string();
  const NumberPlace place = placeOfNumber(name).value_or(NumberPlace());
  const std::string before = name.substr(0, place.begin), after = name.substr(place.end);
  std::map<long, std::string> numbered;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(pattern.parent_path(), failed)) {
    const std::string file = entry.path().filename().string();
    if (file.size() <= before.size() + after.size() || !file.starts_with(before) || !file.ends_with(after)) continue;
    const std::string digits = file.substr(before.size(), file.size() - before.size() - after.size());
    const bool isNumber = std::all_of(digits.begin(), digits.end(), isDigit) && digits.size() < 10;
    const bool isSpelt = place.isPadded ? digits.size() == place.width || (digits.size() > place.width && digits[0] != '0')
                                        : digits == "0" || digits[0] != '0';
    if (isNumber && isSpelt) numbered[std::stol(digits)] = entry.path().string();
  }
  std::vector<std::string> paths;
  for (const auto& [number, path] : numbered) {
    if (!paths.empty() && !numbered.contains(number - 1)) break;
    paths.push_back(path);
  }
  return paths;
}

}  // namespace

bool isBefore(std::string_view a, std::string_view b) {
  const std::string_view wholeA = a, wholeB = b;
  while (!a.empty() && !b.empty()) {
    if (isDigit(a[0]) && isDigit(b[0])) {
      const auto number = [](std::string_view& text) {
        std::size_t zeros = 0, length = 0;
        while (zeros < text.size() && text[zeros] == '0') ++zeros;
        while (zeros + length < text.size() && isDigit(text[zeros + length])) ++length;
        const std::string_view digits = text.substr(zeros, length);
        text.remove_prefix(zeros + length);
        return digits;
      };
      const std::string_view x = number(a), y = number(b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    if (a[0] != b[0]) return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]);
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty();
  return wholeA < wholeB;
}

bool isFramePattern(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  std::error_code failed;
  return placeOfNumber(name) && !fs::exists(path, failed);
}

FrameSequence::FrameSequence(const std::string& path, std::shared_ptr<FrameIndex> index) {
  m_info.path = fs::absolute(path).lexically_normal().string();
  m_info.isSequence = true;
  m_paths = isFramePattern(m_info.path) ? picturesOfPattern(m_info.path) : picturesOf(m_info.path);
  if (m_paths.empty())
    throw Error(ErrorCode::NotFound, m_info.path, "there is no picture in it",
                "Name a folder of frames, or a pattern such as frame_%04d.png");
  if (m_paths.size() > std::size_t(std::numeric_limits<int>::max()))
    throw Error(ErrorCode::BadFile, m_info.path, "holds too many pictures", "Split the folder");
  m_info.announcedFrames = int(m_paths.size());
  for (const std::string& file : m_paths) {  // of the first that can be read
    try {
      const auto size = m_files.sizeOf(file);
      m_info.width = size.width;
      m_info.height = size.height;
      break;
    } catch (const Error&) {
    }
  }
  if (m_info.width == 0)
    throw Error(ErrorCode::BadFile, m_info.path, "none of its pictures can be read", "Accepted are JPEG, PNG, BMP, TIFF and WebP");
  m_index = index ? std::move(index) : std::make_shared<FrameIndex>();
  for (int i = 0; i < int(m_paths.size()); ++i) m_index->add(i, {double(i), 0});
  m_index->end();
}

VideoFrame FrameSequence::next(bool isWanted) {
  VideoFrame frame;
  if (m_next >= int(m_paths.size())) return frame;
  frame.number = m_next;
  frame.seconds = secondsOf(m_next);
  try {
    if (isWanted) frame.image = m_files.loadImage(m_paths[std::size_t(m_next)]);
  } catch (const Error& error) {
    frame.problem = error.cause();
  }
  ++m_next;
  return frame;
}

RgbImage FrameSequence::frame(int number) {
  if (number < 0 || number >= int(m_paths.size()))
    throw Error(ErrorCode::NotFound, m_info.path, "there is no frame " + std::to_string(number),
                "It has the frames 0 to " + std::to_string(m_paths.size() - 1));
  return m_files.loadImage(m_paths[std::size_t(number)]);
}

}  // namespace gps
