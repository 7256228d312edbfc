#include "core/data/checks/contamination.h"

#include "core/data/checks/knownsets.h"
#include "tests/data/summaries.h"

namespace gps {
namespace {

using namespace test;

DataSummary withClasses(const Names& classes, const std::string& folder = "d") {
  DataSummary s;
  s.task = TaskKind::Classification;
  s.folder = folder;
  s.classes = classes;
  for (const auto& name : classes) s.items.push_back({name + "/1", "train", "", "", name});
  s.splits["train"] = int(s.items.size());
  return s;
}

DataSummary kvasir() {
  DataSummary s;
  for (const char* id : {"cju0qkwl35piu0993l0dewei2", "train/ck2bxqz3evvg20794iiyv5v2m", "other"})
    s.items.push_back({id, "train", "", "", ""});
  return s;
}

// "" when nothing is known.
std::string sentence(const DataSummary& s, const std::string& model) {
  const auto known = knownContamination(s, model);
  EXPECT_LE(known.size(), 1U);
  return known.empty() ? "" : known[0].sentence;
}

TEST(Contamination, KvasirSegAndTheSamFamily) {
  EXPECT_EQ(knownContamination(kvasir(), "lite_medsam")[0].dataSet, "Kvasir-SEG");
  EXPECT_TRUE(contains(sentence(kvasir(), "lite_medsam"), "may have"));
  EXPECT_TRUE(contains(sentence(kvasir(), "sam_vit_b"), "SAM-Med2D"));
  EXPECT_FALSE(sentence(kvasir(), "mobile_sam").empty());
  EXPECT_EQ(sentence(kvasir(), "vit_base_patch16_224"), "");
  EXPECT_EQ(sentence(kvasir(), "vit_small_patch14_dinov2"), "");
  auto other = kvasir();
  for (auto& item : other.items) item.id += "x";
  EXPECT_EQ(sentence(other, "lite_medsam"), "");
}

TEST(Contamination, ImageNetBases) {
  const auto dogs = withClasses({"n02085620-Chihuahua", "n02085782-Japanese_spaniel"});
  const auto birds = withClasses({"001.Black_footed_Albatross", "004.Groove_billed_Ani"});
  for (const char* base : {"vit_base_patch16_224", "swin_tiny_patch4_window7_224", "convnext_small"}) {
    EXPECT_TRUE(contains(sentence(dogs, base), "ImageNet training pictures")) << base;
    EXPECT_TRUE(contains(sentence(birds, base), "may have")) << base;
    EXPECT_EQ(sentence(withClasses({"banded", "blotchy", "braided", "bubbly", "bumpy"}), base), "") << base;
  }
  EXPECT_TRUE(contains(sentence(dogs, "vit_small_patch14_dinov2"), "ImageNet-22k"));
  EXPECT_TRUE(contains(sentence(birds, "vit_small_patch14_dinov2"), "CUB"));
  EXPECT_EQ(sentence(dogs, "sam_vit_b"), "");
  EXPECT_EQ(sentence(dogs, ""), "");
  EXPECT_FALSE(recogniseKnownSet(withClasses({"001.Apple", "002.Pear"})));
  EXPECT_FALSE(recogniseKnownSet(withClasses({"001.ak47", "002.american-flag"}))) << "Caltech-256 numbers its classes too";
}

TEST(Contamination, ImageNetItselfAndItsVariants) {
  auto s = withClasses({"n01440764", "n01443537"});
  EXPECT_EQ(recogniseKnownSet(s), KnownSet::ImageNet);
  EXPECT_FALSE(sentence(s, "vit_tiny_patch16_224").empty());
  s.splits = {{"test", 2}};
  s.isClassSubset = true;
  EXPECT_EQ(recogniseKnownSet(s), KnownSet::ImageNetA_R);
  s.splits = {{"fog/3", 2}};
  EXPECT_EQ(recogniseKnownSet(s), KnownSet::ImageNetC);
  EXPECT_FALSE(sentence(s, "vit_small_patch14_dinov2").empty());
}

TEST(Contamination, SetsAroundWhichDinoV2WasGathered) {
  const std::map<KnownSet, Names> sets{
      {KnownSet::Dtd, {"banded", "dotted", "zigzagged", "polka-dotted", "waffled"}},
      {KnownSet::Flowers102, {"pink primrose", "hard-leaved pocket orchid", "canterbury bells", "sweet pea", "english marigold", "rose"}},
      {KnownSet::Pets, {"Abyssinian", "Birman", "Egyptian_Mau", "Maine_Coon", "Russian_Blue", "pug"}},
      {KnownSet::StanfordCars, {"AM General Hummer SUV 2000", "Acura RL Sedan 2012", "Acura TL Type-S 2008"}},
      {KnownSet::Sun397, {"anechoic_chamber", "apse", "waterfall_plunge", "abbey"}},
      {KnownSet::Food101, {"apple_pie", "baby_back_ribs", "baklava", "beef_tartare", "bibimbap"}},
      {KnownSet::Caltech101, {"Faces_easy", "brontosaurus", "cougar_body", "crocodile_head", "minaret"}},
      {KnownSet::Aircraft, {"707-320", "737-200", "ATR-42", "DR-400", "Yak-42"}},
  };
  for (const auto& [set, classes] : sets) {
    EXPECT_EQ(recogniseKnownSet(withClasses(classes)), set) << titleOf(set);
    EXPECT_TRUE(contains(sentence(withClasses(classes), "vit_small_patch14_dinov2"), titleOf(set))) << titleOf(set);
    EXPECT_EQ(sentence(withClasses(classes), "vit_base_patch16_224"), "") << titleOf(set);
  }
  EXPECT_FALSE(recogniseKnownSet(withClasses({"banded", "dotted", "zigzagged", "waffled", "plain"}))) << "not one of DTD's";
  EXPECT_FALSE(recogniseKnownSet(withClasses({"rose", "tulip", "daisy", "dandelion", "sunflower"})));
  Names numbers;
  for (int i = 0; i < 37; ++i) numbers.push_back(std::to_string(i));
  EXPECT_EQ(recogniseKnownSet(withClasses(numbers, "vtab/oxford_iiit_pet")), KnownSet::Pets) << "by folder and count";
  EXPECT_FALSE(recogniseKnownSet(withClasses(numbers, "vtab/other")));
  numbers.pop_back();
  EXPECT_FALSE(recogniseKnownSet(withClasses(numbers, "vtab/oxford_iiit_pet")));
}

}  // namespace
}  // namespace gps
