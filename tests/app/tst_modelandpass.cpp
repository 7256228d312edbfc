// The engine's own model and gradient pass: other weights that cannot be opened leave what is open, and a pass outlives the program. A
// small network with random weights on class folders.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/engine/coreengine.h"
#include "app/project/session.h"
#include "core/backbones/model.h"
#include "core/checkpoints/exporting.h"
#include "core/checkpoints/gradientfieldfile.h"
#include "core/io/imagewriter.h"
#include "tests/core/stripes.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {
constexpr int kLongMs = 60000;
}

class TestModelAndPass : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    makePictures(u"set"_s, 12);
    makePictures(u"other"_s, 9);
    makeWeights(u"vit.safetensors"_s, 3);
    makeWeights(u"vit2.safetensors"_s, 4);
  }
  void init() {
    m_settings = std::make_unique<AppSettings>(at(u"settings.ini"_s));
    restart();
  }
  void cleanup() {
    m_session.reset();
    m_engine.reset();
  }

  void weightsThatCannotBeOpenedChangeNothing() {
    openAll();
    runPass();
    const auto model = session().model();
    const auto table = session().table();
    const QString project = session().project().folder;
    write(u"letter.pth"_s, "Dear Sir or Madam");
    write(u"cut.safetensors"_s, head(u"vit2.safetensors"_s, 100000));
    for (const QString& wrong : {at(u"letter.pth"_s), at(u"cut.safetensors"_s), at(u"none.pth"_s)}) {
      session().openWeights(wrong, 32);
      QTRY_VERIFY_WITH_TIMEOUT(session().failure(JobKind::OpenModel) && !session().isBusy(), kLongMs);
      QVERIFY(session().failure(JobKind::OpenModel)->subject.contains(QFileInfo(wrong).fileName()));
      QCOMPARE(session().model(), model);
      QCOMPARE(session().table(), table);
      QCOMPARE(session().project().model.weightsPath, at(u"vit.safetensors"_s).toStdString());
      QCOMPARE(session().project().model.id, "vit_tiny_patch16_224");
      QVERIFY(session().project().model.imageSize == 32);
      session().dismissFailure(JobKind::OpenModel);
    }
    QVERIFY(session().document().save());
    QCOMPARE(readProject(project).model.weightsPath, at(u"vit.safetensors"_s).toStdString());
    // The engine still has it all: the pass answers another scheme, and the pictures are scored.
    SelectionSpec spec = session().project().selection;
    spec.level = Level::Layer;
    session().setSelection(spec);
    QTRY_VERIFY_WITH_TIMEOUT(session().table() && session().table()->spec.level == Level::Layer, kLongMs);
    QVERIFY(session().isTableOfScheme());
    session().scoreCases();
    QTRY_VERIFY_WITH_TIMEOUT(session().scores(0) && session().scores(0)->isComplete() && !session().isBusy(), kLongMs);
    QVERIFY(!session().failure(JobKind::Score));
  }

  void otherWeightsTakeTheirPlace() {
    openAll();
    runPass();
    const std::string former = session().model()->baseHash;
    session().openWeights(at(u"vit2.safetensors"_s), 32);
    QVERIFY(session().model());  // until the next one is there
    QTRY_VERIFY_WITH_TIMEOUT(session().model()->baseHash != former && !session().isBusy(), kLongMs);
    QVERIFY(!session().table());  // its pass was of other weights
    QCOMPARE(readProject(session().project().folder).model.weightsPath, at(u"vit2.safetensors"_s).toStdString());
    // And back: the kept pass is of these.
    session().openWeights(at(u"vit.safetensors"_s), 32);
    QTRY_VERIFY_WITH_TIMEOUT(session().table(), kLongMs);
    QCOMPARE(session().model()->baseHash, former);
  }

  void passOutlivesTheProgram() {
    openAll();
    runPass();
    const auto former = session().table();
    QVERIFY(!former->snapshots.empty());
    const QString project = session().project().folder;
    restart();
    session().openProjectFolder(project);
    QTRY_VERIFY_WITH_TIMEOUT(session().table(), kLongMs);
    const auto back = session().table();
    QVERIFY(back->hasPass);
    QCOMPARE(back->images, former->images);
    QCOMPARE(back->meanLoss, former->meanLoss);
    QCOMPARE(back->snapshots.size(), former->snapshots.size());
    QCOMPARE(back->counts.size(), former->counts.size());
    for (std::size_t i = 0; i < back->counts.size(); ++i) QCOMPARE(back->counts[i].selected, former->counts[i].selected);
    QVERIFY(session().isTableOfScheme());
    // It chooses what the pass chose, and trains without another one.
    TrainSpec draft = session().project().train;
    draft.epochs = 1;
    session().setTrainDraft(draft);
    session().startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(session().run().phase == RunView::Phase::Finished && !session().isBusy(), kLongMs);
    QCOMPARE(session().run().counts->selected, former->counts[std::size_t(session().project().selection.keptPerRow) - 1].selected);
    QFile log(session().run().folder + "/log.txt"_L1);
    QVERIFY(log.open(QIODevice::ReadOnly));
    QVERIFY(!log.readAll().contains("gradient pass"));
  }

  void passOfOtherPicturesIsNotTaken() {
    openAll();
    runPass();
    const QString kept = session().project().folder + "/pass.safetensors"_L1;
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(kept), kLongMs);
    const QString elsewhere = at(u"kept.safetensors"_s);
    QVERIFY(QFile::copy(kept, elsewhere));
    restart();
    session().openPictures(at(u"other"_s));
    QVERIFY(QFile::copy(elsewhere, session().project().folder + "/pass.safetensors"_L1));  // as of a data set that was changed
    session().openWeights(at(u"vit.safetensors"_s), 32);
    QTRY_VERIFY_WITH_TIMEOUT(session().model() && session().isDataChecked() && !session().isBusy(), kLongMs);
    session().openPass(elsewhere);  // asked for by name it is refused in words
    QTRY_VERIFY_WITH_TIMEOUT(session().failure(JobKind::OpenPass), kLongMs);
    QVERIFY(!session().table());
    QCOMPARE(session().failure(JobKind::OpenPass)->code, ErrorCode::Mismatch);
    QVERIFY(session().failure(JobKind::OpenPass)->cause.contains("other pictures"_L1));
    // Of these pictures: taken, from wherever it lies.
    restart();
    session().openPictures(at(u"set"_s));
    QFile::remove(session().project().folder + "/pass.safetensors"_L1);
    session().openWeights(at(u"vit.safetensors"_s), 32);
    QTRY_VERIFY_WITH_TIMEOUT(session().model() && session().isDataChecked() && !session().isBusy(), kLongMs);
    QVERIFY(!session().table());
    session().openPass(elsewhere);
    QTRY_VERIFY_WITH_TIMEOUT(session().table(), kLongMs);
  }

  void damagedPassIsToldOf() {
    openAll();
    runPass();
    const QString project = session().project().folder;
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(project + "/pass.safetensors"_L1), kLongMs);
    QFile file(project + "/pass.safetensors"_L1);
    restart();
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("\x10") == 1);
    file.close();
    session().openProjectFolder(project);
    QTRY_VERIFY_WITH_TIMEOUT(session().failure(JobKind::OpenPass), kLongMs);
    QCOMPARE(session().failure(JobKind::OpenPass)->code, ErrorCode::BadFile);
    QVERIFY(session().model() && !session().table());
    QFile::remove(project + "/pass.safetensors"_L1);
  }

 private:
  QString at(const QString& name) const { return m_dir.filePath(name); }
  Session& session() { return *m_session; }
  void restart() {
    m_session.reset();
    m_engine.reset();
    m_engine = std::make_unique<CoreEngine>();
    m_session = std::make_unique<Session>(*m_engine, *m_settings);
  }
  void makePictures(const QString& name, int perClass) {
    const test::StripeSource source;
    for (const auto& item : test::stripes(perClass, 6).items) {
      const QString folder = at(name) + u'/' + QString::fromStdString(item.split + "/" + item.className);
      QVERIFY(QDir().mkpath(folder));
      writeRgb((folder + u'/' + QString::fromStdString(item.id) + ".png"_L1).toStdString(), source.loadImage(item.imagePath));
    }
  }
  void makeWeights(const QString& name, std::uint64_t seed) {
    const auto model = Model::create("vit_tiny_patch16_224", 32);
    model->fillRandom(seed);
    exportWeights(*model, at(name).toStdString());
  }
  QByteArray head(const QString& name, qint64 bytes) const {
    QFile file(at(name));
    return file.open(QIODevice::ReadOnly) ? file.read(bytes) : QByteArray();
  }
  void write(const QString& name, const QByteArray& bytes) {
    QFile file(at(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
  }
  void openAll() {
    session().openPictures(at(u"set"_s));
    QFile::remove(session().project().folder + "/pass.safetensors"_L1);  // of the function before
    session().openWeights(at(u"vit.safetensors"_s), 32);
    QTRY_VERIFY_WITH_TIMEOUT(session().model() && session().isDataChecked() && !session().isBusy(), kLongMs);
    QVERIFY(!session().table());
  }
  void runPass() {
    session().runGradientPass();
    QTRY_VERIFY_WITH_TIMEOUT(session().table() && !session().isBusy(), kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(session().project().folder + "/pass.safetensors"_L1), kLongMs);
  }

  QTemporaryDir m_dir;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<CoreEngine> m_engine;
  std::unique_ptr<Session> m_session;
};

QTEST_MAIN(TestModelAndPass)
#include "tst_modelandpass.moc"
