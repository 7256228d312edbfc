// What a person gets for wrong words, and what scripts can count on: exit codes and the error object.
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace gps::test {
namespace {

nlohmann::json errorOf(const std::vector<std::string>& arguments, int exitCode = 2) {
  auto words = arguments;
  words.push_back("--json");
  const auto outcome = expectGps(exitCode, words);
  const auto json = outcome.json();
  EXPECT_TRUE(json.contains("error")) << outcome.out;
  if (!json.contains("error")) return {};
  for (const auto* key : {"code", "subject", "cause", "remedy"}) EXPECT_TRUE(json["error"].contains(key)) << key;
  EXPECT_FALSE(json["error"]["cause"].get<std::string>().empty());
  EXPECT_FALSE(json["error"]["remedy"].get<std::string>().empty()) << outcome.out;
  // The same sentence for people, on stderr.
  EXPECT_NE(outcome.err.find(json["error"]["cause"].get<std::string>()), std::string::npos) << outcome.err;
  return json["error"];
}

std::string text(const nlohmann::json& error, const char* key) { return error.is_object() ? error.value(key, "") : ""; }

TEST(CliUsage, HelpAndVersionEndWithZero) {
  const auto help = expectGps(0, {"--help"});
  for (const auto* command :
       {"models", "inspect", "data", "select", "selection", "compare", "train", "sweep", "evaluate", "predict", "delta", "pack"})
    EXPECT_NE(help.out.find(command), std::string::npos) << command;
  EXPECT_NE(expectGps(0, {"train", "--help"}).out.find("--resume"), std::string::npos);
  EXPECT_NE(expectGps(0, {"delta", "apply", "--help"}).out.find("--weights"), std::string::npos);
  EXPECT_EQ(expectGps(0, {"help", "train"}).out, expectGps(0, {"train", "--help"}).out);
  EXPECT_EQ(expectGps(0, {"--version"}).out.substr(0, 4), "gps ");
}

TEST(CliUsage, NothingSaidIsAnErrorThatListsTheCommands) {
  const auto outcome = expectGps(2, {});
  EXPECT_NE(outcome.err.find("evaluate"), std::string::npos) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
  EXPECT_NE(text(errorOf({"delta"}), "remedy").find("export"), std::string::npos);
}

TEST(CliUsage, UnknownFlagsAndCommandsSuggestTheNearest) {
  EXPECT_NE(text(errorOf({"train", "--epoch", "3"}), "remedy").find("--epochs"), std::string::npos);
  EXPECT_NE(text(errorOf({"select", "--creterion=random"}), "remedy").find("--criterion"), std::string::npos);
  EXPECT_NE(text(errorOf({"evalute"}), "remedy").find("evaluate"), std::string::npos);
  EXPECT_NE(text(errorOf({"delta", "inof"}), "remedy").find("info"), std::string::npos);
  const auto error = errorOf({"models", "--zzzzzzzz"});
  EXPECT_EQ(text(error, "subject"), "--zzzzzzzz");
  EXPECT_NE(text(error, "remedy").find("--help"), std::string::npos);
  EXPECT_EQ(text(errorOf({"models", "extra"}), "subject"), "extra");
}

TEST(CliUsage, MissingArgumentsAreNamed) {
  EXPECT_EQ(text(errorOf({"inspect"}), "subject"), "WEIGHTS");
  EXPECT_EQ(text(errorOf({"data"}), "subject"), "FOLDER");
  EXPECT_EQ(text(errorOf({"select"}), "subject"), "--weights");
  EXPECT_EQ(text(errorOf({"select", "--weights", "w"}), "subject"), "--out");
  EXPECT_EQ(text(errorOf({"train", "--weights", "w"}), "subject"), "--out");
  EXPECT_EQ(text(errorOf({"train", "--resume"}), "subject"), "--out");
  EXPECT_EQ(text(errorOf({"evaluate"}), "subject"), "--weights");
  EXPECT_EQ(text(errorOf({"evaluate", "--weights", "w"}), "subject"), "--data");
  EXPECT_EQ(text(errorOf({"predict"}), "subject"), "--images");
  EXPECT_EQ(text(errorOf({"pack", "x"}), "subject"), "--out");
  EXPECT_EQ(text(errorOf({"delta", "info"}), "subject"), "D");
  EXPECT_EQ(text(errorOf({"delta", "apply", "d"}), "subject"), "--weights");
}

TEST(CliUsage, ValuesOutOfRangeNameFlagValueAndRange) {
  const auto k = errorOf({"select", "--k", "0"});
  EXPECT_EQ(text(k, "subject"), "--k");
  EXPECT_NE(text(k, "cause").find("0"), std::string::npos);
  EXPECT_NE(text(k, "remedy").find("1 or more"), std::string::npos);
  EXPECT_EQ(text(errorOf({"train", "--lr", "-1"}), "subject"), "--lr");
  EXPECT_EQ(text(errorOf({"train", "--lr", "nan"}), "subject"), "--lr");
  EXPECT_EQ(text(errorOf({"train", "--epochs", "0"}), "subject"), "--epochs");
  EXPECT_EQ(text(errorOf({"evaluate", "--batch", "99999999999"}), "subject"), "--batch");
  EXPECT_EQ(text(errorOf({"select", "--exclude-blocks", "3-1"}), "subject"), "--exclude-blocks");
  EXPECT_EQ(text(errorOf({"predict", "--images", "x", "--out", "y", "--point", "1,2,3"}), "subject"), "--point");
  EXPECT_EQ(text(errorOf({"predict", "--images", "x", "--out", "y", "--box", "9,9,1,1"}), "subject"), "--box");
  EXPECT_EQ(text(errorOf({"predict", "--images", "x", "--out", "y", "--point", "1,2", "--exclude", "3,4,5"}), "subject"), "--exclude");
}

TEST(CliUsage, NumbersThatAreNoneAndRepeatedFlagsAreRefused) {
  for (const auto* word : {"abc", "1.5", "7x", ""}) EXPECT_EQ(runGps({"select", "--k", word}).exitCode, 2) << word;
  EXPECT_EQ(runGps({"select", "--k"}).exitCode, 2);
  EXPECT_EQ(runGps({"select", "--k", "1", "--k", "2"}).exitCode, 2);
}

TEST(CliUsage, WordsOfAChoiceAreListed) {
  const auto error = errorOf({"train", "--method", "lora"});
  EXPECT_EQ(text(error, "code"), "bad_argument");
  EXPECT_EQ(text(error, "subject"), "--method");
  EXPECT_NE(text(error, "remedy").find("gps|full|decoder|linear|bias"), std::string::npos) << text(error, "remedy");
  EXPECT_EQ(text(errorOf({"select", "--device", "gpu"}), "subject"), "--device");
  EXPECT_EQ(text(errorOf({"evaluate", "--prompt", "point"}), "subject"), "--prompt");
}

TEST(CliUsage, ModelsListsTheRegistry) {
  const auto json = expectGps(0, {"models", "--json"}).json();
  bool found = false;
  for (const auto& model : json["models"]) {
    for (const auto* key : {"id", "title", "parameters", "input_size", "weights_source"}) EXPECT_TRUE(model.contains(key)) << key;
    if (model["id"] != "lite_medsam") continue;
    found = true;
    EXPECT_EQ(model["parameters"], 9791300);
    EXPECT_EQ(model["input_size"], 256);
  }
  EXPECT_TRUE(found);
  // --json may stand before the command too, and people get a table.
  EXPECT_EQ(expectGps(0, {"--json", "models"}).json(), json);
  EXPECT_NE(expectGps(0, {"models"}).out.find("9,791,300"), std::string::npos);
}

TEST(CliUsage, OutputThatCannotBeWrittenIsAFailure) {
  RunOptions options;
  options.closeStdout = true;
  const auto outcome = expectGps(1, {"models"}, options);
  EXPECT_NE(outcome.err.find("standard output"), std::string::npos) << outcome.err;
}

TEST(CliUsage, PrintConfigRoundTrips) {
  const TemporaryFolder folder;
  const auto first =
      expectGps(0, {"train", "--print-config", "--epochs", "3", "--k", "5", "--lr", "0.001", "--exclude-blocks", "patch_embed,1.0-1.1"});
  EXPECT_NE(first.out.find("epochs = 3"), std::string::npos) << first.out;
  writeText(folder / "run.toml", first.out);
  EXPECT_EQ(expectGps(0, {"train", "--print-config", "--config", folder / "run.toml"}).out, first.out);
  // A flag wins over the file.
  const auto changed = expectGps(0, {"train", "--print-config", "--config", folder / "run.toml", "--epochs", "4"});
  EXPECT_NE(changed.out.find("epochs = 4"), std::string::npos);
  EXPECT_NE(changed.out.find("k = 5"), std::string::npos);
}

TEST(CliUsage, BadConfigurationFilesAreNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(text(errorOf({"train", "--config", folder / "none.toml"}), "code"), "not_found");
  writeText(folder / "odd.toml", "[training]\nepoches = 3\n");
  EXPECT_NE(text(errorOf({"train", "--config", folder / "odd.toml"}), "cause").find("epoches"), std::string::npos);
  writeText(folder / "broken.toml", "[training\n");
  EXPECT_EQ(text(errorOf({"train", "--config", folder / "broken.toml"}), "code"), "bad_file");
}

}  // namespace
}  // namespace gps::test
