// Which selections may be set side by side, and what they are called.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/deltapath.h"
#include "core/checkpoints/selectionset.h"
#include "tests/core/selectionmaps.h"
#include "tests/support/expecterror.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

class SelectionSet : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::vector<ParameterEntry>& entries, const std::string& baseHash,
                    const SelectionSpec& spec = {}) {
    Selection selection;
    selection.offsets = {0, 3};
    selection.spec = spec;
    selection.pictures = {7, 9};
    selection.spec.baseHash = baseHash;
    const auto path = m_folder / name;
    writeSelection(path, ParameterMap(entries), selection);
    return path;
  }
  std::string refusal(const std::string& a, const std::string& b) {
    const auto text = errorOf(ErrorCode::Mismatch, [&] { readComparable({a, b}); });
    EXPECT_NE(text.find(a), std::string::npos) << text;
    EXPECT_NE(text.find(b), std::string::npos) << text;
    return text;
  }

  TemporaryFolder m_folder;
  std::vector<ParameterEntry> m_entries{weight("0.qkv", 4, 5, "0", "qkv"), weight("1.qkv", 4, 5, "1", "qkv")};
};

TEST_F(SelectionSet, OtherDataBudgetAndLevelAreFine) {
  SelectionSpec other;
  other.level = Level::Net;
  other.keptPerRow = 9;
  other.dataHash = "elsewhere";
  const auto files = readComparable({write("a", m_entries, "one"), write("b", m_entries, "one", other)});
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[1].selection.spec.level, Level::Net);
  EXPECT_EQ(files[1].map, files[0].map);
}

TEST_F(SelectionSet, OtherWeightsAreRefusedWithBothHashes) {
  const auto text = refusal(write("a", m_entries, "1111aaaa"), write("b", m_entries, "2222bbbb"));
  EXPECT_NE(text.find("1111aaaa"), std::string::npos) << text;
  EXPECT_NE(text.find("2222bbbb"), std::string::npos) << text;
  refusal(write("a", m_entries, "1111"), write("none", m_entries, ""));
}

TEST_F(SelectionSet, OtherArchitecturesAreRefusedNamingTheFirstDifference) {
  const auto a = write("a", m_entries, "one");
  auto renamed = m_entries;
  renamed[1].name = "1.attention";
  EXPECT_NE(refusal(a, write("renamed", renamed, "one")).find("\"1.attention\" (4x5) where the other has \"1.qkv\" (4x5)"),
            std::string::npos);
  auto turned = m_entries;
  turned[0].shape = {5, 4};
  EXPECT_NE(refusal(a, write("turned", turned, "one")).find("\"0.qkv\" (5x4)"), std::string::npos);
  auto longer = m_entries;
  longer.push_back(weight("2.qkv", 4, 5, "2", "qkv"));
  EXPECT_NE(refusal(a, write("longer", longer, "one")).find("3 weight matrices where the other has 2"), std::string::npos);
}

TEST_F(SelectionSet, TheHeadTellsWhatTheWholeFileTells) {
  SelectionSpec spec;
  spec.keptPerRow = 9;
  spec.modelId = "tiny";
  const auto a = readSelectionHead(write("a", m_entries, "one", spec)), b = readSelectionHead(write("b", m_entries, "two"));
  EXPECT_EQ(a.selected, 2);
  EXPECT_EQ(a.spec.keptPerRow, 9);
  EXPECT_EQ(a.spec.baseHash, "one");
  EXPECT_EQ(a.spec.modelId, "tiny");
  EXPECT_EQ(a.pictures, (std::vector<std::uint64_t>{7, 9}));
  EXPECT_EQ(a.mapKey, b.mapKey);
  m_entries[1].shape = {5, 4};
  EXPECT_NE(readSelectionHead(write("c", m_entries, "one")).mapKey, a.mapKey);

  // The same of a run: its base file, an epoch, the folder.
  const auto file = readSelectionFile(m_folder / "a");
  Delta delta;
  delta.info.modelId = "tiny";
  delta.info.baseHash = "one";
  delta.info.selection = spec;
  delta.map = file.map;
  delta.offsets = file.selection.offsets;
  delta.base = {0, 0};
  std::filesystem::create_directories(m_folder / "run/deltas");
  writeDeltaBase(m_folder / "run/deltas/base.safetensors", delta);
  delta.values = {1, 2};
  delta.info.epoch = 1;
  writeDeltaEpoch(m_folder / ("run/deltas/" + deltaName(1, false)), delta);
  for (const auto* name : {"run", "run@1", "run/deltas/base.safetensors", "run/deltas/epoch-0001.safetensors"}) {
    const auto head = readSelectionHead(m_folder / name);
    EXPECT_EQ(head.selected, 2) << name;
    EXPECT_EQ(head.spec.keptPerRow, 9) << name;
    EXPECT_EQ(head.spec.baseHash, "one") << name;
    EXPECT_EQ(head.spec.modelId, "tiny") << name;
    EXPECT_EQ(head.mapKey, a.mapKey) << name;
    EXPECT_EQ(readSelectionOrDelta(m_folder / name).selection.offsets, delta.offsets) << name;
  }
}

TEST_F(SelectionSet, WhatIsNoSelectionIsRefused) {
  errorOf(ErrorCode::NotFound, [&] { readSelectionHead(m_folder / "absent"); });
  errorOf(ErrorCode::NotFound, [&] { readSelectionOrDelta(m_folder / "absent"); });
  errorOf(ErrorCode::NotFound, [&] { readSelectionOrDelta(m_folder.path()); });
  errorOf(ErrorCode::NotFound, [&] { readSelectionOrDelta(m_folder / "absent@3"); });
}

TEST_F(SelectionSet, NamesAreDistinct) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(distinctNames({"x/pets.safetensors", "x/cars.safetensors"}), (Names{"pets", "cars"}));
  EXPECT_EQ(distinctNames({"pets/s.safetensors", "cars/s.safetensors", "run/"}), (Names{"pets/s", "cars/s", "run"}));
  EXPECT_EQ(distinctNames({"s.safetensors", "s.safetensors"}), (Names{"s", "s (2)"}));
}

}  // namespace
}  // namespace gps::test
