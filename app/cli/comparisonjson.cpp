#include "app/cli/comparisonjson.h"

#include <algorithm>
#include <cmath>

#include "app/cli/jsonoutput.h"
#include "app/cli/table.h"
#include "core/tuning/textfile.h"
#include "core/values/csvtext.h"

namespace gps::cli {
namespace {

Json blockJson(const ComparedBlock& row) {
  Json json;
  if (!row.block.empty()) json["block"] = row.block;
  if (!row.kind.empty()) json["kind"] = row.kind;
  json["available"] = row.available;
  json["selected"] = row.selected;
  json["shared_by_task"] = row.sharedBySelection;
  json["shared"] = row.shared;
  json["specific"] = row.specific;
  json["intersection"] = row.inAll;
  json["shared_share"] = row.inAnother.share;
  json["shared_chance"] = row.inAnother.chance;
  json["intersection_share"] = row.inAllOf.share;
  json["intersection_chance"] = row.inAllOf.chance;
  json["jaccard"] = row.jaccardMean;
  json["chance"] = row.jaccardChanceMean;
  return json;
}

Json groupsJson(const std::vector<ComparedBlock>& rows) {
  Json json = Json::array();
  for (const auto& row : rows) json.push_back(blockJson(row));
  return json;
}

Json countsJson(const ScoreCounts& counts) {
  Json json;
  json["bins"] = counts.bins;
  json["below"] = counts.below;
  json["above"] = counts.above;
  json["zeros"] = counts.zeros;
  json["infinite"] = counts.infinite;
  json["nan"] = counts.nans;
  return json;
}

double numberOf(const Json& json) { return json.is_number() ? json.get<double>() : std::nan(""); }
// Shares by chance are small: three digits of them, whatever their size.
std::string shareText(const Json& json) {
  const double share = numberOf(json);
  return percentText(share, std::abs(share) < 0.0095 ? 3 : std::abs(share) < 0.0995 ? 2 : 1);
}

void printPairs(const Json& json, std::ostream& out) {
  Table table({"a", "b", "common", "Jaccard", "by chance", "of a", "of b"}, "llrrrrr");
  for (const auto& pair : json["pairs"])
    table.add({pair["a"], pair["b"], countText(pair["intersection"]), fixedText(numberOf(pair["jaccard"]), 4),
               fixedText(numberOf(pair["chance"]), 4), shareText(pair["overlap_a"]), shareText(pair["overlap_b"])});
  table.print(out);
}

void printGroups(const Json& groups, std::ostream& out) {
  const bool blocks = groups.empty() || groups[0].contains("block"), kinds = groups.empty() || groups[0].contains("kind");
  std::vector<std::string> headers{"shared", "by chance", "Jaccard", "by chance", "shared positions", "specific"};
  if (kinds) headers.insert(headers.begin(), "kind");
  if (blocks) headers.insert(headers.begin(), "block");
  Table table(headers, (blocks && kinds ? "ll" : "l") + std::string("rrrrrr"));
  for (const auto& row : groups) {
    std::vector<std::string> cells;
    if (blocks) cells.push_back(row["block"]);
    if (kinds) cells.push_back(row["kind"]);
    for (const auto& cell : {shareText(row["shared_share"]), shareText(row["shared_chance"]), fixedText(numberOf(row["jaccard"]), 4),
                             fixedText(numberOf(row["chance"]), 4), countText(row["shared"]), countText(row["specific"])})
      cells.push_back(cell);
    table.add(cells);
  }
  table.print(out);
}

void printCombinations(const Json& json, std::ostream& out) {
  constexpr std::size_t kTold = 12;
  const auto& combinations = json["combinations"];
  Table table({"chosen by exactly", "positions", "of the union"}, "lrr");
  for (std::size_t i = 0; i < std::min(kTold, combinations.size()); ++i) {
    std::string names;
    for (const auto& name : combinations[i]["tasks"]) names += (names.empty() ? "" : ", ") + name.get<std::string>();
    table.add(
        {names, countText(combinations[i]["count"]), percentText(combinations[i]["count"].get<double>() / json["union"].get<double>(), 1)});
  }
  table.print(out);
  if (combinations.size() > kTold) out << "and " << combinations.size() - kTold << " more combinations\n";
}

}  // namespace

Json toJson(const SelectionComparison& comparison) {
  Json json;
  json["shared_share"] = comparison.inAnother.share;
  json["specific_share"] = 1 - comparison.inAnother.share;
  json["shared_chance"] = comparison.inAnother.chance;
  json["intersection_share"] = comparison.inAllOf.share;
  json["intersection_chance"] = comparison.inAllOf.chance;
  json["chance_per"] = comparison.isRowWise ? "row" : "tensor";
  json["union"] = comparison.inAny;
  json["intersection"] = comparison.inAll;
  json["tasks"] = Json::array();
  for (const auto& one : comparison.selections)
    json["tasks"].push_back({{"name", one.name},
                             {"selected", one.selected},
                             {"shared", one.shared},
                             {"specific", one.specific},
                             {"shared_share", one.inAnother.share},
                             {"specific_share", 1 - one.inAnother.share},
                             {"shared_chance", one.inAnother.chance},
                             {"intersection_share", one.inAll.share},
                             {"intersection_chance", one.inAll.chance}});
  json["pairs"] = Json::array();
  for (const auto& pair : comparison.pairs)
    json["pairs"].push_back({{"a", comparison.selections[std::size_t(pair.a)].name},
                             {"b", comparison.selections[std::size_t(pair.b)].name},
                             {"intersection", pair.both},
                             {"union", pair.either},
                             {"jaccard", pair.jaccard},
                             {"chance", pair.jaccardChance},
                             {"overlap_a", pair.overlapA},
                             {"chance_overlap_a", pair.overlapAChance},
                             {"overlap_b", pair.overlapB},
                             {"chance_overlap_b", pair.overlapBChance}});
  json["chosen_times"] = Json::array();
  for (std::size_t m = 0; m < comparison.chosenTimes.size(); ++m)
    json["chosen_times"].push_back({{"times", m + 1}, {"count", comparison.chosenTimes[m]}, {"chance", comparison.chosenTimesChance[m]}});
  json["combinations"] = Json::array();
  for (const auto& combination : comparison.combinations) {
    Json names = Json::array();
    combination.members.forEach([&](std::size_t i) { names.push_back(comparison.selections[i].name); });
    json["combinations"].push_back({{"tasks", std::move(names)}, {"count", combination.count}});
  }
  json["per_block"] = groupsJson(comparison.perBlock);
  json["blocks"] = groupsJson(comparison.blocks);
  json["kinds"] = groupsJson(comparison.kinds);
  return json;
}

Json toJson(const SelectionStructure& structure) {
  Json json;
  json["selected"] = structure.selected;
  json["rows"] = structure.rows;
  json["rows_without"] = structure.rowsWithout;
  json["union_columns"] = structure.unionColumns;
  json["columns"] = structure.cols;
  json["union_share"] = structure.unionShare();
  json["per_block"] = blocksJson(structure.perBlock);
  json["layers"] = Json::array();
  for (const auto& layer : structure.layers) {
    Json row{{"tensor", layer.tensor},
             {"block", layer.block},
             {"kind", layer.kind},
             {"rows", layer.rows},
             {"cols", layer.cols},
             {"selected", layer.selected},
             {"union_columns", layer.unionColumns},
             {"union_share", layer.unionShare()},
             {"rows_without", layer.rowsWithout},
             {"per_row", {{"min", layer.fewestPerRow}, {"median", layer.medianPerRow}, {"max", layer.mostPerRow}}},
             {"top_column_share", layer.topColumnShare()},
             {"top_columns", Json::array()}};
    for (const auto& top : layer.topColumns) row["top_columns"].push_back({{"column", top.column}, {"rows", top.rows}});
    json["layers"].push_back(std::move(row));
  }
  return json;
}

Json toJson(const ScoreHistogram& histogram) {
  Json json;
  json["block"] = histogram.block.empty() ? Json(nullptr) : Json(histogram.block);
  json["all"] = countsJson(histogram.all);
  json["chosen"] = countsJson(histogram.chosen);
  return json;
}

void printComparison(const Json& json, std::ostream& out) {
  printGroups(json["per_block"], out);
  out << '\n';
  printGroups(json["kinds"], out);
  out << '\n';
  printPairs(json, out);
  out << '\n';
  printCombinations(json, out);
  out << '\n';
  Table times({"chosen by", "positions", "of the union", "expected by chance"}, "lrrr");
  for (const auto& row : json["chosen_times"])
    times.add({row["times"].dump() + " of " + std::to_string(json["tasks"].size()), countText(row["count"]),
               percentText(row["count"].get<double>() / json["union"].get<double>(), 1), countText(std::llround(numberOf(row["chance"])))});
  times.print(out);
  out << '\n';
  Table tasks({"task", "selected", "shared", "by chance", "in all", "by chance"}, "lrrrrr");
  for (const auto& task : json["tasks"])
    tasks.add({task["name"], countText(task["selected"]), shareText(task["shared_share"]), shareText(task["shared_chance"]),
               shareText(task["intersection_share"]), shareText(task["intersection_chance"])});
  tasks.print(out);
  out << '\n'
      << shareText(json["shared_share"]) << " of a task's weights are chosen by another one too (by chance "
      << shareText(json["shared_chance"]) << "), " << shareText(json["specific_share"]) << " are its own; mean over "
      << json["tasks"].size() << " tasks, chance per " << json["chance_per"].get<std::string>() << '\n';
}

void printStructure(const Json& json, std::ostream& out) {
  Table table({"tensor", "selected", "share", "columns in use", "share", "rows without", "per row", "top column", "picked by"},
              "lrrrrrrrr");
  for (const auto& layer : json["layers"]) {
    const bool any = !layer["top_columns"].empty();
    const auto& perRow = layer["per_row"];
    table.add({layer["tensor"], countText(layer["selected"]),
               shareText(layer["selected"].get<double>() / (layer["rows"].get<double>() * layer["cols"].get<double>())),
               countText(layer["union_columns"]) + " of " + countText(layer["cols"]), percentText(layer["union_share"], 1),
               countText(layer["rows_without"]),
               perRow["min"].dump() + " / " + fixedText(perRow["median"], 1) + " / " + perRow["max"].dump(),
               any ? layer["top_columns"][0]["column"].dump() : "-", any ? percentText(layer["top_column_share"], 1) + " of rows" : "-"});
  }
  table.print(out);
}

void writeComparisonTable(const std::string& path, const Json& json) {
  std::string text =
      "part,a,b,block,kind,selected_a,selected_b,intersection,union,jaccard,jaccard_chance,overlap_a,overlap_a_chance,"
      "overlap_b,overlap_b_chance,shared,specific,shared_share,shared_chance\n";
  const auto line = [&](const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) text += (i == 0 ? "" : ",") + csvField(fields[i]);
    text += '\n';
  };
  const auto number = [](const Json& value) { return value.is_number_integer() ? value.dump() : csvNumber(numberOf(value)); };
  const auto selectedOf = [&](const Json& name) {
    for (const auto& task : json["tasks"])
      if (task["name"] == name) return task["selected"].dump();
    return std::string();
  };
  for (const auto& pair : json["pairs"])
    line({"pair", pair["a"], pair["b"], "", "", selectedOf(pair["a"]), selectedOf(pair["b"]), number(pair["intersection"]),
          number(pair["union"]), number(pair["jaccard"]), number(pair["chance"]), number(pair["overlap_a"]),
          number(pair["chance_overlap_a"]), number(pair["overlap_b"]), number(pair["chance_overlap_b"]), "", "", "", ""});
  for (const auto& row : json["per_block"])
    line({"block", "", "", row["block"], row["kind"], "", "", number(row["intersection"]),
          std::to_string(row["shared"].get<std::int64_t>() + row["specific"].get<std::int64_t>()), number(row["jaccard"]),
          number(row["chance"]), "", "", "", "", number(row["shared"]), number(row["specific"]), number(row["shared_share"]),
          number(row["shared_chance"])});
  writeTextAtomically(path, text);
}

}  // namespace gps::cli
