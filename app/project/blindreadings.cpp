#include "app/project/blindreadings.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "widgets/tabletext.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFormat = "gps-blind-readings/1"_L1;
constexpr auto kFile = "/blind-readings.json"_L1;

QJsonObject toJson(const BlindReading& r) {
  QJsonArray methods, votes;
  for (const auto& m : r.methods) methods.append(QJsonObject{{"title"_L1, m.title}, {"run"_L1, m.run}, {"epoch"_L1, m.epoch}});
  for (const int vote : r.votes) votes.append(vote);
  // As text: JSON's numbers do not hold 64 bits.
  return {{"name"_L1, r.name},
          {"reader"_L1, r.reader},
          {"begun"_L1, r.begun},
          {"seed"_L1, QString::number(r.seed)},
          {"threshold"_L1, r.threshold},
          {"methods"_L1, methods},
          {"cases"_L1, QJsonArray::fromStringList(r.cases)},
          {"places"_L1, votes},
          {"unblinded"_L1, r.isUnblinded}};
}

std::optional<BlindReading> fromJson(const QJsonObject& o) {
  BlindReading r{o.value("name"_L1).toString(), o.value("reader"_L1).toString(), o.value("begun"_L1).toString(),
                 o.value("seed"_L1).toString().toULongLong(), std::clamp(o.value("threshold"_L1).toDouble(0.5), 0.0, 1.0)};
  for (const auto& value : o.value("methods"_L1).toArray()) {
    const QJsonObject m = value.toObject();
    r.methods.append({m.value("title"_L1).toString(), m.value("run"_L1).toString(), m.value("epoch"_L1).toInt()});
  }
  for (const auto& value : o.value("cases"_L1).toArray()) r.cases << value.toString();
  for (const auto& value : o.value("places"_L1).toArray()) r.votes << std::clamp(value.toInt(kTieVote), kTieVote, kMostMethods - 1);
  r.isUnblinded = o.value("unblinded"_L1).toBool() && r.isComplete();
  const bool isSound = r.methods.size() >= kFewestMethods && r.methods.size() <= kMostMethods && r.votes.size() <= r.cases.size();
  return isSound ? std::optional(r) : std::nullopt;
}

std::vector<PlaceVote> votesOf(const BlindReading& r) {
  std::vector<PlaceVote> votes;
  for (qsizetype i = 0; i < r.votes.size(); ++i) votes.push_back({r.cases[i].toStdString(), r.votes[i]});
  return votes;
}

}  // namespace

BlindReadings::BlindReadings(QObject* parent) : QObject(parent), m_store(kFormat) {
  connect(&m_store, &JsonStore::read, this, &BlindReadings::take);
  connect(&m_store, &JsonStore::problemChanged, this, &BlindReadings::problemChanged);
}

void BlindReadings::setProject(const QString& folder) {
  const QString path = folder.isEmpty() ? QString() : folder + kFile;
  if (path == m_store.path()) return;
  m_store.setPath(path);
  m_all.clear();
  m_current = -1;
  Q_EMIT changed();
}

void BlindReadings::take(const QJsonObject& root) {
  m_all.clear();
  m_current = -1;
  for (const auto& value : root.value("readings"_L1).toArray())
    if (const auto reading = fromJson(value.toObject())) m_all.append(*reading);
  Q_EMIT changed();
}

void BlindReadings::save() {
  QJsonArray all;
  for (const auto& reading : m_all) all.append(toJson(reading));
  m_store.write({{"readings"_L1, all}});
  Q_EMIT changed();
}

const BlindReading* BlindReadings::current() const { return m_current >= 0 && m_current < m_all.size() ? &m_all[m_current] : nullptr; }
BlindReading* BlindReadings::edited() { return m_current >= 0 && m_current < m_all.size() ? &m_all[m_current] : nullptr; }

void BlindReadings::begin(const QString& reader, const QList<BlindMethod>& methods, const QStringList& caseIds, int count, quint64 seed,
                          double threshold) {
  if (!isRead() || methods.size() < kFewestMethods || methods.size() > kMostMethods || caseIds.isEmpty() || count < 1) return;
  std::vector<std::string> ids;
  for (const QString& id : caseIds) ids.push_back(id.toStdString());
  const auto now = QDateTime::currentDateTimeUtc();
  BlindReading reading{
      reader + u' ' + now.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s), reader, now.toString(Qt::ISODate), seed, threshold, methods};
  for (const auto& id : blindCases(seed, std::move(ids))) {
    if (reading.cases.size() >= count) break;
    reading.cases << QString::fromStdString(id);
  }
  m_all.prepend(reading);
  m_current = 0;
  save();
}

void BlindReadings::open(int index) {
  m_current = index >= 0 && index < m_all.size() ? index : -1;
  Q_EMIT changed();
}

QString BlindReadings::caseId() const { return current() ? current()->cases.value(current()->votes.size()) : QString(); }
QString BlindReadings::nextCaseId() const { return current() ? current()->cases.value(current()->votes.size() + 1) : QString(); }

QList<int> BlindReadings::places(const QString& caseId) const {
  if (!current()) return {};
  const auto order = blindOrder(current()->seed, caseId.toStdString(), int(current()->methods.size()));
  return QList<int>(order.begin(), order.end());
}

void BlindReadings::vote(int place) {
  BlindReading* reading = edited();
  if (!reading || reading->isComplete() || place < kTieVote || place >= reading->methods.size()) return;
  reading->votes << place;
  save();
}

void BlindReadings::takeBack() {
  BlindReading* reading = edited();
  if (!reading || reading->votes.isEmpty() || reading->isUnblinded) return;
  reading->votes.removeLast();
  save();
}

void BlindReadings::unblind() {
  BlindReading* reading = edited();
  if (!reading || !reading->isComplete() || reading->isUnblinded) return;
  reading->isUnblinded = true;
  save();
}

std::optional<BlindResult> BlindReadings::result() const {
  const BlindReading* reading = current();
  if (!reading || !reading->isUnblinded) return std::nullopt;
  return gps::unblind(reading->seed, int(reading->methods.size()), votesOf(*reading));
}

QByteArray BlindReadings::csv() const {
  const BlindReading* reading = current();
  if (!reading) return {};
  const auto outcome = result();
  QList<QStringList> rows;
  for (qsizetype i = 0; i < reading->votes.size(); ++i) {
    const int vote = reading->votes[i];
    QStringList row{reading->reader, reading->cases[i], vote == kTieVote ? u"no difference"_s : QString(QChar(u'A' + vote))};
    if (outcome) {
      const int method = outcome->votedMethod[std::size_t(i)];
      row << (method == kTieVote ? u"no difference"_s : reading->methods[method].title);
      for (const int at : places(reading->cases[i])) row << reading->methods[at].title;
    }
    rows << (row << QString::number(reading->threshold));
  }
  QStringList columns{u"reader"_s, u"image"_s, u"vote"_s};
  if (outcome) {
    columns << u"voted_method"_s;
    for (qsizetype i = 0; i < reading->methods.size(); ++i) columns << u"method_at_%1"_s.arg(QChar(u'A' + char16_t(i)));
  }
  columns << u"threshold"_s;
  return ui::tableText(ui::textTable(columns, rows), ui::TableFormat::Csv).toUtf8();
}

QByteArray BlindReadings::json() const {
  const BlindReading* reading = current();
  if (!reading) return {};
  QJsonObject root = toJson(*reading);
  root.insert("format"_L1, "gps-blind-reading/1"_L1);
  if (const auto outcome = result()) {
    QJsonArray votes, pairs;
    for (std::size_t m = 0; m < outcome->perMethod.size(); ++m)
      votes.append(QJsonObject{{"method"_L1, reading->methods[qsizetype(m)].title}, {"votes"_L1, outcome->perMethod[m]}});
    for (const auto& pair : outcome->pairs)
      pairs.append(QJsonObject{{"first"_L1, reading->methods[pair.first].title},
                               {"second"_L1, reading->methods[pair.second].title},
                               {"votes_first"_L1, qint64(pair.test.first)},
                               {"votes_second"_L1, qint64(pair.test.second)},
                               {"ties_left_out"_L1, qint64(pair.test.ties)},
                               {"share_first"_L1, pair.test.share},
                               {"low"_L1, pair.test.interval.low},
                               {"high"_L1, pair.test.interval.high},
                               {"p"_L1, pair.test.p},
                               {"p_holm"_L1, pair.adjustedP}});
    root.insert("result"_L1, QJsonObject{{"votes"_L1, votes},
                                         {"no_difference"_L1, outcome->ties},
                                         {"pairs"_L1, pairs},
                                         {"definition"_L1,
                                          "two-sided sign test, exact binomial against one half; votes for no difference, or for a "
                                          "third method, are left out; share with its exact 95 % interval (Clopper-Pearson); p_holm: "
                                          "adjusted over all pairs by Holm"_L1}});
  }
  return QJsonDocument(root).toJson();
}

}  // namespace gps::app
