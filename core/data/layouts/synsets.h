#pragma once
// ImageNet's class codes and the lists that give them an order and names.
#include <string>
#include <string_view>
#include <vector>

namespace gps {

bool isSynset(std::string_view name);  // "n01440764"

struct SynsetList {
  std::vector<std::string> codes;   // in the order of the head's outputs
  std::vector<std::string> titles;  // "tench, Tinca tinca"; empty where the list has codes only
  std::string path;
};

// LOC_synset_mapping.txt, synset_words.txt, synsets.txt or imagenet_synsets.txt of the folder, else of its parent; without one the
// codes are empty. Throws Error(BadFile) for a line that is no synset, or one that stands twice.
SynsetList findSynsets(const std::string& folder);

}  // namespace gps
