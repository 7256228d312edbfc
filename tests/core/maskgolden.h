#pragma once
// tests/core/files/mask_figures.json, for tests without torch.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace gps::test {

inline nlohmann::json maskGolden() {
  const char* root = std::getenv("GPS_SOURCE_DIR");
  std::ifstream file(std::filesystem::path(root == nullptr ? "." : root) / "tests/core/files/mask_figures.json");
  return nlohmann::json::parse(file);  // throws without the file
}

}  // namespace gps::test
