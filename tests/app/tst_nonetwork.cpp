// The whole way of a clinician in a namespace without a network: project, model, a folder of new pictures, results saved. With the real
// engine and the small pretrained model.
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/cases/videoscrub.h"
#include "core/data/phantom/phantom.h"
#include "core/io/imagewriter.h"
#include "tests/support/countedvideo.h"
#include "tests/support/nonetwork.h"
#include "widgets/choicebox.h"
#include "widgets/imageviewer.h"
#include "widgets/labelledslider.h"
#include "widgets/slider.h"
#include "widgets/theme.h"
#include "widgets/thumbnailgrid.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

static std::string whyNotAlone;

class TestNoNetwork : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!whyNotAlone.empty()) QSKIP(whyNotAlone.c_str());
    if (findSampleWeights().isEmpty()) QSKIP("the sample weights are not there: set GPS_DEPS or GPS_WEIGHTS");
    QVERIFY(!test::hasNetwork());
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
  }

  void looksAtNewPicturesAndSaves() {
    const PictureWriters writers{[](const std::string& path, const RgbImage& image) { writeRgb(path, image); },
                                 [](const std::string& path, const MaskImage& mask) { writeMask(path, mask); }};
    writePhantomDataset((m_dir.path() + "/set"_L1).toStdString(), 4, 2, 256, 7, writers);
    const QString folder = m_dir.path() + "/new"_L1, into = m_dir.path() + "/into"_L1;
    QDir().mkpath(folder);
    QDir().mkpath(into);
    const QDir pictures(m_dir.path() + "/set/images"_L1);
    for (const QString& name : pictures.entryList(QDir::Files)) QFile::copy(pictures.filePath(name), folder + u'/' + name);
    QFile broken(folder + "/zz broken.jpg"_L1);
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("x") == 1);
    broken.close();

    AppSettings settings(m_dir.path() + "/settings.ini"_L1);
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.resize(1440, 900);
    window.show();
    window.session().openPictures(m_dir.path() + "/set"_L1);
    window.session().openWeights(findSampleWeights());
    QTRY_VERIFY_WITH_TIMEOUT(window.session().model() && !window.session().isBusy(), 120000);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(folder)});
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
    NewPicturesPage* page = window.newPicturesPage();
    QTRY_VERIFY_WITH_TIMEOUT(page->pictures().seenCount() >= 1, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(page->pictures().phase(), NewPictures::Phase::Done, 120000);
    QCOMPARE(page->pictures().seenCount(), 6);
    QCOMPARE(page->pictures().unreadable(), QStringList{u"zz broken.jpg"_s});
    QTRY_COMPARE(page->viewer()->composed().width(), 256);
    QSignalSpy saved(&page->pictures(), &NewPictures::saved);
    page->saveTo(into);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 60000);
    QCOMPARE(QDir(saved[0][0].toString()).entryList(QDir::Files).size(), 13);
    QVERIFY(!test::hasNetwork());
    QCOMPARE(engine.state(), RunState::Idle);
  }

  // And the table that `gps predict --video` writes is the same, byte for byte.
  void looksAtAVideoAndSaves() {
    const QString path = m_dir.path() + "/polyp.avi"_L1, into = m_dir.path() + "/video results"_L1, weights = findSampleWeights();
    QDir().mkpath(into);
    QVERIFY(test::writeCountedVideo(path.toStdString(), "MJPG", 7));
    AppSettings settings(m_dir.path() + "/video.ini"_L1);
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.resize(1440, 900);
    window.show();
    window.session().openPictures(m_dir.path() + "/set"_L1);
    window.session().openWeights(weights);
    QTRY_VERIFY_WITH_TIMEOUT(window.session().model() && !window.session().isBusy(), 120000);
    window.showPage(u"video"_s);
    VideoPage* page = window.videoPage();
    page->everyChoice()->setCurrent(u"2"_s);
    page->open(path);
    QTRY_COMPARE_WITH_TIMEOUT(page->video().phase(), NewVideo::Phase::Done, 120000);
    QCOMPARE(page->video().frameCount(), 7);
    QCOMPARE(page->video().seenFrames().size(), 4);
    page->scrub()->slider()->setValue(4);
    QTRY_COMPARE(page->viewer()->composed().width(), test::kBits * test::kField);
    page->threshold()->setValue(0.2);
    Q_EMIT page->threshold()->valueChanged(0.2);
    QSignalSpy saved(&page->video(), &NewVideo::saved);
    page->saveTo(into, NewVideo::What::AllFrames);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 60000);
    QCOMPARE(saved[0][1].toString(), QString());
    const QString folder = saved[0][0].toString(), out = m_dir.path() + "/out"_L1;
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 9);
    QVERIFY(!test::hasNetwork());
    QTRY_COMPARE(engine.state(), RunState::Idle);

    QProcess gps;
    gps.start(
        qEnvironmentVariable("GPS_BIN_DIR") + "/gps"_L1,
        {u"predict"_s, u"--weights"_s, weights, u"--image-size"_s, QString::number(window.session().project().model.imageSize),
         u"--video"_s, path, u"--every"_s, u"2"_s, u"--threshold"_s, u"0.2"_s, u"--overlay"_s, u"--device"_s, u"cpu"_s, u"--out"_s, out});
    QVERIFY(gps.waitForFinished(120000));
    QVERIFY2(gps.exitCode() == 0, gps.readAllStandardError().constData());
    for (const auto& name : {u"area.csv"_s, u"polyp_000004.png"_s, u"polyp_000004_overlay.png"_s}) {
      QFile ours(folder + u'/' + name), theirs(out + u'/' + name);
      QVERIFY(ours.open(QIODevice::ReadOnly) && theirs.open(QIODevice::ReadOnly));
      QVERIFY2(ours.readAll() == theirs.readAll(), qPrintable(name));
    }
  }

 private:
  QTemporaryDir m_dir;
};

int main(int argc, char** argv) {
  whyNotAlone = test::leaveNetwork();  // before Qt starts its threads
  QApplication app(argc, argv);
  TestNoNetwork test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_nonetwork.moc"
