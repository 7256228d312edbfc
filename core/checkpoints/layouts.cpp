#include "core/checkpoints/layouts.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <string_view>

#include "core/checkpoints/flaxvit.h"

namespace gps {

namespace {

using Renaming = std::function<std::string(const std::string&)>;

// What training scripts put before the names: data parallel wrappers, a surrounding module, torch.compile.
constexpr std::array<std::string_view, 7> kWrappers{"module.", "model.", "sam.", "sam_model.", "_orig_mod.", "state_dict.", "model_state."};

// "module.", "model." … as far as all tensors that belong to a network carry it; what stands beside them (an optimiser's state) is
// passed over.
std::string prefixOf(const TensorFile& file) {
  std::string prefix;
  const auto countOf = [&](const std::string& start) {
    return std::count_if(file.records().begin(), file.records().end(), [&](const auto& r) { return r.name.starts_with(start); });
  };
  while (true) {
    const auto wrapper = std::find_if(kWrappers.begin(), kWrappers.end(), [&](auto w) {
      return 2 * countOf(prefix + std::string(w)) > std::max<std::ptrdiff_t>(countOf(prefix), 1);
    });
    if (wrapper == kWrappers.end()) return prefix;
    prefix += *wrapper;
  }
}

bool startsWith(const std::string& name, std::string_view start) { return name.starts_with(start); }

// "downsample_layers.1.0.weight" -> "1", "0.weight"
std::pair<int, std::string> numberAfter(const std::string& name, std::size_t from) {
  std::size_t end = from;
  int number = 0;
  while (end < name.size() && name[end] >= '0' && name[end] <= '9') number = 10 * number + (name[end++] - '0');
  return {end > from && end < name.size() && name[end] == '.' ? number : -1, end < name.size() ? name.substr(end + 1) : std::string()};
}

void replaceFirst(std::string& text, std::string_view what, std::string_view by) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

// Meta's ConvNeXt files: downsample_layers.0 is the stem, the head's norm is "norm".
std::string metaConvNextName(const std::string& name) {
  constexpr std::string_view kDown = "downsample_layers.";
  if (startsWith(name, kDown)) {
    const auto [stage, rest] = numberAfter(name, kDown.size());
    if (stage == 0) return "stem." + rest;
    if (stage > 0) return "stages." + std::to_string(stage) + ".downsample." + rest;
  }
  if (startsWith(name, "norm.")) return "head." + name;
  if (startsWith(name, "head.")) return "head.fc." + name.substr(5);
  if (startsWith(name, "stages.")) {
    const auto [stage, rest] = numberAfter(name, 7);
    if (stage >= 0) {
      auto inside = "stages." + std::to_string(stage) + ".blocks." + rest;
      replaceFirst(inside, ".dwconv.", ".conv_dw.");
      replaceFirst(inside, ".pwconv1.", ".mlp.fc1.");
      replaceFirst(inside, ".pwconv2.", ".mlp.fc2.");
      return inside;
    }
  }
  return name;
}

// Microsoft's files and timm up to 0.6: the merging stands at the end of the stage before it.
std::string oldSwinName(const std::string& name) {
  if (startsWith(name, "head.") && !startsWith(name, "head.fc.")) return "head.fc." + name.substr(5);
  if (startsWith(name, "layers.")) {
    const auto [stage, rest] = numberAfter(name, 7);
    if (stage >= 0 && startsWith(rest, "downsample.")) return "layers." + std::to_string(stage + 1) + "." + rest;
  }
  return name;
}

bool isOfNoUse(const std::string& name, const TensorRecord& record) {
  for (const std::string_view end : {"relative_position_index", "attn_mask", "num_batches_tracked", "mask_token"})
    if (name.ends_with(end)) return true;
  return startsWith(name, "pre_logits.") || !isFloating(record.dtype);
}

PositionResize resizeOf(const TensorFile& file) {
  const auto wish = file.metadata().find("pos_embed_resize");
  return wish != file.metadata().end() && wish->second == "bicubic" ? PositionResize::Bicubic : PositionResize::AntialiasedBicubic;
}

}  // namespace

NamedTensors namedTensors(const TensorFile& file) {
  if (isFlaxVit(file)) return flaxVitTensors(file);
  NamedTensors named;
  named.positions = resizeOf(file);
  const std::string prefix = prefixOf(file);
  const auto has = [&](const std::string& name) { return file.find(prefix + name) != nullptr; };
  Renaming rename = [](const std::string& name) { return name; };
  named.layout = "timm, segment-anything";
  if (has("downsample_layers.0.0.weight")) {
    named.layout = "Meta ConvNeXt";
    rename = metaConvNextName;
  } else if (has("layers.0.downsample.reduction.weight")) {
    named.layout = "Microsoft Swin, timm before 0.9";
    rename = oldSwinName;
  }
  for (const auto& record : file.records()) {
    if (!record.name.starts_with(prefix)) {
      named.ignored.push_back(record.name);
      continue;
    }
    const std::string name = rename(record.name.substr(prefix.size()));
    if (isOfNoUse(name, record))
      named.ignored.push_back(record.name);
    else
      named.plans[name] = {Assembly::Copy, {&record}, record.shape};
  }
  return named;
}

}  // namespace gps
