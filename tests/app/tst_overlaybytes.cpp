// Overlays of one picture, written by the page of cases, by the page of new pictures and by `gps predict --overlay`, with the real engine
// and the same settings: the same bytes.
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/exportdialog.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/casespage.h"
#include "core/data/phantom/phantom.h"
#include "core/io/imagewriter.h"
#include "widgets/button.h"
#include "widgets/imageviewer.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLong = 300000;

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestOverlayBytes : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (findSampleWeights().isEmpty()) QSKIP("the sample weights are not there: set GPS_DEPS or GPS_WEIGHTS");
    m_program = qEnvironmentVariable("GPS_BIN_DIR") + "/gps"_L1;
    if (!QFile::exists(m_program)) QSKIP("the program gps is not there: set GPS_BIN_DIR");
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
  }

  void theWindowAndTheCommandWriteTheSame() {
    const PictureWriters writers{[](const std::string& path, const RgbImage& image) { writeRgb(path, image); },
                                 [](const std::string& path, const MaskImage& mask) { writeMask(path, mask); }};
    const QString set = m_dir.path() + "/set"_L1;
    writePhantomDataset(set.toStdString(), 4, 2, 200, 7, writers);

    // A run that outlines something; the scores after it come by the batch, which rounds otherwise than one picture alone. So the window
    // is opened anew.
    train(set);
    AppSettings settings(m_dir.path() + "/settings.ini"_L1);
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.resize(1440, 900);
    window.show();
    window.session().openProjectFolder(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(window.session().isDataChecked() && window.session().model() && !window.session().isBusy(), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(window.session().run().bestEpoch() > 0, kLong);  // the list of runs comes by itself
    const QString delta = window.session().run().folder + u'@' + QString::number(window.session().run().bestEpoch());

    // The command draws no ground truth: it is given none.
    window.showPage(u"cases"_s);
    CasesPage& page = *window.casesPage();
    OverlayStyle style = page.lookCard()->style();
    style.truth = false;
    page.lookCard()->setStyle(style);
    Q_EMIT page.lookCard()->styleChanged(style);
    QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.viewer()->composition().shown, kLong);
    const QString id = page.currentCase();
    ExportDialog* dialog = page.showExport();
    QVERIFY(dialog);
    dialog->setKinds({true, true, false, true, false});
    dialog->folder()->setText(m_dir.path() + "/cases"_L1);
    dialog->exportButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_dir.path() + "/cases/"_L1 + id + "_overlay.png"_L1), kLong);
    dialog->close();

    QDir images(set + "/images"_L1);
    const QString name = images.entryList({id + ".*"_L1}, QDir::Files).value(0);
    QVERIFY(!name.isEmpty());
    const QString folder = m_dir.path() + "/new"_L1;
    QVERIFY(QDir().mkpath(folder) && QFile::copy(images.filePath(name), folder + u'/' + name));
    NewPicturesPage* fresh = window.newPicturesPage();
    fresh->open(folder);
    window.showPage(u"newpictures"_s);
    QTRY_COMPARE_WITH_TIMEOUT(fresh->pictures().phase(), NewPictures::Phase::Done, kLong);
    QSignalSpy saved(&fresh->pictures(), &NewPictures::saved);
    fresh->saveTo(m_dir.path());
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kLong);

    // As many threads as the window computes with: sums in another order differ in their last bits, and lines by a level of grey.
    const QString threads = QRegularExpression(u"\\d+"_s).match(window.session().device()).captured();
    QVERIFY2(!threads.isEmpty(), qPrintable(window.session().device()));
    QProcess gps;
    gps.start(m_program, {u"predict"_s, u"--weights"_s, findSampleWeights(), u"--image-size"_s, u"128"_s, u"--images"_s,
                          images.filePath(name), u"--out"_s, m_dir.path() + "/command"_L1, u"--masks"_s, u"png,probability"_s,
                          u"--overlay"_s, u"--delta"_s, delta, u"--threads"_s, threads});
    QVERIFY(gps.waitForFinished(kLong));
    QVERIFY2(gps.exitCode() == 0, gps.readAllStandardError().constData());

    const QString byCommand = m_dir.path() + "/command/"_L1 + id;
    for (const char* ending : {".png", "_overlay.png", "_prob.png"}) {
      const QString end = QString::fromLatin1(ending);
      const QByteArray command = bytesOf(byCommand + end);
      QVERIFY2(!command.isEmpty(), ending);
      QVERIFY2(bytesOf(m_dir.path() + "/cases/"_L1 + id + end) == command, ending);
      if (end != "_prob.png"_L1) QVERIFY2(bytesOf(saved[0][0].toString() + u'/' + id + end) == command, ending);
    }
    // And the picture has something on it.
    QVERIFY(QImage(byCommand + "_overlay.png"_L1).convertToFormat(QImage::Format_RGB32) !=
            QImage(images.filePath(name)).convertToFormat(QImage::Format_RGB32));

    close(window);
  }

 private:
  void train(const QString& set) {
    AppSettings settings(m_dir.path() + "/settings.ini"_L1);
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    Session& session = window.session();
    session.openPictures(set);
    session.openWeights(findSampleWeights(), 128);
    QTRY_VERIFY_WITH_TIMEOUT(session.isDataChecked() && session.model() && !session.isBusy(), kLong);
    TrainSpec draft = session.project().train;
    draft.epochs = 1;
    draft.batch = 2;
    draft.validationLimit = 1;
    draft.warmupEpochs = 20;
    session.setTrainDraft(draft);
    SelectionSpec selection = session.project().selection;
    selection.limit = 2;
    selection.batch = 2;
    session.setSelection(selection);
    session.runGradientPass();
    QTRY_VERIFY_WITH_TIMEOUT(session.table() && session.table()->hasPass && !session.isBusy(), kLong);
    QCOMPARE(session.whyNoTraining(), QString());
    session.startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(session.run().phase == RunView::Phase::Finished && !session.isBusy(), kLong);
    m_project = session.project().folder;
    close(window);
  }
  static void close(MainWindow& window) {
    window.setAskBeforeClose(false);
    QSignalSpy closed(&window, &MainWindow::closed);
    window.close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 60000);
  }
  QTemporaryDir m_dir;
  QString m_program, m_project;
};

QTEST_MAIN(TestOverlayBytes)
#include "tst_overlaybytes.moc"
