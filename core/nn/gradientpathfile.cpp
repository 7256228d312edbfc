#include "core/nn/gradientpathfile.h"

#include <fcntl.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/kernels/sampledproduct.h"

namespace gps {

namespace fs = std::filesystem;

namespace {

// An absolute path, or empty.
std::string folderIn(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && value[0] == '/' ? value : "";
}

std::string cacheFolder() {
  if (const char* const own = std::getenv("GPS_GRADIENT_PATHS"); own != nullptr && own[0] != '\0')
    return std::string(own) == "off" ? "" : own;
  if (const auto cache = folderIn("XDG_CACHE_HOME"); !cache.empty()) return cache + "/gps-workbench";
  const auto home = folderIn("HOME");
  return home.empty() ? "" : home + "/.cache/gps-workbench";
}

std::string asFileName(std::string text) {
  for (char& c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '-';
  return text;
}

}  // namespace

PathsByShape GradientPathFile::read() const {
  std::ifstream in(m_path, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  return pathsIn(text.str());
}

GradientPath GradientPathFile::settle(const std::string& shape, GradientPath path) const {
  std::error_code ignored;
  fs::create_directories(fs::path(m_path).parent_path(), ignored);
  const int file = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return path;
  // It begins on a line of its own, also behind one that was cut short.
  std::string line(1, '\n');
  line.append(textOf({{shape, path}}));
  const auto written = ::write(file, line.data(), line.size());
  ::close(file);
  if (written != ssize_t(line.size())) return path;
  const auto all = read();
  const auto first = all.find(shape);
  return first != all.end() ? first->second : path;
}

std::string gradientPathFileName(const std::string& card, int driver, int runtime) {
  const auto folder = cacheFolder();
  if (folder.empty()) return {};
  return folder + "/gradient-paths-" + asFileName(card) + "-driver" + std::to_string(driver) + "-cuda" + std::to_string(runtime) + "-r" +
         std::to_string(kernels::kGradientKernelsRevision) + ".txt";
}

}  // namespace gps
