#include "app/cli/datareport.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/table.h"

namespace gps::cli {
namespace {

constexpr std::size_t kRowsShown = 20, kSplitsShown = 6;

// train, val, test; then the others by name.
std::vector<std::string> splitNames(const Json& splits) {
  std::vector<std::string> names;
  for (const auto& name : {"train", "val", "test"})
    if (splits.contains(name)) names.emplace_back(name);
  for (const auto& [name, count] : splits.items())
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  return names;
}

void printRest(std::size_t count, const char* what, std::ostream& out) {
  if (count > kRowsShown) out << "  and " << countText(std::int64_t(count - kRowsShown)) << what << "; --json lists all\n";
}

void printCounts(const Json& result, std::ostream& out) {
  out << countText(result["images"].get<std::int64_t>());
  if (result["task"] == "classification")
    out << " pictures, " << countText(std::int64_t(result["classes"].size())) << " classes";
  else
    out << " pictures with masks";
  const auto names = splitNames(result["splits"]);
  if (names.size() > kSplitsShown) out << ", " << names.size() << " splits";
  for (std::size_t i = 0; i < names.size() && names.size() <= kSplitsShown; ++i)
    out << ", " << names[i] << ' ' << countText(result["splits"][names[i]].get<std::int64_t>());
  out << "  (" << result["split_rule"].get<std::string>() << ")\n";
}

void printClasses(const Json& result, std::ostream& out) {
  const auto splits = splitNames(result["splits"]);
  const bool bySplit = splits.size() <= kSplitsShown, hasTitles = !result["class_titles"].empty();
  std::vector<std::string> headers{"  class"};
  if (hasTitles) headers.emplace_back("name");
  const std::size_t words = headers.size();
  if (bySplit)
    headers.insert(headers.end(), splits.begin(), splits.end());
  else
    headers.emplace_back("pictures");
  Table table(headers, std::string(words, 'l') + std::string(headers.size() - words, 'r'));
  const auto& classes = result["class_counts"];
  for (std::size_t i = 0; i < std::min(classes.size(), kRowsShown); ++i) {
    std::vector<std::string> cells{"  " + classes[i]["class"].get<std::string>()};
    if (hasTitles) cells.push_back(classes[i]["title"]);
    std::int64_t total = 0;
    for (const auto& split : splits) {
      const auto here = classes[i]["splits"].value(split, std::int64_t{0});
      total += here;
      if (bySplit) cells.push_back(countText(here));
    }
    if (!bySplit) cells.push_back(countText(total));
    table.add(std::move(cells));
  }
  table.print(out);
  printRest(classes.size(), " more classes", out);
  if (result["class_subset"].get<bool>()) out << "only some of the classes occur, on purpose: scores consider only those\n";
}

void printContamination(const Json& contamination, std::ostream& out) {
  if (contamination.empty()) out << "seen by the base: nothing is known\n";
  for (const auto& entry : contamination)
    out << "seen by the base: " << entry["data_set"].get<std::string>() << ". " << entry["sentence"].get<std::string>() << '\n';
}

void printProblems(const Json& problems, std::ostream& out) {
  out << "problems: " << problems.size() << '\n';
  for (std::size_t i = 0; i < std::min(problems.size(), kRowsShown); ++i) out << "  " << problems[i]["text"].get<std::string>() << '\n';
  printRest(problems.size(), " more", out);
}

void printLeaks(const Json& leaks, std::ostream& out) {
  out << "leaks across splits: " << leaks.size() << '\n';
  if (leaks.empty()) return;
  Table table({"  picture", "split", "picture", "split", "why"}, "lllll");
  for (std::size_t i = 0; i < std::min(leaks.size(), kRowsShown); ++i)
    table.add({"  " + leaks[i]["a"].get<std::string>(), leaks[i]["split_a"], leaks[i]["b"], leaks[i]["split_b"], leaks[i]["kind"]});
  table.print(out);
  printRest(leaks.size(), " more", out);
}

}  // namespace

void printDataReport(const Json& result, std::ostream& out) {
  out << result["folder"].get<std::string>() << "  (" << result["layout"].get<std::string>() << ")\n";
  printCounts(result, out);
  if (result["task"] == "classification") printClasses(result, out);
  if (result.contains("contamination")) printContamination(result["contamination"], out);
  printProblems(result["problems"], out);
  if (result["checked"].get<bool>())
    printLeaks(result["leaks"], out);
  else
    out << "leaks: not looked for\n";
}

}  // namespace gps::cli
