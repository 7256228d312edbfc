#include "core/tuning/sweep/sweepplan.h"

#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "core/tuning/runfolder.h"
#include "core/tuning/settingerror.h"
#include "core/values/decimaltext.h"

namespace gps {

namespace {

constexpr std::size_t kMostRuns = 10000;
constexpr const char* kNamed[] = {"scheme", "k", "learning_rate", "seed"};

[[noreturn]] void refuse(const std::string& source, const std::string& cause, const std::string& remedy) {
  throw Error(ErrorCode::BadFile, source, cause, remedy);
}

std::string tomlOf(const toml::node& node) {
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  return out.str();
}

std::string textOf(const toml::node& node) {
  if (node.is_floating_point()) return readableDecimal(*node.value<double>());
  return node.is_string() ? *node.value<std::string>() : tomlOf(node);
}

std::vector<SweepAxis> axesOf(const toml::table& sweep, const std::string& source) {
  std::vector<SweepAxis> axes;
  for (const auto& [key, node] : sweep) {
    const std::string name(key.str());
    const auto* list = node.as_array();
    if (list == nullptr || list->empty())
      refuse(source, "sweep." + name + " is not a list of values",
             "Write " + name + " = [a, b]; a single value belongs to its own section");
    SweepAxis axis{name, {}, {}};
    for (const auto& value : *list) {
      axis.toml.push_back(tomlOf(value));
      axis.text.push_back(textOf(value));
    }
    axes.push_back(std::move(axis));
  }
  const auto rank = [](const SweepAxis& a) { return std::find(std::begin(kNamed), std::end(kNamed), a.name) - std::begin(kNamed); };
  std::stable_sort(axes.begin(), axes.end(), [&](const SweepAxis& a, const SweepAxis& b) { return rank(a) < rank(b); });
  return axes;
}

// Of text that was put together here: its lines are not those of the file.
TrainSpec read(const std::string& text, const std::string& source, TrainSpec spec) {
  try {
    return trainSpecFromToml(text, source, std::move(spec));
  } catch (const SettingError& e) {
    throw Error(e.code(), source, e.causeAlone(), e.remedy());
  }
}

// "net random", "full": every word in the table it belongs to.
void applyScheme(TrainSpec& spec, const std::string& scheme, const std::string& source) {
  std::istringstream words(scheme);
  bool isEmpty = true;
  for (std::string word; words >> word; isEmpty = false) {
    const auto take = [&]<typename E>(E& value) {
      for (const auto& entry : EnumWords<E>::table)
        if (entry.word == word) {
          value = entry.value;
          return true;
        }
      return false;
    };
    if (!take(spec.selection.level) && !take(spec.selection.criterion) && !take(spec.method))
      refuse(source, "\"" + word + "\" in sweep.scheme is no level, criterion or method",
             "Levels: " + wordsOf<Level>() + "; criteria: " + wordsOf<Criterion>() + "; methods: " + wordsOf<Method>());
  }
  if (isEmpty) refuse(source, "sweep.scheme holds an empty text", "Name a level, a criterion or a method");
}

TrainSpec applied(TrainSpec spec, const SweepAxis& axis, std::size_t index, const std::string& source) {
  const auto& value = axis.toml[index];
  const auto set = [&](const std::string& section, const std::string& key) {
    spec = read("[" + section + "]\n" + key + " = " + value + "\n", source, std::move(spec));
  };
  if (axis.name == "scheme") {
    applyScheme(spec, axis.text[index], source);
  } else if (axis.name == "k") {
    set("selection", "k");
  } else if (axis.name == "learning_rate") {
    set("training", "learning_rate");
  } else if (axis.name == "seed") {
    set("training", "seed");
    set("selection", "seed");
  } else {
    const auto dot = axis.name.find('.');
    if (dot == std::string::npos)
      refuse(source, "sweep." + axis.name + " is no setting",
             "Use k, scheme, learning_rate, seed, or a setting of run.toml as \"training.epochs\"");
    set(axis.name.substr(0, dot), axis.name.substr(dot + 1));
  }
  return spec;
}

// Letters, digits, dots and signs of a value; the rest becomes "-".
std::string nameOf(const SweepAxis& axis, const std::string& text) {
  std::string clean;
  for (const char c : text) clean += (std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '+' || c == '-') ? c : '-';
  if (axis.name == "scheme") return clean;
  if (axis.name == "learning_rate") return std::string("lr").append(clean);
  return axis.name.substr(axis.name.find('.') + 1) + clean;
}

bool countsFor(const TrainSpec& spec, const SweepAxis& axis) { return spec.method == Method::Gps || axis.name != "k"; }

}  // namespace

SweepText sweepTextFromToml(const std::string& text, const std::string& sourceName) {
  toml::table root;
  try {
    root = toml::parse(text, sourceName);
  } catch (const toml::parse_error& e) {
    refuse(sourceName, "is not valid TOML: " + std::string(e.description()) + " (line " + std::to_string(e.source().begin.line) + ")",
           "Correct that line");
  }
  const auto* sweep = root["sweep"].as_table();
  if (sweep == nullptr || sweep->empty())
    refuse(sourceName, "has no section [sweep]", "Add one with a list, such as k = [1, 3, 10]; one run alone is gps train --config");
  SweepText plan{{}, axesOf(*sweep, sourceName)};
  root.erase("sweep");
  std::ostringstream shared;
  shared << root;
  plan.shared = shared.str();
  return plan;
}

bool isSweepPlan(const std::string& text) {
  try {
    return toml::parse(text).contains("sweep");
  } catch (const toml::parse_error&) {
    return false;
  }
}

SweepPlan sweepPlanFromToml(const std::string& text, const std::string& sourceName, const std::string& folder, const TrainSpec& defaults) {
  const auto [shared, axes] = sweepTextFromToml(text, sourceName);
  const TrainSpec base = read(shared, sourceName, defaults);

  std::size_t combinations = 1;
  for (const auto& axis : axes) {
    if (axis.toml.size() > kMostRuns / combinations)
      refuse(sourceName, "asks for more than " + std::to_string(kMostRuns) + " runs", "Shorten its lists");
    combinations *= axis.toml.size();
  }
  SweepPlan plan;
  for (const auto& axis : axes) plan.axes.push_back(axis.name);
  std::set<std::string> names;
  for (std::size_t c = 0; c < combinations; ++c) {
    SweepRun run{{}, {}, base};
    std::vector<std::size_t> index(axes.size());
    for (std::size_t a = axes.size(), rest = c; a-- > 0; rest /= axes[a].toml.size()) index[a] = rest % axes[a].toml.size();
    for (std::size_t a = 0; a < axes.size(); ++a) run.spec = applied(std::move(run.spec), axes[a], index[a], sourceName);
    bool isRepeated = false;
    for (std::size_t a = 0; a < axes.size(); ++a) {
      if (!countsFor(run.spec, axes[a])) {
        isRepeated |= index[a] > 0;
        continue;
      }
      const auto& value = axes[a].text[index[a]];
      run.settings.emplace_back(axes[a].name, value);
      if (!run.name.empty()) run.name += '-';
      run.name += nameOf(axes[a], value);
    }
    if (isRepeated) continue;
    if (run.name.empty()) run.name = wordOf(run.spec.method);
    if (!names.insert(run.name).second) refuse(sourceName, "gives two runs the name " + run.name, "Write every value of a list once");
    run.spec.runFolder = folder + "/" + run.name;
    plan.runs.push_back(std::move(run));
  }
  return plan;
}

}  // namespace gps
