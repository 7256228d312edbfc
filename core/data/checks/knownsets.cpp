#include "core/data/checks/knownsets.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/layouts/folderscan.h"
#include "core/data/layouts/layoutparts.h"
#include "core/data/layouts/synsets.h"

namespace gps {
namespace {

struct Signature {
  KnownSet set;
  std::size_t classes;      // of the whole set
  std::size_t needed;       // that many of the names must occur
  bool isWholeList;         // the names are all there are: nothing else may occur
  const char* names;        // small letters and digits only, in blanks
  const char* folderNames;  // the usual ones, in the same spelling
};

// Names that other sets do not share.
constexpr std::array<Signature, 8> kSignatures{{
    {KnownSet::Dtd, 47, 5, true,
     " banded blotchy braided bubbly bumpy chequered cobwebbed cracked crosshatched crystalline dotted fibrous flecked freckled frilly "
     "gauzy grid grooved honeycombed interlaced knitted lacelike lined marbled matted meshed paisley perforated pitted pleated "
     "polkadotted porous potholed scaly smeared spiralled sprinkled stained stratified striped studded swirly veined waffled woven "
     "wrinkled zigzagged ",
     " dtd "},
    {KnownSet::Flowers102, 102, 5, false,
     " pinkprimrose hardleavedpocketorchid canterburybells sweetpea englishmarigold tigerlily moonorchid birdofparadise monkshood "
     "globethistle kingprotea spearthistle yellowiris peruvianlily balloonflower giantwhitearumlily firelily pincushionflower ",
     " flowers102 oxfordflowers102 oxfordflowers vggflowers 102flowers "},
    {KnownSet::Pets, 37, 5, false,
     " abyssinian birman egyptianmau mainecoon russianblue britishshorthair americanpitbullterrier germanshorthaired wheatenterrier "
     "englishcockerspaniel staffordshirebullterrier ",
     " pets oxfordpets oxfordiiitpet oxfordiiitpets "},
    {KnownSet::StanfordCars, 196, 3, false,
     " amgeneralhummersuv2000 acurarlsedan2012 acuratlsedan2012 acuratltypes2008 acuratsxsedan2012 acuraintegratyper2001 "
     "acurazdxhatchback2012 astonmartinv8vantageconvertible2012 audia5coupe2012 bmwm3coupe2012 ",
     " cars stanfordcars cars196 "},
    {KnownSet::Sun397, 397, 3, false, " anechoicchamber apse battersbox waterfallblock waterfallfan waterfallplunge planetariumoutdoor ",
     " sun397 "},
    {KnownSet::Food101, 101, 5, false,
     " applepie babybackribs baklava beefcarpaccio beeftartare beetsalad beignets bibimbap breadpudding breakfastburrito bruschetta "
     "caesarsalad cannoli capresesalad carrotcake ceviche ",
     " food101 "},
    {KnownSet::Caltech101, 102, 5, false,
     " faceseasy brontosaurus cougarbody cougarface crocodilehead flamingohead inlineskate minaret windsorchair carside hawksbill "
     "joshuatree ",
     " caltech101 101objectcategories "},
    {KnownSet::Aircraft, 100, 5, false,
     " 707320 727200 737200 737300 747100 a300b4 atr42 bae146200 dr400 erj135 fokker70 yak42 spitfire tornado ", " aircraft fgvcaircraft "},
}};

std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : lowerCase(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  return letters;
}

bool contains(const char* names, const std::string& name) {
  return !name.empty() && std::string_view(names).find(' ' + name + ' ') != std::string_view::npos;
}

bool hasSignature(const Signature& signature, const DataSummary& summary, const std::set<std::string>& classes) {
  const auto known =
      std::size_t(std::count_if(classes.begin(), classes.end(), [&](const auto& name) { return contains(signature.names, name); }));
  if (known >= signature.needed && classes.size() <= signature.classes && (!signature.isWholeList || known == classes.size())) return true;
  return classes.size() == signature.classes && contains(signature.folderNames, plain(fileNameOf(summary.folder)));
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// n02085620-Chihuahua
bool isDogClass(const std::string& name) { return name.size() > 10 && isSynset(name.substr(0, 9)) && name[9] == '-'; }

// 001.Black_footed_Albatross: number, point, a capital.
bool isNumberedClass(const std::string& name) {
  return name.size() > 5 && isDigit(name[0]) && isDigit(name[1]) && isDigit(name[2]) && name[3] == '.' && name[4] >= 'A' && name[4] <= 'Z';
}

bool isBird(const std::string& name) {
  constexpr std::array<std::string_view, 12> kKinds{"_Albatross", "_Auklet", "_Blackbird", "_Bunting", "_Flycatcher", "_Gull",
                                                    "_Sparrow",   "_Tern",   "_Vireo",     "_Warbler", "_Woodpecker", "_Wren"};
  return std::any_of(kKinds.begin(), kKinds.end(), [&](std::string_view kind) { return name.ends_with(kind); });
}

// The ids of the collection: cj or ck and 23 more small letters and digits.
bool isKvasirId(const std::string& id) {
  const std::string name = pictureStem(id);
  return name.size() == 25 && (name.starts_with("cj") || name.starts_with("ck")) &&
         std::all_of(name.begin(), name.end(), [](char c) { return isDigit(c) || (c >= 'a' && c <= 'z'); });
}

template <typename Test>
bool all(const std::vector<std::string>& names, Test test) {
  return !names.empty() && std::all_of(names.begin(), names.end(), test);
}

std::optional<KnownSet> imageNetSet(const DataSummary& summary) {
  if (!all(summary.classes, [](const std::string& name) { return isSynset(name); })) return {};
  const auto isCorrupted = [](const auto& split) { return split.first.find('/') != std::string::npos; };
  if (std::any_of(summary.splits.begin(), summary.splits.end(), isCorrupted)) return KnownSet::ImageNetC;
  const bool hasTrain = summary.splits.contains("train") || summary.splits.contains("val");
  return summary.isClassSubset && !hasTrain ? KnownSet::ImageNetA_R : KnownSet::ImageNet;
}

}  // namespace

const char* titleOf(KnownSet set) {
  switch (set) {
    case KnownSet::KvasirSeg:
      return "Kvasir-SEG";
    case KnownSet::StanfordDogs:
      return "Stanford Dogs";
    case KnownSet::Cub200:
      return "CUB-200-2011";
    case KnownSet::ImageNet:
      return "ImageNet";
    case KnownSet::ImageNetA_R:
      return "ImageNet-A or ImageNet-R";
    case KnownSet::ImageNetC:
      return "ImageNet-C";
    case KnownSet::Dtd:
      return "DTD";
    case KnownSet::Flowers102:
      return "Oxford Flowers-102";
    case KnownSet::Pets:
      return "Oxford-IIIT Pet";
    case KnownSet::StanfordCars:
      return "Stanford Cars";
    case KnownSet::Sun397:
      return "SUN397";
    case KnownSet::Food101:
      return "Food-101";
    case KnownSet::Caltech101:
      return "Caltech-101";
    case KnownSet::Aircraft:
      return "FGVC-Aircraft";
  }
  return "";
}

std::optional<KnownSet> recogniseKnownSet(const DataSummary& summary) {
  const auto ids = std::count_if(summary.items.begin(), summary.items.end(), [](const DataItem& item) { return isKvasirId(item.id); });
  if (ids > 0 && 2 * ids > std::ptrdiff_t(summary.items.size())) return KnownSet::KvasirSeg;
  if (summary.task != TaskKind::Classification) return {};
  if (all(summary.classes, isDogClass)) return KnownSet::StanfordDogs;
  if (all(summary.classes, isNumberedClass) && std::any_of(summary.classes.begin(), summary.classes.end(), isBird)) return KnownSet::Cub200;
  if (const auto set = imageNetSet(summary)) return set;
  std::set<std::string> classes;
  for (const auto& name : summary.classes) classes.insert(plain(name));
  for (const auto& signature : kSignatures)
    if (hasSignature(signature, summary, classes)) return signature.set;
  return {};
}

}  // namespace gps
