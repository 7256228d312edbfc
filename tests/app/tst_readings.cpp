// Ratings, remarks and blind readings: what is kept, what comes back, and what is told only at the end.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/project/blindreadings.h"
#include "app/project/readings.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestReadings : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { m_dir = std::make_unique<QTemporaryDir>(); }

  void ratingsComeBackByReaderAndPredictions() {
    {
      Readings readings;
      open(readings, u"Ann"_s, u"untuned"_s);
      readings.rate(u"a"_s, 4);
      readings.setRemark(u"a"_s, u"  edge, cut \"off\" "_s);
      readings.rate(u"b"_s, 2);
      readings.setPredictions(u"k1@7"_s);
      readings.rate(u"a"_s, 5);
      readings.setReader(u"Bo"_s);
      readings.rate(u"a"_s, 1);
    }  // written when it goes
    Readings again;
    open(again, u"Ann"_s, u"untuned"_s);
    QCOMPARE(again.of(u"a"_s).rating, 4);
    QCOMPARE(again.of(u"a"_s).remark, u"edge, cut \"off\""_s);
    QCOMPARE(again.last(), u"b"_s);
    QCOMPARE(again.count(), 2);
    again.setPredictions(u"k1@7"_s);
    QCOMPARE(again.of(u"a"_s).rating, 5);
    again.setReader(u"Bo"_s);
    QCOMPARE(again.of(u"a"_s).rating, 1);
    QCOMPARE(again.readers(), (QStringList{u"Ann"_s, u"Bo"_s}));
    const QString csv = QString::fromUtf8(again.csv());
    QVERIFY(csv.startsWith(u"reader,predictions,image,rating,remark,changed_utc\n"_s));
    QVERIFY(csv.contains(u"Ann,untuned,a,4,\"edge, cut \"\"off\"\"\","_s));
    QCOMPARE(csv.count(u'\n'), 5);
    QCOMPARE(QJsonDocument::fromJson(again.json()).object().value(u"format"_s).toString(), u"gps-readings/1"_s);
  }

  void theSameRatingAgainTakesItBack() {
    Readings readings;
    open(readings, u"Ann"_s, u"untuned"_s);
    readings.rate(u"a"_s, 3);
    readings.rate(u"a"_s, 3);
    QVERIFY(readings.of(u"a"_s).isEmpty());
    QCOMPARE(readings.count(), 0);
    readings.rate(u"a"_s, 6);
    QCOMPARE(readings.of(u"a"_s).rating, 0);
  }

  void aDamagedFileIsKept() {
    const QString path = m_dir->filePath(u"readings.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"format\": \"gps-read");
    file.close();
    Readings readings;
    open(readings, u"Ann"_s, u"untuned"_s);
    QVERIFY(!readings.problem().isEmpty());
    QVERIFY(QFile::exists(path + u".damaged"_s));
    readings.rate(u"a"_s, 3);
    readings.flush();
    QVERIFY(contentOf(path).contains("\"rating\": 3"));
  }

  void nothingIsSaidBeforeItIsRead() {
    Readings readings;
    readings.setReader(u"Ann"_s);
    readings.rate(u"a"_s, 3);
    QCOMPARE(readings.count(), 0);
  }

  void aBlindReadingGoesOnWhereItWasLeft() {
    QStringList order;
    {
      BlindReadings readings;
      open(readings);
      readings.begin(u"Ann"_s, methods(), ids(9), 6, 5);
      QCOMPARE(readings.current()->cases.size(), 6);
      order = readings.current()->cases;
      QVERIFY(order != ids(9).mid(0, 6));
      QCOMPARE(readings.caseId(), order[0]);
      QCOMPARE(readings.nextCaseId(), order[1]);
      readings.vote(0);
      readings.vote(kTieVote);
      readings.vote(1);
      readings.takeBack();
    }
    BlindReadings again;
    open(again);
    QCOMPARE(again.all().size(), 1);
    QVERIFY(!again.current());
    again.open(0);
    QCOMPARE(again.current()->votes, (QList<int>{0, kTieVote}));
    QCOMPARE(again.caseId(), order[2]);
    QCOMPARE(again.current()->methods, methods());
  }

  void theThresholdIsTheReadings() {
    {
      BlindReadings readings;
      open(readings);
      readings.begin(u"Ann"_s, methods(), ids(2), 1, 5, 0.35);
      readings.vote(0);
      readings.unblind();
      QVERIFY2(readings.csv().trimmed().endsWith(",0.35"), readings.csv().constData());
      QCOMPARE(QJsonDocument::fromJson(readings.json()).object().value(u"threshold"_s).toDouble(), 0.35);
    }
    {
      BlindReadings again;
      open(again);
      QCOMPARE(again.all().value(0).threshold, 0.35);
    }
    // Files of before had none: they were read at one half.
    QFile file(m_dir->filePath(u"blind-readings.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    file.close();
    QJsonArray all = root.value(u"readings"_s).toArray();
    QJsonObject first = all[0].toObject();
    QVERIFY(first.contains(u"threshold"_s));
    first.remove(u"threshold"_s);
    all[0] = first;
    root.insert(u"readings"_s, all);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(root).toJson());
    file.close();
    BlindReadings older;
    open(older);
    QCOMPARE(older.all().value(0).threshold, 0.5);
  }

  void nobodyLearnsAnythingBeforeTheEnd() {
    BlindReadings readings;
    open(readings);
    readings.begin(u"Ann"_s, methods(), ids(4), 4, 5);
    for (int i = 0; i < 3; ++i) readings.vote(0);
    readings.unblind();
    QVERIFY(!readings.current()->isUnblinded);
    QVERIFY(!readings.result());
    QVERIFY(!readings.csv().contains("k3-run"));
    readings.vote(1);
    QVERIFY(readings.current()->isComplete());
    QVERIFY(!readings.result());  // read, and still hidden
    readings.takeBack();
    readings.vote(0);
    readings.unblind();
    QVERIFY(readings.result());
    readings.takeBack();  // too late
    readings.vote(0);
    QCOMPARE(readings.current()->votes.size(), 4);
    const QString csv = QString::fromUtf8(readings.csv());
    QVERIFY(csv.startsWith(u"reader,image,vote,voted_method,method_at_A,method_at_B,threshold\n"_s));
    QCOMPARE(csv.count(u'\n'), 5);
  }

  // A reader who always prefers the second method, wherever it stands.
  void votesAreForMethodsNotPlaces() {
    BlindReadings readings;
    open(readings);
    readings.begin(u"Ann"_s, methods(), ids(20), 20, 77);
    while (!readings.current()->isComplete()) readings.vote(int(readings.places(readings.caseId()).indexOf(1)));
    readings.unblind();
    const auto result = readings.result();
    QVERIFY(result);
    QCOMPARE(result->perMethod[1], 20);
    QVERIFY(result->pairs[0].test.p < 1e-5);
    const auto json = QJsonDocument::fromJson(readings.json()).object();
    QCOMPARE(json.value(u"result"_s).toObject().value(u"no_difference"_s).toInt(), 0);
    QVERIFY(json.value(u"result"_s).toObject().contains(u"definition"_s));
  }

  void refusesWhatIsNoReading() {
    BlindReadings readings;
    open(readings);
    readings.begin(u"Ann"_s, {methods()[0]}, ids(4), 4, 1);
    readings.begin(u"Ann"_s, methods(), {}, 4, 1);
    QVERIFY(readings.all().isEmpty());
    readings.begin(u"Ann"_s, methods(), ids(4), 4, 1);
    readings.vote(2);  // there are two places
    readings.vote(-5);
    QVERIFY(readings.current()->votes.isEmpty());
  }

 private:
  void open(Readings& readings, const QString& reader, const QString& predictions) {
    readings.setReader(reader);
    readings.setPredictions(predictions);
    readings.setProject(m_dir->path());
    QTRY_VERIFY(readings.isRead());
  }
  void open(BlindReadings& readings) {
    readings.setProject(m_dir->path());
    QTRY_VERIFY(readings.isRead());
  }
  static QList<BlindMethod> methods() { return {{u"Untuned model"_s, {}, 0}, {u"k3-run"_s, u"k3-run"_s, 4}}; }
  static QStringList ids(int n) {
    QStringList all;
    for (int i = 0; i < n; ++i) all << u"case_%1"_s.arg(i);
    return all;
  }
  std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_MAIN(TestReadings)
#include "tst_readings.moc"
