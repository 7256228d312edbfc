#include "app/cli/passreport.h"

#include <filesystem>

#include "app/cli/table.h"

namespace gps::cli {
namespace {

Json shareOrNull(double share) { return share < 0 ? Json(nullptr) : Json(share); }
std::string shareText(const Json& share) { return share.is_null() ? "-" : fixedText(share, 4); }

std::string waysOn(const Json& result) {
  return result["resumable"].get<bool>()
             ? "Go on with the same command and --resume; what it has is in " + result["partial"].get<std::string>()
             : "No batch was complete, so there is nothing to go on with";
}

}  // namespace

Json passJson(const GradientField& field) {
  Json json;
  json["kind"] = wordOf(field.kind);
  json["images"] = field.images;
  json["batches"] = field.batches;
  json["mean_loss"] = field.meanLoss;
  json["seconds"] = field.seconds;
  json["precision"] = wordOf(field.precision);
  json["stopped_early"] = field.stoppedEarly;
  json["snapshots"] = Json::array();
  for (const auto& s : field.snapshots)
    json["snapshots"].push_back(
        {{"batches", s.batches}, {"images", s.images}, {"with_half", shareOrNull(s.withHalf)}, {"with_final", shareOrNull(s.withFinal)}});
  return json;
}

void printPass(const Json& pass, std::ostream& out) {
  if (pass.empty() || pass["snapshots"].empty()) return;
  Table table({"batches", "pictures", "like half as many", "like the end"}, "rrrr");
  for (const auto& s : pass["snapshots"])
    table.add({countText(s["batches"]), countText(s["images"]), shareText(s["with_half"]), shareText(s["with_final"])});
  out << "Jaccard of the selection after so many batches\n";
  table.print(out);
  if (pass["stopped_early"].get<bool>()) out << "The pass ended early: the choice had settled.\n";
  out << '\n';
}

CommandResult stoppedPass(const std::string& partial, CommandContext& context) {
  const bool isKept = std::filesystem::exists(partial);
  CommandResult result;
  result.cancelled = true;
  result.json = {{"cancelled", true}, {"resumable", isKept}, {"partial", isKept ? Json(partial) : Json(nullptr)}};
  context.log(LogLevel::Info, "Stopped. " + waysOn(result.json));
  return result;
}

void printStoppedPass(const Json& result, std::ostream& out) { out << "Stopped. " << waysOn(result) << ".\n"; }

}  // namespace gps::cli
