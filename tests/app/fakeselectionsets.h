#pragma once
// Selection files without files: notes what it is asked for and says what the test tells it to say.
#include <cmath>
#include <functional>
#include <initializer_list>

#include "app/engine/selectionsetapi.h"

namespace gps::app {

// Of the model that sampleModel() opens, unless another base hash is given.
inline SelectionFacts sampleSelection(const QString& name, qint64 selected, int k = 3, const std::string& base = std::string(64, 'b')) {
  SelectionFacts facts;
  facts.path = QStringLiteral("/project/selection/") + name + QStringLiteral(".safetensors");
  facts.name = name;
  facts.selected = selected;
  facts.spec.keptPerRow = k;
  facts.spec.baseHash = base;
  facts.spec.modelId = "lite_medsam";
  facts.mapKey = QStringLiteral("map");
  facts.when = QDateTime(QDate(2026, 11, 20), QTime(10, 0));
  return facts;
}

inline Members groupOf(std::initializer_list<int> selections) {
  Members group;
  for (const int i : selections) group.add(std::size_t(i));
  return group;
}

// A comparison whose numbers fit together: as if 100 positions a block were chosen by all, 50 by each pair and 200 by each alone.
inline std::shared_ptr<const SelectionComparison> sampleComparison(const QStringList& names) {
  auto c = std::make_shared<SelectionComparison>();
  const int n = int(names.size());
  constexpr int kBlocks = 4;
  constexpr std::int64_t kAll = 100, kPair = 50, kAlone = 200;
  c->isRowWise = true;
  const std::int64_t pairs = n > 2 ? n * (n - 1) / 2 : 0, perSelection = kAll + (n > 2 ? (n - 1) * kPair : 0) + kAlone;
  c->chosenTimes.assign(std::size_t(n), 0);
  c->chosenTimesChance.assign(std::size_t(n), 0);
  const auto tell = [&](std::vector<std::int64_t>& times, std::int64_t blocks) {
    times.assign(std::size_t(n), 0);
    times[0] = n * kAlone * blocks;
    if (n > 2) times[1] = pairs * kPair * blocks;
    times[std::size_t(n) - 1] += kAll * blocks;
  };
  tell(c->chosenTimes, kBlocks);
  for (int t = 0; t < n; ++t) c->chosenTimesChance[std::size_t(t)] = double(n * kAlone * kBlocks) / std::pow(20.0, t);
  for (const auto count : c->chosenTimes) c->inAny += count;
  c->inAll = kAll * kBlocks;
  for (const QString& name : names) {
    ComparedSelection one;
    one.name = name.toStdString();
    one.selected = perSelection * kBlocks;
    one.specific = kAlone * kBlocks;
    one.shared = one.selected - one.specific;
    one.inAnother = {double(one.shared) / double(one.selected), 0.01};
    one.inAll = {double(c->inAll) / double(one.selected), 0.0001};
    c->selections.push_back(one);
  }
  c->inAnother = c->selections[0].inAnother;
  c->inAllOf = c->selections[0].inAll;
  const std::int64_t both = kAll + (n > 2 ? kPair : 0);
  const double jaccard = double(both) / double(2 * perSelection - both);
  for (int a = 0; a < n; ++a)
    for (int b = a + 1; b < n; ++b) {
      PairAgreement pair;
      pair.a = a;
      pair.b = b;
      pair.both = both * kBlocks;
      pair.either = (2 * perSelection - both) * kBlocks;
      pair.jaccard = jaccard;
      pair.jaccardChance = 0.004;
      c->pairs.push_back(pair);
      if (n > 2) c->combinations.push_back({groupOf({a, b}), kPair * kBlocks});
    }
  c->combinations.push_back({Members::firstOnes(std::size_t(n)), kAll * kBlocks});
  for (int a = 0; a < n; ++a) c->combinations.push_back({groupOf({a}), kAlone * kBlocks});
  for (int block = 0; block < kBlocks; ++block) {
    ComparedBlock row;
    row.block = std::to_string(block);
    row.available = 100000;
    row.selected.assign(std::size_t(n), perSelection);
    tell(row.chosenTimes, 1);
    row.chosenTimesChance.assign(std::size_t(n), 1);
    row.specific = n * kAlone;
    row.inAll = kAll;
    row.shared = kAll + pairs * kPair;
    row.inAnother = c->inAnother;
    row.inAllOf = c->inAllOf;
    row.jaccardMean = jaccard;
    row.jaccardChanceMean = 0.004;
    c->blocks.push_back(row);
    row.kind = "qkv";
    c->perBlock.push_back(row);
  }
  ComparedBlock kind;
  kind.kind = "qkv";
  c->kinds.push_back(kind);
  return c;
}

class FakeSelectionSets : public SelectionSetApi {
  Q_OBJECT
 public:
  SetRequestId list(const QString& projectFolder) override {
    listedFolder = projectFolder;
    listing = ++m_last;
    if (answers) later([this, id = listing] { Q_EMIT listed(id, files); });
    return listing;
  }
  SetRequestId compare(const CompareRequest& request) override {
    compareRequest = request;
    ++compares;
    comparing = ++m_last;
    if (answers) later([this, id = comparing, request] { Q_EMIT compared(id, {request, sampleComparison(request.names)}); });
    return comparing;
  }
  SetRequestId compareCurrent(const SelectionSpec& spec, const CompareRequest& others) override {
    scheme = spec;
    compareRequest = others;
    ++currents;
    comparing = ++m_last;
    if (answers)
      later([this, id = comparing, others] { Q_EMIT compared(id, {others, sampleComparison(QStringList{QString()} + others.names)}); });
    return comparing;
  }
  SetRequestId combine(const CombineRequest& request) override {
    combineRequest = request;
    return writing = ++m_last;
  }
  SetRequestId copyIn(const QString& from, const QString& out) override {
    copiedFrom = from;
    copiedTo = out;
    return writing = ++m_last;
  }
  SetRequestId rename(const QString& from, const QString& to) override {
    renamedFrom = from;
    renamedTo = to;
    return moving = ++m_last;
  }
  SetRequestId moveToTrash(const QString& path) override {
    trashed = path;
    return moving = ++m_last;
  }
  void cancel(SetRequestId id) override {
    if (id != 0) cancelled << id;
  }

  // With `answers` every list and comparison is answered by itself.
  bool answers = false;
  QList<SelectionFacts> files;
  QString listedFolder, copiedFrom, copiedTo, renamedFrom, renamedTo, trashed;
  CompareRequest compareRequest;
  CombineRequest combineRequest;
  SelectionSpec scheme;
  SetRequestId listing = 0, comparing = 0, writing = 0, moving = 0;
  QList<SetRequestId> cancelled;
  int compares = 0, currents = 0;

 private:
  void later(std::function<void()> answer) { QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection); }
  SetRequestId m_last = 0;
};

}  // namespace gps::app
