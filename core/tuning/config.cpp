// run.toml: one list of fields serves reading and writing, so the two cannot drift apart.
#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <type_traits>

#include "core/tuning/runfolder.h"
#include "core/tuning/settingerror.h"
#include "core/values/decimaltext.h"

namespace gps {

namespace {

constexpr std::int64_t kSchemaVersion = 1;

template <typename Spec, typename Visitor>
void visitFields(Spec& s, Visitor& field) {
  field("model", "id", s.model.id);
  field("model", "weights", s.model.weightsPath);
  field("model", "image_size", s.model.imageSize);
  field("model", "prompt", s.model.prompt);
  field("model", "preprocess", s.model.preprocess);
  field("model", "classes", s.model.classes);
  field("data", "folder", s.dataFolder);
  field("data", "limit", s.limit);
  field("data", "validation_limit", s.validationLimit);
  field("data", "train_on_val", s.trainOnVal);
  field("device", "device", s.device.device);
  field("device", "precision", s.device.precision);
  field("device", "threads", s.device.threads);
  field("device", "field_memory", s.device.fieldMemory);
  field("selection", "file", s.selectionPath);
  field("selection", "level", s.selection.level);
  field("selection", "criterion", s.selection.criterion);
  field("selection", "loss", s.selection.loss);
  field("selection", "k", s.selection.keptPerRow);
  field("selection", "share", s.selection.share);
  field("selection", "layer_budget", s.selection.layerBudget);
  field("selection", "exclude_blocks", s.selection.excludedBlocks);
  field("selection", "exclude_kinds", s.selection.excludedKinds);
  field("selection", "keep_excluded_biases", s.selection.keepExcludedBiases);
  field("selection", "batch", s.selection.batch);
  field("selection", "limit", s.selection.limit);
  field("selection", "drop_path", s.selection.dropPath);
  field("selection", "random_interpolation", s.selection.randomInterpolation);
  field("selection", "seed", s.selection.seed);
  field("selection", "micro_batch", s.selection.microBatch);
  field("selection", "early_stop", s.selection.earlyStop);
  field("selection", "trace", s.selection.trace);
  field("training", "method", s.method);
  field("training", "decoder", s.selection.decoder);
  field("training", "rule", s.rule);
  field("training", "backward", s.backward);
  field("training", "recompute", s.recompute);
  field("training", "eager", s.eager);
  field("training", "epochs", s.epochs);
  field("training", "batch", s.batch);
  field("training", "learning_rate", s.learningRate);
  field("training", "min_learning_rate", s.minLearningRate);
  field("training", "weight_decay", s.weightDecay);
  field("training", "clip_norm", s.clipNorm);
  field("training", "layer_decay", s.layerDecay);
  field("training", "schedule", s.schedule);
  field("training", "optimizer", s.optimizer);
  field("training", "warmup_epochs", s.warmupEpochs);
  field("training", "warmup_learning_rate", s.warmupLearningRate);
  field("training", "augment", s.augment);
  field("training", "drop_path", s.dropPath);
  field("training", "mixup", s.mixup);
  field("training", "cutmix", s.cutmix);
  field("training", "label_smoothing", s.labelSmoothing);
  field("training", "ema_decay", s.emaDecay);
  field("training", "seed", s.seed);
  field("training", "fast", s.fast);
}

// Sections and keys in the order of visitFields. The shortest decimal that reads back as the same number.
class Writer {
 public:
  template <typename T>
  void operator()(const char* section, const char* key, const T& value) {
    if (m_section != section) m_out << (m_section.empty() ? "" : "\n") << "[" << section << "]\n";
    m_section = section;
    m_out << key << " = ";
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      toml::array list;
      for (const auto& v : value) list.push_back(v);
      m_out << list;
    } else if constexpr (std::is_same_v<T, bool>) {
      m_out << (value ? "true" : "false");
    } else if constexpr (std::is_same_v<T, double>) {
      m_out << shortest(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      m_out << toml::value<std::string>(value);
    } else if constexpr (std::is_enum_v<T>) {
      m_out << toml::value<std::string>(wordOf(value));
    } else {
      m_out << std::int64_t(value);
    }
    m_out << "\n";
  }
  std::string text() const {
    std::ostringstream out;
    out << "# The settings of a run, resolved. `gps train --config FILE` and the workbench read it back.\nschema = " << kSchemaVersion
        << "\n\n"
        << m_out.str();
    return out.str();
  }

 private:
  static std::string shortest(double value) {
    auto text = shortestDecimal(value);
    if (text.find_first_of(".ein") == std::string::npos) text.append(".0");  // 2 would be read as a whole number
    return text;
  }

  std::ostringstream m_out;
  std::string m_section;
};

class Reader {
 public:
  Reader(const toml::table& root, std::string source) : m_root(root), m_source(std::move(source)) {}

  template <typename T>
  void operator()(const char* section, const char* key, T& value) {
    m_known.insert(std::string(section) + "." + key);
    const auto node = m_root[section][key];
    if (!node) return;
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      const auto* list = node.as_array();
      if (list == nullptr) fail(section, key, "a list of texts");
      value.clear();
      for (const auto& element : *list) {
        const auto text = element.template value<std::string>();
        if (!text) fail(section, key, "a list of texts");
        value.push_back(*text);
      }
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!node.is_boolean()) fail(section, key, "true or false");
      value = *node.template value<bool>();
    } else if constexpr (std::is_same_v<T, double>) {
      if (!node.is_number()) fail(section, key, "a number");
      value = *node.template value<double>();
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (!node.is_string()) fail(section, key, "a text");
      value = *node.template value<std::string>();
    } else if constexpr (std::is_enum_v<T>) {
      if (!node.is_string()) fail(section, key, "one of " + wordsOf<T>());
      const auto word = *node.template value<std::string>();
      const auto& table = EnumWords<T>::table;
      const auto at = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.word == word; });
      if (at == table.end()) fail(section, key, "one of " + wordsOf<T>() + ", not \"" + word + "\"");
      value = at->value;
    } else {
      if (!node.is_integer()) fail(section, key, "a whole number");
      const auto number = *node.template value<std::int64_t>();
      if constexpr (std::is_same_v<T, int>) {
        if (number < -2147483647 || number > 2147483647) fail(section, key, "a whole number of at most 31 bits");
      }
      value = T(number);
    }
  }

  void refuseUnknown() const {
    for (const auto& [section, node] : m_root) {
      const std::string name(section.str());
      if (name == "schema") continue;
      const auto* table = node.as_table();
      const auto first = m_known.lower_bound(name + ".");
      if (table == nullptr || first == m_known.end() || !first->starts_with(name + "."))
        throw SettingError(SettingError::Kind::UnknownSection, m_source, lineOf(section), name, {});
      for (const auto& [key, unused] : *table) {
        const auto full = name + "." + std::string(key.str());
        if (!m_known.contains(full)) throw SettingError(SettingError::Kind::UnknownSetting, m_source, lineOf(key), full, {});
      }
    }
  }

 private:
  static int lineOf(const toml::key& key) { return int(key.source().begin.line); }
  [[noreturn]] void fail(const char* section, const char* key, const std::string& expected) const {
    const auto* table = m_root[section].as_table();
    const auto at = table == nullptr ? toml::table::const_iterator() : table->find(key);
    throw SettingError(SettingError::Kind::WrongValue, m_source, table == nullptr || at == table->end() ? 0 : lineOf(at->first),
                       std::string(section) + "." + key, expected);
  }
  const toml::table& m_root;
  std::string m_source;
  std::set<std::string> m_known;
};

}  // namespace

std::string toToml(const TrainSpec& spec) {
  Writer writer;
  visitFields(spec, writer);
  return writer.text();
}

TrainSpec trainSpecFromToml(const std::string& text, const std::string& sourceName, TrainSpec spec) {
  toml::table root;
  try {
    root = toml::parse(text, sourceName);
  } catch (const toml::parse_error& e) {
    throw SettingError(SettingError::Kind::Syntax, sourceName, int(e.source().begin.line), {}, std::string(e.description()));
  }
  if (const auto version = root["schema"].value_or(kSchemaVersion); version != kSchemaVersion)
    throw Error(ErrorCode::BadFile, sourceName,
                "was written for schema " + std::to_string(version) + ", this program reads " + std::to_string(kSchemaVersion),
                "Use a newer program");
  if (const auto* sweep = root.get("sweep"))
    throw SettingError(SettingError::Kind::SweepPlan, sourceName, int(sweep->source().begin.line), {}, {});
  Reader reader(root, sourceName);
  visitFields(spec, reader);
  reader.refuseUnknown();
  return spec;
}

std::map<std::string, std::string> settingsByKey(const TrainSpec& spec) {
  std::map<std::string, std::string> settings;
  std::istringstream lines(toToml(spec));
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[")) section = line.substr(1, line.size() - 2);
    const auto at = line.find(" = ");
    if (at != std::string::npos && !line.starts_with("#")) settings[section + "." + line.substr(0, at)] = line.substr(at + 3);
  }
  return settings;
}

}  // namespace gps
