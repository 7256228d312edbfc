#include "app/project/readings.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "widgets/tabletext.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr auto kFormat = "gps-readings/1"_L1;
constexpr auto kFile = "/readings.json"_L1;
}  // namespace

Readings::Readings(QObject* parent) : QObject(parent), m_store(kFormat) {
  connect(&m_store, &JsonStore::read, this, &Readings::take);
  connect(&m_store, &JsonStore::problemChanged, this, &Readings::problemChanged);
}

void Readings::setProject(const QString& folder) {
  const QString path = folder.isEmpty() ? QString() : folder + kFile;
  if (path == m_store.path()) return;
  m_store.setPath(path);
  m_sheets.clear();
  Q_EMIT changed();
}

void Readings::take(const QJsonObject& root) {
  m_sheets.clear();
  for (const auto& value : root.value("readings"_L1).toArray()) {
    const QJsonObject o = value.toObject();
    Sheet& sheet = m_sheets[{o.value("reader"_L1).toString(), o.value("predictions"_L1).toString()}];
    sheet.last = o.value("last"_L1).toString();
    const QJsonObject cases = o.value("cases"_L1).toObject();
    for (auto it = cases.begin(); it != cases.end(); ++it) {
      const QJsonObject c = it.value().toObject();
      sheet.cases.insert(it.key(), {std::clamp(c.value("rating"_L1).toInt(), 0, kMost), c.value("remark"_L1).toString(),
                                    c.value("changed"_L1).toString()});
    }
  }
  Q_EMIT changed();
}

QJsonObject Readings::toJson() const {
  QJsonArray sheets;
  for (auto it = m_sheets.begin(); it != m_sheets.end(); ++it) {
    QJsonObject cases;
    for (auto c = it->cases.begin(); c != it->cases.end(); ++c) {
      QJsonObject reading{{"changed"_L1, c->changed}};
      if (c->rating > 0) reading.insert("rating"_L1, c->rating);
      if (!c->remark.isEmpty()) reading.insert("remark"_L1, c->remark);
      cases.insert(c.key(), reading);
    }
    sheets.append(
        QJsonObject{{"reader"_L1, it.key().first}, {"predictions"_L1, it.key().second}, {"last"_L1, it->last}, {"cases"_L1, cases}});
  }
  return {{"format"_L1, kFormat}, {"readings"_L1, sheets}};
}

void Readings::setReader(const QString& name) {
  if (name == m_reader) return;
  m_reader = name;
  Q_EMIT changed();
}

void Readings::setPredictions(const QString& key) {
  if (key == m_predictions) return;
  m_predictions = key;
  Q_EMIT changed();
}

const Readings::Sheet* Readings::sheet() const {
  const auto it = m_sheets.constFind({m_reader, m_predictions});
  return it == m_sheets.cend() ? nullptr : &*it;
}

Reading Readings::of(const QString& caseId) const {
  const Sheet* known = sheet();
  return known ? known->cases.value(caseId) : Reading{};
}

void Readings::edit(const QString& caseId, const std::function<void(Reading&)>& change) {
  if (!isRead() || caseId.isEmpty()) return;
  Reading reading = of(caseId);
  const Reading before = reading;
  change(reading);
  if (reading == before) return;
  reading.changed = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
  Sheet& own = m_sheets[{m_reader, m_predictions}];
  if (reading.isEmpty())
    own.cases.remove(caseId);
  else
    own.cases.insert(caseId, reading);
  own.last = caseId;
  m_store.write(toJson());
  Q_EMIT changed();
}

void Readings::rate(const QString& caseId, int rating) {
  if (rating < 0 || rating > kMost) return;
  edit(caseId, [rating](Reading& r) { r.rating = r.rating == rating ? 0 : rating; });
}

void Readings::setRemark(const QString& caseId, const QString& remark) {
  edit(caseId, [text = remark.trimmed()](Reading& r) { r.remark = text; });
}

QString Readings::last() const { return sheet() ? sheet()->last : QString(); }
int Readings::count() const { return sheet() ? int(sheet()->cases.size()) : 0; }

QStringList Readings::readers() const {
  QStringList names;
  for (auto it = m_sheets.begin(); it != m_sheets.end(); ++it)
    if (!names.contains(it.key().first)) names << it.key().first;
  return names;
}

QByteArray Readings::csv() const {
  QList<QStringList> rows;
  for (auto it = m_sheets.begin(); it != m_sheets.end(); ++it)
    for (auto c = it->cases.begin(); c != it->cases.end(); ++c)
      rows << QStringList{it.key().first, it.key().second, c.key(), c->rating > 0 ? QString::number(c->rating) : QString(),
                          c->remark,      c->changed};
  const auto table = ui::textTable({u"reader"_s, u"predictions"_s, u"image"_s, u"rating"_s, u"remark"_s, u"changed_utc"_s}, rows);
  return ui::tableText(table, ui::TableFormat::Csv).toUtf8();
}

QByteArray Readings::json() const { return QJsonDocument(toJson()).toJson(); }

}  // namespace gps::app
