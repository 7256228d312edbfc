// The window through a classification job, off screen, with the real engine and a small network with random weights: class folders,
// gradient pass, training with averaged values, scores of the classes. The command trains the same.
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/classcasespage.h"
#include "app/project/session.h"
#include "core/backbones/model.h"
#include "core/checkpoints/deltafile.h"
#include "core/checkpoints/exporting.h"
#include "core/io/imagewriter.h"
#include "tests/core/stripes.h"
#include "widgets/classlist.h"
#include "widgets/confusionmatrix.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestClassJob : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
    const test::StripeSource source;
    for (const auto& item : test::stripes(12, 6).items) {
      const QString folder = m_dir.path() + "/set/"_L1 + QString::fromStdString(item.split + "/" + item.className);
      QVERIFY(QDir().mkpath(folder));
      writeRgb((folder + u'/' + QString::fromStdString(item.id) + ".png"_L1).toStdString(), source.loadImage(item.imagePath));
    }
    const auto model = Model::create("vit_tiny_patch16_224", 32);
    model->fillRandom(3);
    exportWeights(*model, weights().toStdString());
  }

  // Not the base model in the name of a run that has ended.
  void thereAreNoValuesOfThisMomentWithoutARun() {
    CoreEngine engine;
    std::optional<JobEnded> ended;
    bool isAnswered = false;
    connect(&engine, &EngineApi::message, this, [&](const EngineMessage& message) {
      if (const auto* end = std::get_if<JobEnded>(&message.body)) ended = *end;
      isAnswered = isAnswered || std::holds_alternative<Predicted>(message.body);
    });
    ModelSpec model;
    model.weightsPath = weights().toStdString();
    model.imageSize = 32;
    const auto image = std::make_shared<const RgbImage>(RgbImage{32, 32, std::vector<std::uint8_t>(32 * 32 * 3, 90)});
    engine.predict({model, u"a"_s, m_dir.path(), Session::kNow, image});
    QTRY_VERIFY_WITH_TIMEOUT(ended.has_value(), 20000);
    QCOMPARE(ended->outcome, JobOutcome::Failed);
    QCOMPARE(ended->failure.code, ErrorCode::Unavailable);
    QVERIFY(!isAnswered);
    ended.reset();
    engine.segment({model, u"a"_s, m_dir.path(), Session::kNow, 0, image, PromptSet{{{1, 1, 9, 9}}, {}}});
    QTRY_VERIFY_WITH_TIMEOUT(ended.has_value(), 20000);
    QCOMPARE(ended->outcome, JobOutcome::Failed);
    QCOMPARE(ended->failure.code, ErrorCode::Unavailable);
  }

  void job() {
    AppSettings settings(m_dir.path() + "/settings.ini"_L1);
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.show();
    Session& session = window.session();
    session.openPictures(m_dir.path() + "/set"_L1);
    QTRY_VERIFY_WITH_TIMEOUT(session.isDataChecked(), 20000);
    QCOMPARE(session.data()->task, TaskKind::Classification);
    QCOMPARE(session.data()->classes.size(), std::size_t(3));
    session.openWeights(weights(), 32);
    QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), 60000);
    QCOMPARE(session.model()->classes, 3);

    QCOMPARE(session.whyNoGradientPass(), QString());
    session.runGradientPass();
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), 60000);
    QVERIFY2(session.table(), qPrintable(session.failure(JobKind::GradientPass).value_or(Failure{}).details));
    QCOMPARE(session.table()->spec.loss, LossKind::Contrastive);
    QCOMPARE(session.counts(2)->selected, 2 * session.counts(1)->selected);
    session.setKeptPerRow(2);

    TrainSpec draft = session.project().train;
    draft.epochs = 2;
    draft.schedule = ScheduleKind::Constant;
    draft.batch = 4;
    draft.emaDecay = 0.5;
    session.setTrainDraft(draft);
    QCOMPARE(session.whyNoTraining(), QString());
    session.startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(session.run().phase == RunView::Phase::Finished, 120000);
    QCOMPARE(session.run().epochs.size(), std::size_t(3));
    QVERIFY(session.run().epochs.back().emaTop1.has_value());

    // Scoring of the best epoch starts by itself; the page shows what the run recorded.
    const int best = session.run().bestEpoch();
    QTRY_VERIFY_WITH_TIMEOUT(session.scores(best) && session.scores(best)->classes && !session.isBusy(), 60000);
    QCOMPARE(session.scores(best)->classes->n, 6);
    QCOMPARE(session.scores(best)->classes->top1, session.run().record(best)->top1);
    window.showPage(u"cases"_s);
    QCOMPARE(window.page(u"cases"_s), window.classCasesPage());
    QTRY_VERIFY(window.classCasesPage()->isSettled());
    m_run = session.run().folder;
    m_threads = QRegularExpression(u"(\\d+) thread"_s).match(session.device()).captured(1);
    window.setAskBeforeClose(false);
    window.close();
  }

  // The run's own settings, given to the command, make the same values and the same scores.
  void commandTrainsTheSame() {
    const QString program = qEnvironmentVariable("GPS_BIN_DIR") + "/gps"_L1;
    if (!QFile::exists(program)) QSKIP("the program gps is not there: set GPS_BIN_DIR");
    QVERIFY(!m_run.isEmpty());
    const QString out = m_dir.path() + "/command"_L1;
    QStringList words{u"train"_s, u"--config"_s, m_run + "/run.toml"_L1, u"--out"_s, out};
    if (!m_threads.isEmpty()) words << u"--threads"_s << m_threads;  // sums in another order differ in their last bits
    QProcess gps;
    gps.start(program, words);
    QVERIFY(gps.waitForFinished(120000));
    QVERIFY2(gps.exitCode() == 0, gps.readAllStandardError().constData());
    for (int epoch : {1, 2}) {
      const Delta window = readDelta(m_run.toStdString() + '@' + std::to_string(epoch));
      const Delta command = readDelta(out.toStdString() + '@' + std::to_string(epoch));
      QVERIFY(!window.values.empty());
      QVERIFY(window.offsets == command.offsets && window.values == command.values);
      QCOMPARE(window.whole.size(), command.whole.size());
      for (std::size_t i = 0; i < window.whole.size(); ++i)
        QVERIFY2(window.whole[i].values == command.whole[i].values, window.whole[i].name.c_str());
      QCOMPARE(window.info.metrics, command.info.metrics);
    }
  }

 private:
  QString weights() const { return m_dir.path() + "/vit.safetensors"_L1; }

  QTemporaryDir m_dir;
  QString m_run, m_threads;
};

QTEST_MAIN(TestClassJob)
#include "tst_classjob.moc"
