// Walk 8 with the real engine and the small pretrained model: the epochs of a run on one polyp, by slider; GIF and PNG sequence, read back;
// the delta taken out, and the base is the bytes it was.
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/epochtravel.h"
#include "app/pages/cases/viewcard.h"
#include "app/pages/casespage.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/exporting.h"
#include "core/checkpoints/loading.h"
#include "tests/app/gifframes.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {
constexpr int kLong = 300000, kEpochs = 20, kImageSize = 64;  // a quarter of the work of the demonstration
}

class TestWalkEpochs : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (findSampleWeights().isEmpty()) QSKIP("the sample weights are not there: set GPS_DEPS or GPS_WEIGHTS");
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
  }

  void walk() {
    AppSettings settings(at("settings.ini"));
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.resize(1440, 900);
    window.show();
    Session& session = window.session();
    session.openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(session.isDataChecked() && session.model() && !session.isBusy(), kLong);
    session.setImageSize(kImageSize);
    QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), kLong);
    TrainSpec draft = session.project().train;
    draft.epochs = kEpochs;
    draft.batch = 4;
    draft.limit = 4;  // a step an epoch
    draft.validationLimit = 1;
    draft.warmupEpochs = 80;  // of the decoder alone, which is cheap: to masks
    draft.warmupLearningRate = 3e-4;
    draft.learningRate = 3e-4;  // so that each epoch looks otherwise
    session.setTrainDraft(draft);
    SelectionSpec selection = session.project().selection;
    selection.limit = 2;
    selection.batch = 2;
    session.setSelection(selection);
    session.runGradientPass();
    QTRY_VERIFY_WITH_TIMEOUT(session.table() && session.table()->hasPass && !session.isBusy(), kLong);
    QCOMPARE(session.whyNoTraining(), QString());
    session.startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(session.run().phase == RunView::Phase::Finished && !session.isBusy(), 2 * kLong);
    QCOMPARE(session.run().lastEpoch(), kEpochs);
    const QString run = session.run().folder;

    // Scrub 0 … N on one polyp.
    window.showPage(u"cases"_s);
    CasesPage& page = *window.casesPage();
    QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.viewer()->composition().picture, kLong);
    EpochTravel* travel = page.travel();
    QVERIFY(travel->isVisible());
    QCOMPARE(travel->slider()->maximum(), kEpochs);
    const QString id = page.currentCase();
    QList<std::shared_ptr<const ProbabilityMap>> maps;
    QList<QImage> seen;
    for (int epoch = 0; epoch <= kEpochs; ++epoch) {
      travel->slider()->setValue(epoch);
      QCOMPARE(page.compareBar()->shown().epoch, epoch);
      QTRY_VERIFY_WITH_TIMEOUT(page.predictions().map(id, page.compareBar()->shown()), kLong);
      QTRY_VERIFY(page.viewer()->composition().shown == page.predictions().map(id, page.compareBar()->shown()));
      maps << page.predictions().map(id, page.compareBar()->shown())->source();
      seen << page.viewer()->composed();
    }
    for (int epoch = 1; epoch <= kEpochs; ++epoch) QVERIFY2(*maps[epoch] != *maps[epoch - 1], "each epoch has its own prediction");
    QTRY_COMPARE_WITH_TIMEOUT(page.predictions().pending(), 0, kLong);
    int moves = 0;  // of the outline
    for (int epoch = 1; epoch <= kEpochs; ++epoch) moves += seen[epoch] != seen[epoch - 1];
    QVERIFY2(moves > kEpochs / 2, qPrintable(QString::number(moves)));

    // PNG sequence: at source resolution, what was seen.
    QVERIFY(QDir().mkpath(at("out")));
    QSignalSpy finished(&travel->movie(), &EpochMovie::finished);
    travel->exportPictures(at("out"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLong);
    QVERIFY(!travel->movie().failure());
    const QDir folder(travel->movie().written());
    const QStringList files = folder.entryList({u"*.png"_s}, QDir::Files, QDir::Name);
    QCOMPARE(files.size(), kEpochs + 1);
    for (int epoch = 0; epoch <= kEpochs; ++epoch) {
      const QImage frame(folder.filePath(files[epoch]));
      QCOMPARE(frame.convertToFormat(QImage::Format_RGB32), seen[epoch]);
    }
    // A second one goes beside the first.
    travel->exportPictures(at("out"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kLong);
    QVERIFY(travel->movie().written() != folder.path());

    // GIF.
    travel->exportGif(at("epochs.gif"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 3, kLong);
    QVERIFY(!travel->movie().failure());
    const QList<QImage> frames = gifFrames(at("epochs.gif"));
    QCOMPARE(frames.size(), kEpochs + 1);
    for (int epoch = 0; epoch <= kEpochs; ++epoch) {
      QCOMPARE(frames[epoch].size(), seen[epoch].size());
      QVERIFY2(meanDifference(frames[epoch], seen[epoch]) < 4, qPrintable(QString::number(meanDifference(frames[epoch], seen[epoch]))));
    }

    // The delta taken out in the engine: the base says, to the bit, what it said before. Asked of the engine each time, one picture alone:
    // what was scored with others in a batch is rounded otherwise.
    ModelSpec model = session.project().model;
    const auto picture = page.viewer()->composition().picture->source();
    std::shared_ptr<const ProbabilityMap> answer;
    connect(&engine, &EngineApi::message, this, [&](const EngineMessage& message) {
      if (const auto* predicted = std::get_if<Predicted>(&message.body); predicted && predicted->caseId == "alone"_L1)
        answer = predicted->map;
    });
    QList<std::shared_ptr<const ProbabilityMap>> alone;
    for (const int epoch : {0, kEpochs, 0}) {
      answer.reset();
      engine.predict({model, u"alone"_s, epoch > 0 ? run : QString(), epoch, picture});
      QTRY_VERIFY_WITH_TIMEOUT(answer, kLong);
      alone << answer;
    }
    QVERIFY(*alone[1] != *alone[0]);
    QVERIFY(*alone[2] == *alone[0]);

    // And every byte of the weights, by hash.
    model.classes = 0;
    const LoadedModel loaded = loadModel(model);
    const auto hashOf = [&](const char* name) {
      exportWeights(*loaded.model, at(name).toStdString());
      QFile file(at(name));
      QCryptographicHash hash(QCryptographicHash::Sha256);
      return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
    };
    const QByteArray base = hashOf("base.safetensors");
    QVERIFY(!base.isEmpty());
    for (int epoch = 1; epoch <= kEpochs; ++epoch) {
      const Delta delta = readDelta(run.toStdString() + "@" + std::to_string(epoch));
      applyDelta(delta, *loaded.model);
      QVERIFY(hashOf("tuned.safetensors") != base);
      removeDelta(delta, *loaded.model);
      QCOMPARE(hashOf("removed.safetensors"), base);
    }
    window.setAskBeforeClose(false);
    QSignalSpy closed(&window, &MainWindow::closed);
    window.close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 60000);
  }

 private:
  QString at(const char* name) const { return m_dir.path() + u'/' + QString::fromLatin1(name); }
  QTemporaryDir m_dir;
};

QTEST_MAIN(TestWalkEpochs)
#include "tst_walkepochs.moc"
