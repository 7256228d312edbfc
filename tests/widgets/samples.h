#pragma once
// Values as the engine would send them, for the widget tests and the gallery. Seeded, no files.
#include <QList>
#include <cmath>
#include <memory>

#include "core/values/image.h"
#include "core/values/modelinfo.h"
#include "core/values/selectioncounts.h"
#include "widgets/casetable.h"
#include "widgets/classlist.h"
#include "widgets/frontierplot.h"
#include "widgets/parallelplot.h"
#include "widgets/runrow.h"

namespace gps::test {

// Twelve ViT-B blocks and a patch embedding: rows × K, one kind of one block left out on request.
inline SelectionCounts vitCounts(int k, bool withoutProjOf2 = false) {
  SelectionCounts counts;
  counts.keptPerRow = k;
  const auto add = [&counts, k](const std::string& block, const std::string& kind, std::int64_t rows, std::int64_t columns,
                                bool in = true) {
    counts.perBlock.push_back({block, kind, in ? rows * std::min<std::int64_t>(k, columns) : 0, rows * columns});
    counts.rows += rows;
    counts.selected += counts.perBlock.back().selected;
  };
  add("patch_embed", "patch", 768, 768);
  for (int b = 0; b < 12; ++b) {
    const std::string block = std::to_string(b);
    add(block, "qkv", 2304, 768);
    add(block, "proj", 768, 768, !(withoutProjOf2 && b == 2));
    add(block, "fc1", 3072, 768);
    add(block, "fc2", 768, 3072);
  }
  return counts;
}

inline std::vector<BlockRow> vitRows() {
  std::vector<BlockRow> rows;
  for (const BlockCount& count : vitCounts(1).perBlock) rows.push_back({count.block, count.kind, count.selected, count.available});
  return rows;
}

// Reddish tissue with a lighter bump; no random numbers.
inline std::shared_ptr<const RgbImage> tissue(int width, int height) {
  auto image = std::make_shared<RgbImage>();
  image->width = width, image->height = height;
  image->pixels.resize(size_t(width) * size_t(height) * 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double dx = (x - width * 0.5) / width, dy = (y - height * 0.5) / height;
      const double fold = 0.06 * std::sin(9 * dy * 6.28 + 3 * dx), bump = std::exp(-(dx * dx + dy * dy) * 30) * 0.25;
      const double light = 0.95 - 1.1 * (dx * dx + dy * dy) + fold + bump;
      std::uint8_t* p = &image->pixels[(size_t(y) * size_t(width) + size_t(x)) * 3];
      p[0] = std::uint8_t(std::lround(std::min(255.0, 195 * light))), p[1] = std::uint8_t(std::lround(std::min(255.0, 96 * light)));
      p[2] = std::uint8_t(std::lround(std::min(255.0, 74 * light)));
    }
  }
  return image;
}

// Probability 0.95 inside an ellipse, falling softly; an optional hole in it. Centre and radii as shares of the picture.
inline std::shared_ptr<const ProbabilityMap> ellipse(int width, int height, double cx, double cy, double rx, double ry, double hole = 0) {
  auto map = std::make_shared<ProbabilityMap>();
  map->width = width, map->height = height;
  map->values.resize(size_t(width) * size_t(height));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double dx = ((x + 0.5) / width - cx) / rx, dy = ((y + 0.5) / height - cy) / ry, r = std::sqrt(dx * dx + dy * dy);
      double p = 1 / (1 + std::exp((r - 1) * 12));
      if (hole > 0) p *= 1 - 1 / (1 + std::exp((r - hole) * 24));
      map->values[size_t(y) * size_t(width) + size_t(x)] = float(p);
    }
  return map;
}

inline std::shared_ptr<const MaskImage> maskOf(const ProbabilityMap& map) {
  auto mask = std::make_shared<MaskImage>();
  mask->width = map.width, mask->height = map.height;
  for (const float p : map.values) mask->pixels.push_back(p > 0.5f ? 255 : 0);
  return mask;
}

inline QList<ui::CaseRow> caseRows(int n) {
  QList<ui::CaseRow> rows;
  for (int i = 0; i < n; ++i) {
    const double dice = 1 - 0.75 * std::pow(std::fmod(i * 0.618 + 0.31, 1.0), 2.5);
    rows << ui::CaseRow{QStringLiteral("cju%1qkwl35piu%2").arg((i * 37) % 97, 2, 10, QLatin1Char('0')).arg(i, 3, 10, QLatin1Char('0')),
                        dice,
                        dice / (2 - dice),
                        std::min(1.0, dice + 0.03),
                        std::max(0.0, dice - 0.02),
                        0.04 + 0.26 * std::fmod(i * 0.377, 1.0)};
  }
  return rows;
}

// Classes of one hundred pictures each: most are right, the rest is taken for a neighbour or, now and then, for the first class.
inline QList<int> confusionCounts(int classes) {
  QList<int> counts(qsizetype(classes) * classes, 0);
  for (int t = 0; t < classes; ++t) {
    const int wrong = (t * 37 + 11) % 31, next = (t + 1) % classes;
    counts[qsizetype(t) * classes + t] += 100 - wrong;
    counts[qsizetype(t) * classes + next] += wrong - wrong / 3;
    counts[qsizetype(t) * classes] += wrong / 3;
  }
  return counts;
}

inline QStringList classNames(int classes) {
  static const QStringList breeds{
      QStringLiteral("Abyssinian"),   QStringLiteral("Bengal"),     QStringLiteral("Birman"),  QStringLiteral("British Shorthair"),
      QStringLiteral("Egyptian Mau"), QStringLiteral("Maine Coon"), QStringLiteral("Persian"), QStringLiteral("Ragdoll"),
      QStringLiteral("Siamese"),      QStringLiteral("Sphynx")};
  QStringList names;
  for (int i = 0; i < classes; ++i)
    names << (i < breeds.size() ? breeds[i] : QStringLiteral("%1 %2").arg(breeds[i % breeds.size()]).arg(i / breeds.size() + 1));
  return names;
}

inline QList<ui::ClassifiedRow> classifiedRows(int n, int classes) {
  QList<ui::ClassifiedRow> rows;
  for (int i = 0; i < n; ++i) {
    const int truth = i % classes;
    const bool isRight = (i * 13) % 7 != 0;
    const double probability = 0.45 + 0.54 * std::fmod(i * 0.377, 1.0);
    rows << ui::ClassifiedRow{QStringLiteral("val/%1_%2").arg(classNames(classes)[truth]).arg(i, 4, 10, QLatin1Char('0')), truth,
                              isRight ? truth : (truth + 1) % classes, probability, isRight ? probability : 0.9 * (1 - probability)};
  }
  return rows;
}

// A sweep over scheme, K, learning rate and seed, and some runs that went otherwise.
inline QList<ui::RunRow> runRows(int n) {
  const QStringList levels{QStringLiteral("neuron"), QStringLiteral("net"), QStringLiteral("layer")};
  const int ks[] = {1, 3, 10, 30};
  QList<ui::RunRow> rows;
  for (int i = 0; i < n; ++i) {
    ui::RunRow row;
    row.method = QStringLiteral("gps");
    row.level = levels[i % 3];
    row.criterion = QStringLiteral("gradient");
    row.keptPerRow = ks[(i / 3) % 4];
    row.learningRate = i % 2 == 0 ? 1e-3 : 3e-4;
    row.seed = quint64(1 + i % 3);
    row.id = QStringLiteral("sweep/k%1-%2-%3").arg(row.keptPerRow).arg(row.level).arg(i);
    row.precision = QStringLiteral("fp32");
    row.plannedEpochs = 20;
    row.epochs = i % 11 == 10 ? 7 : 20;
    row.phase = i % 11 == 10 ? ui::RunPhase::Failed : ui::RunPhase::Finished;
    if (i % 11 == 10) row.problem = QStringLiteral("the loss is not finite");
    row.best = 0.68 + 0.04 * ((i / 3) % 4) - 0.03 * (i % 3) + 0.002 * (i % 5);
    row.last = row.best - 0.01;
    row.bestEpoch = row.epochs - 1;
    row.trainable = 83712LL * row.keptPerRow + 4058340;
    row.deltaMib = 16 + 0.8 * row.keptPerRow;
    row.seconds = 180 + 7 * i;
    row.peakMib = 900 + 13 * i;
    row.startedMs = 1764000000000LL + 400000LL * i;
    row.isStarred = i % 7 == 2;
    if (i % 5 == 1) row.tags = QStringList{QStringLiteral("paper")};
    row.colour = i % ui::kRunSlots;
    rows << row;
  }
  return rows;
}

inline QList<ui::ParallelAxis> parallelAxes() {
  return {{QStringLiteral("Scheme"), {QStringLiteral("neuron"), QStringLiteral("net"), QStringLiteral("layer")}, false, false},
          {QStringLiteral("K"), {}, true, false},
          {QStringLiteral("Learning rate"), {}, true, false},
          {QStringLiteral("mean Dice"), {}, false, false}};
}

inline QList<ui::ParallelLine> parallelLines() {
  QList<ui::ParallelLine> lines;
  const auto rows = runRows(24);
  for (int i = 0; i < rows.size(); ++i)
    lines << ui::ParallelLine{
        rows[i].id, rows[i].id, {double(i % 3), double(rows[i].keptPerRow), rows[i].learningRate, rows[i].best}, i < 3 ? i : -1};
  return lines;
}

inline QList<ui::FrontierSeries> frontierSeries() {
  const auto mark = [](const char* k, double x, double mean, double sd, bool isEnough = false) {
    return ui::FrontierMark{QString::fromLatin1(k), x, mean, sd, 3, isEnough};
  };
  return {
      {QStringLiteral("neuron gradient"),
       0,
       {mark("1", 1, 0.741, 0.012), mark("3", 3, 0.782, 0.008, true), mark("10", 10, 0.785, 0.009)},
       false},
      {QStringLiteral("net random"), 1, {mark("1", 1, 0.655, 0.02), mark("3", 3, 0.7, 0.015), mark("10", 10, 0.735, 0.011, true)}, false},
      {QStringLiteral("full"), 2, {mark("", 0, 0.771, 0.006)}, true}};
}

}  // namespace gps::test
