#include "core/checkpoints/flaxvit.h"

#include <array>
#include <set>

namespace gps {

namespace {

constexpr std::array<const char*, 2> kPrefixes{"", "opt/target/"};

std::string prefixOf(const TensorFile& file) {
  for (const std::string prefix : kPrefixes)
    if (file.find(prefix + "embedding/kernel") != nullptr) return prefix;
  return {};
}

class Collector {
 public:
  explicit Collector(const TensorFile& file) : m_file(file), m_prefix(prefixOf(file)) {}

  // One tensor of ours from those of the file; nothing when one of them is missing. shape: made from that of the first source.
  template <typename Shape>
  void add(const std::string& name, Assembly how, const std::vector<std::string>& from, Shape shape) {
    TensorPlan plan;
    plan.how = how;
    for (const auto& source : from) {
      const auto* record = m_file.find(m_prefix + source);
      if (record == nullptr || !isFloating(record->dtype) || record->shape != (plan.from.empty() ? record : plan.from.front())->shape)
        return;
      plan.from.push_back(record);
    }
    plan.shape = shape(plan.from.front()->shape);
    if (plan.shape.empty()) return;
    for (const auto* record : plan.from) m_used.insert(record->name);
    m_named.plans[name] = std::move(plan);
  }

  void copy(const std::string& name, const std::string& from) {
    add(name, Assembly::Copy, {from}, [](const auto& s) { return s; });
  }
  // [in, out] -> [out, in], and its bias
  void linear(const std::string& name, const std::string& from) {
    add(name + "weight", Assembly::Transpose, {from + "/kernel"}, [](const auto& s) {
      return s.size() == 2 ? std::vector<std::int64_t>{s[1], s[0]} : std::vector<std::int64_t>{};
    });
    copy(name + "bias", from + "/bias");
  }
  void norm(const std::string& name, const std::string& from) {
    copy(name + "weight", from + "/scale");
    copy(name + "bias", from + "/bias");
  }
  void attention(const std::string& name, const std::string& from) {
    const std::vector<std::string> parts{from + "/query", from + "/key", from + "/value"};
    const auto with = [&](const char* end) {
      std::vector<std::string> names;
      for (const auto& part : parts) names.push_back(part + end);
      return names;
    };
    add(name + "qkv.weight", Assembly::Transpose, with("/kernel"), [](const auto& s) {  // [in, heads, d] each
      return s.size() == 3 ? std::vector<std::int64_t>{3 * s[1] * s[2], s[0]} : std::vector<std::int64_t>{};
    });
    add(name + "qkv.bias", Assembly::Copy, with("/bias"),
        [](const auto& s) { return s.size() == 2 ? std::vector<std::int64_t>{3 * s[0] * s[1]} : std::vector<std::int64_t>{}; });
    add(name + "proj.weight", Assembly::Transpose, {from + "/out/kernel"}, [](const auto& s) {  // [heads, d, out]
      return s.size() == 3 ? std::vector<std::int64_t>{s[2], s[0] * s[1]} : std::vector<std::int64_t>{};
    });
    copy(name + "proj.bias", from + "/out/bias");
  }

  NamedTensors finish() {
    m_named.layout = "AugReg .npz (JAX)";
    m_named.positions = PositionResize::Bilinear;
    for (const auto& record : m_file.records()) {
      if (m_used.contains(record.name)) continue;
      if (record.name.find("pre_logits") != std::string::npos || !isFloating(record.dtype) || !record.name.starts_with(m_prefix))
        m_named.ignored.push_back(record.name);
      else
        m_named.plans[record.name] = {Assembly::Copy, {&record}, record.shape};  // will be reported as unexpected
    }
    return std::move(m_named);
  }

  bool has(const std::string& name) const { return m_file.find(m_prefix + name) != nullptr; }

 private:
  const TensorFile& m_file;
  std::string m_prefix;
  NamedTensors m_named;
  std::set<std::string> m_used;
};

}  // namespace

bool isFlaxVit(const TensorFile& file) {
  for (const std::string prefix : kPrefixes)
    if (file.find(prefix + "embedding/kernel") != nullptr && file.find(prefix + "Transformer/encoder_norm/scale") != nullptr) return true;
  return false;
}

NamedTensors flaxVitTensors(const TensorFile& file) {
  Collector c(file);
  c.copy("cls_token", "cls");
  c.copy("pos_embed", "Transformer/posembed_input/pos_embedding");
  c.add("patch_embed.proj.weight", Assembly::KernelFirst, {"embedding/kernel"}, [](const auto& s) {
    return s.size() == 4 ? std::vector<std::int64_t>{s[3], s[2], s[0], s[1]} : std::vector<std::int64_t>{};
  });
  c.copy("patch_embed.proj.bias", "embedding/bias");
  for (int i = 0; c.has("Transformer/encoderblock_" + std::to_string(i) + "/LayerNorm_0/scale"); ++i) {
    const std::string from = "Transformer/encoderblock_" + std::to_string(i), block = "blocks." + std::to_string(i) + ".";
    c.norm(block + "norm1.", from + "/LayerNorm_0");
    c.attention(block + "attn.", from + "/MultiHeadDotProductAttention_1");
    c.norm(block + "norm2.", from + "/LayerNorm_2");
    c.linear(block + "mlp.fc1.", from + "/MlpBlock_3/Dense_0");
    c.linear(block + "mlp.fc2.", from + "/MlpBlock_3/Dense_1");
  }
  c.norm("norm.", "Transformer/encoder_norm");
  c.linear("head.", "head");
  return c.finish();
}

}  // namespace gps
