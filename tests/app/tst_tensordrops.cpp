// A .safetensors file that is dropped on the window: weights, or what this program wrote. Nothing that is open is lost to a wrong one.
#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <QtEndian>

#include "app/project/tensorskind.h"
#include "lookingfixture.h"
#include "widgets/noticebar.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestTensorDrops : public QObject, protected LookingFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void headersAreTold() {
    QCOMPARE(tensorsKindOf(file(R"({"w":{}})")), TensorsKind::Weights);
    QCOMPARE(tensorsKindOf(metadata("format", "pt")), TensorsKind::Weights);
    QCOMPARE(tensorsKindOf(metadata("pack", "{}")), TensorsKind::Pack);
    QCOMPARE(tensorsKindOf(metadata("format", "gps-selection/1")), TensorsKind::Selection);
    QCOMPARE(tensorsKindOf(metadata("format", "gps-delta/1")), TensorsKind::Delta);
    QCOMPARE(tensorsKindOf(metadata("format", "gps-gradient/1")), TensorsKind::GradientPass);
    QCOMPARE(tensorsKindOf(metadata("format", "gps-state/2")), TensorsKind::Other);
    QCOMPARE(tensorsKindOf(m_dir->filePath(u"none.safetensors"_s)), TensorsKind::Unreadable);
    // What is no such file is opened like weights, and the reader says what is wrong with it.
    QCOMPARE(tensorsKindOf(raw("abc")), TensorsKind::Weights);
    QCOMPARE(tensorsKindOf(raw(QByteArray(64, '\xff'))), TensorsKind::Weights);
    QCOMPARE(tensorsKindOf(file("{not json")), TensorsKind::Weights);
  }

  void eachGoesWhereItBelongs() {
    openSample();
    const auto model = session().model();
    const QString selection = metadata("format", "gps-selection/1"), delta = metadata("format", "gps-delta/1");
    drop(selection);
    QTRY_COMPARE(m_engine->sets.copiedFrom, selection);
    QCOMPARE(m_window->currentPage(), u"compare"_s);
    drop(delta);
    QTRY_COMPARE(m_engine->sets.copiedFrom, delta);
    const auto offered = m_engine->openedPasses.size();
    drop(metadata("format", "gps-gradient/1"));
    QTRY_COMPARE(m_engine->openedPasses.size(), offered + 1);
    QVERIFY(!m_engine->openedPasses.last().isOffered);
    QCOMPARE(m_window->currentPage(), u"selection"_s);
    drop(metadata("format", "gps-state/2"));
    QTRY_VERIFY2(notice().contains(u"What was open stays open"_s), qPrintable(notice()));
    QCOMPARE(session().model(), model);
    const QString weights = file(R"({"w":{}})");
    drop(weights);
    QTRY_COMPARE(m_engine->modelSpec.weightsPath, weights.toStdString());
    QCOMPARE(m_window->currentPage(), u"model"_s);
    m_engine->end(JobOutcome::Failed, {JobKind::OpenModel, ErrorCode::BadFile, weights, u"is no model"_s, {}, {}});
    QCOMPARE(session().model(), model);
    const QString pack = metadata("pack", "{}");
    drop(pack);
    QTRY_COMPARE(session().project().dataFolder, pack);
  }

  void nothingIsTakenFromARun() {
    openSample();
    session().startTraining();
    const std::string before = m_engine->modelSpec.weightsPath;
    const RunId training = m_engine->last();
    const auto model = session().model();
    for (const QString& dropped : {file(R"({"w":{}})"), m_dir->filePath(u"other.pth"_s), metadata("format", "gps-gradient/1")}) {
      drop(dropped);
      QTRY_VERIFY2(m_window->noticeBar()->isVisible() && notice().contains(QFileInfo(dropped).fileName()), qPrintable(notice()));
    }
    QCOMPARE(m_engine->last(), training);
    QCOMPARE(m_engine->modelSpec.weightsPath, before);
    QCOMPARE(session().model(), model);
    QVERIFY(session().isTraining());
    m_engine->end();
  }

  void aPassThatIsNotTakenIsToldOf() {
    openSample();
    const auto table = session().table();
    session().openPass(u"/far/pass.safetensors"_s);
    m_engine->say(m_engine->lastSmall(), JobEnded{JobKind::OpenPass,
                                                  JobOutcome::Failed,
                                                  {JobKind::OpenPass,
                                                   ErrorCode::Mismatch,
                                                   u"/far/pass.safetensors"_s,
                                                   u"was measured on other pictures"_s,
                                                   u"Run the gradient pass"_s,
                                                   {}}});
    QVERIFY2(notice().contains(u"could not be opened"_s), qPrintable(notice()));
    QCOMPARE(session().table(), table);
  }

 private:
  QString raw(const QByteArray& bytes) {
    const QString path = m_dir->filePath(u"file%1.safetensors"_s.arg(++m_files));
    QFile out(path);
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() ? path : QString();
  }
  QString file(const QByteArray& header) {
    QByteArray length(8, 0);
    qToLittleEndian(quint64(header.size()), length.data());
    return raw(length + header);
  }
  QString metadata(const char* key, const char* value) {
    return file(R"({"__metadata__":{")" + QByteArray(key) + R"(":")" + value + R"("}})");
  }
  QString notice() const { return wordsOn(*m_window->noticeBar()); }
  int m_files = 0;
};

QTEST_MAIN(TestTensorDrops)
#include "tst_tensordrops.moc"
