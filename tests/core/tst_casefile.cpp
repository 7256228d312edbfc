#include <gtest/gtest.h>

#include <fstream>

#include "core/evaluation/figures/audit.h"
#include "core/evaluation/figures/casefile.h"
#include "core/evaluation/figures/scoretables.h"
#include "core/values/error.h"
#include "tests/support/temporaryfolder.h"

using namespace gps;

namespace {

CaseFile sample() {
  CaseFile file{{{"model", "lite_medsam"}, {"split", "val"}}, 0.5, {}};
  file.cases.push_back({"a", {10, 2, 3, 100}, BoundaryScore{12, 11, 9, 8, 2.5, 3.25}, BoundaryScore{12, 40, 1, 2, 2.5, 30}});
  file.cases.push_back({"missed, \"b\"", {0, 0, 5, 100}, BoundaryScore{4, 0, 0, 0, 2.5}, {}});
  file.cases.push_back({"old", {1, 1, 1, 1}});
  return file;
}

}  // namespace

TEST(CaseFile, ComesBackAsItWas) {
  const auto file = parseCaseFile(caseFileText(sample()), "cases.json");
  EXPECT_EQ(file.basis, sample().basis);
  ASSERT_EQ(file.cases.size(), 3u);
  EXPECT_EQ(file.cases[0].counts, sample().cases[0].counts);
  EXPECT_EQ(file.cases[0].boundary->hd95(), 3.25);
  EXPECT_EQ(file.cases[0].boundary->f(), sample().cases[0].boundary->f());
  EXPECT_EQ(file.cases[0].allOn->predictedPixels, 40);
  EXPECT_TRUE(std::isnan(file.cases[1].boundary->hd95()));
  EXPECT_FALSE(file.cases[2].boundary);  // not measured is not zero
  EXPECT_EQ(caseFileText(file), caseFileText(sample()));
}

TEST(CaseFile, KeepsTheCountsOfEveryThreshold) {
  ProbabilityMap map{16, 12, {}};
  MaskImage truth{16, 12, {}};
  for (int i = 0; i < 16 * 12; ++i) map.values.push_back(float(i % 101) / 100), truth.pixels.push_back(i % 3 == 0 ? 255 : 0);
  auto file = sample();
  file.curves.emplace("a", ThresholdCounts::of(map, truth));
  const auto back = parseCaseFile(caseFileText(file), "cases.json");
  ASSERT_EQ(back.curves.size(), 1u);
  for (int step = 0; step <= 100; ++step) EXPECT_EQ(back.curves.at("a").at(step / 100.0), file.curves.at("a").at(step / 100.0));
  // Counts that no picture has are refused, as any other damage.
  auto text = caseFileText(file);
  const auto at = text.find("\"truth\": 64");
  ASSERT_NE(at, std::string::npos) << text;
  text.replace(at, 11, "\"truth\": 1");
  EXPECT_THROW(parseCaseFile(text, "x"), Error);
}

TEST(CaseFile, OtherFilesAreRefused) {
  EXPECT_THROW(parseCaseFile("{", "x"), Error);
  EXPECT_THROW(parseCaseFile("{}", "x"), Error);
  auto text = caseFileText(sample());
  text.replace(text.find("gps-cases/1"), 11, "gps-cases/9");
  EXPECT_THROW(parseCaseFile(text, "x"), Error);
}

TEST(CaseFile, OnlyTheSameQuestionIsAnswered) {
  test::TemporaryFolder folder;
  const auto path = folder / "cases.json";
  EXPECT_FALSE(storedCases(path, sample().basis));
  std::ofstream(path) << caseFileText(sample());
  EXPECT_TRUE(storedCases(path, sample().basis));
  auto other = sample().basis;
  other["split"] = "test";
  EXPECT_FALSE(storedCases(path, other));
  std::ofstream(path) << "{damaged";
  EXPECT_FALSE(storedCases(path, sample().basis));
}

TEST(ScoreTables, CsvHoldsDefinitionsAndLeavesTheUnmeasuredEmpty) {
  const auto csv = caseTableCsv(sample().cases);
  EXPECT_EQ(csv.rfind("# foreground: probability > 0.5", 0), 0u);
  for (const auto& info : allMetrics()) EXPECT_NE(csv.find("# " + std::string(info.key) + ": " + info.formula), std::string::npos);
  EXPECT_NE(csv.find("\nid,dice,iou,precision,recall,boundary_f,hd95,area_share,area_px,truth_area_px,tp,fp,fn,tn,"), std::string::npos);
  EXPECT_NE(csv.find("\"missed, \"\"b\"\"\",0,0,0,0,0,,0,0,5,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\nold,0.5,0.3333333333333333,0.5,0.5,,,0.5,2,2,1,1,1,1,\n"), std::string::npos) << csv;
}

TEST(ScoreTables, AuditCsvKeepsDefinitionsApart) {
  const auto csv = auditCsv("k1@3", auditScores(sample().cases));
  EXPECT_NE(csv.find("\nk1@3,mean over images,dice,"), std::string::npos);
  EXPECT_NE(csv.find("\nk1@3,upstream script,iou,"), std::string::npos);
  EXPECT_EQ(csv.find("upstream script,precision"), std::string::npos);
  EXPECT_NE(csv.find("\nall on,upstream script,dice,1,1,1,3\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find("BCa"), std::string::npos);
}
