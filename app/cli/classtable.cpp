#include "app/cli/classtable.h"

#include <algorithm>
#include <fstream>
#include <numeric>

#include "app/cli/table.h"
#include "core/values/error.h"

namespace gps::cli {
namespace {

constexpr std::size_t kClassesTold = 5;

std::string quoted(std::string text) {
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
  return '"' + text + '"';
}

std::string csvOf(const Json& images) {
  std::string csv = "picture,rank,class,probability\n";
  for (const auto& image : images) {
    int rank = 0;
    for (const auto& c : image["classes"])
      csv += quoted(image["id"]) + "," + std::to_string(++rank) + "," + quoted(c["class"]) + "," + fixedText(c["probability"], 6) + "\n";
  }
  return csv;
}

}  // namespace

Json likeliest(const std::string& id, const std::vector<double>& probabilities, const std::vector<std::string>& names) {
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
  Json json{{"id", id}, {"classes", Json::array()}};
  for (std::size_t i = 0; i < std::min(kClassesTold, order.size()); ++i) {
    const std::string name = names.empty() ? std::to_string(order[i]) : names[order[i]];
    json["classes"].push_back({{"class", name}, {"index", order[i]}, {"probability", probabilities[order[i]]}});
  }
  return json;
}

void writeClassTable(const std::string& path, const Json& images) {
  std::ofstream file(path, std::ios::binary);
  file << csvOf(images);
  file.close();
  if (!file) throw Error(ErrorCode::Io, path, "could not be written", "Check the free space and the permissions of the folder");
}

}  // namespace gps::cli
