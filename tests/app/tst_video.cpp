// A video in the window, on a made-up engine: dropping, scrubbing, the curve of areas, playing, words, saving.
#include <QDir>
#include <QFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "app/actions.h"
#include "app/drops.h"
#include "app/engine/failuretext.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/videocurve.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/cases/videoscrub.h"
#include "app/pages/keyhelp.h"
#include "core/io/imagewriter.h"
#include "core/io/opencvimagesource.h"
#include "lookingfixture.h"
#include "sheetofkeys.h"
#include "smallestwindow.h"
#include "tests/support/countedvideo.h"
#include "visiblewords.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/choicebox.h"
#include "widgets/curveplot.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFrames = 40, kWidth = 192, kHeight = 96;

// A soft disc that grows with the number of the frame.
class GrowingMaps : public NewPictureMaps {
 public:
  ProbabilityMap map(int index) const override {
    ProbabilityMap map{kWidth, kHeight, {}};
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) map.values.push_back(float(1 / (1 + std::exp((std::hypot(x - 96, y - 48) - 6 - index) / 3))));
    return map;
  }
};

}  // namespace

class TestVideo : public QObject, protected LookingFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    showWindow();
    m_path = m_dir->path() + "/a video.avi"_L1;
    QVERIFY(test::writeCountedVideo(m_path.toStdString(), "MJPG", kFrames));
  }
  void cleanup() { end(); }

  void knowsVideosByTheirEnding() {
    for (const auto& name : {u"a.mp4"_s, u"b.AVI"_s, u"c.Mov"_s, u"d.webm"_s, u"e.mkv"_s}) QCOMPARE(dropKindOf(name), DropKind::Video);
    QCOMPARE(dropKindOf(u"a.txt"_s), DropKind::Unknown);
    QCOMPARE(dropKindOf(u"a.png"_s), DropKind::Picture);
  }

  void saysWhatIsMissing() {
    drop(m_path);
    QCOMPARE(m_window->currentPage(), u"video"_s);
    QVERIFY(page()->isEmptyShown());
    QVERIFY(notice()->isVisible());
    openProject();
    QCOMPARE(m_engine->videoRequest.path, m_path);  // begins once there is a model
    QVERIFY(!page()->isEmptyShown());
  }

  void streamsIn() {
    openProject();
    drop(m_path);
    QCOMPARE(m_window->currentPage(), u"video"_s);
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtVideo);
    QCOMPARE(m_engine->videoRequest.every, 1);
    QVERIFY(notice()->isVisible());
    QVERIFY(notice()->text().contains(u"not for diagnosis"_s));
    openVideoFile();
    QTRY_COMPARE(shownNumber(), 0);
    see(0);
    see(1);
    m_engine->say(Progress{"predict", "frames", 2, kFrames, 0.5, 2, 2, 0, 0});
    QTRY_VERIFY2(page()->state()->text().contains(u"2 of 40 frames"_s), qPrintable(page()->state()->text()));
    QVERIFY(page()->state()->text().contains(u"left"_s));
    QTRY_COMPARE(shownNumber(), 1);  // the newest is shown until one is chosen
    page()->scrub()->slider()->setValue(30);
    QTRY_COMPARE(shownNumber(), 30);
    see(2);
    QTest::qWait(300);
    QCOMPARE(shownNumber(), 30);
    QVERIFY(words().contains(u"Frame 30: nobody has looked at it yet"_s));
    QCOMPARE(plot()->pointCount(0), 3);  // absent, not zero
    for (int i = 3; i < kFrames; ++i) see(i);
    m_index->end();
    m_engine->end();
    QTRY_VERIFY(page()->state()->text().contains(u"40 frames looked at"_s));
    QTRY_VERIFY(!words().contains(u"nobody"_s));
    QCOMPARE(plot()->pointCount(0), kFrames);
    QVERIFY(!page()->cancelButton()->isVisible());
  }

  void oneThresholdMovesPictureNumbersAndCurve() {
    openProject();
    lookAtAll();
    for (const double threshold : {0.5, 0.2, 0.93}) {
      page()->threshold()->setValue(threshold);
      Q_EMIT page()->threshold()->valueChanged(threshold);
      QCOMPARE(page()->viewer()->overlayStyle().threshold, threshold);
      const auto table = page()->curve()->exportTable();
      QCOMPARE(table.rows, qsizetype(kFrames));
      for (const int n : {0, 7, 39}) {
        const ProbabilityMap map = GrowingMaps().map(n);
        const auto counted = std::count_if(map.values.begin(), map.values.end(), [&](float p) { return p > float(threshold); });
        QCOMPARE(table.cell(n, 0), QString::number(n));
        QCOMPARE(table.cell(n, 2), QString::number(counted));
        QCOMPARE(table.cell(n, 3).toDouble(), double(counted) / (kWidth * kHeight));
        QCOMPARE(table.cell(n, 1).toDouble(), n / 25.0);
      }
      const QStringList read = plot()->valuesAt(39 / 25.0);
      QVERIFY(read.size() >= 2);
    }
    page()->curve()->areaUnit()->setCurrent(u"pixels"_s);
    Q_EMIT page()->curve()->areaUnit()->currentChanged(u"pixels"_s);
    QVERIFY(!page()->curve()->plot()->valuesAt(0).isEmpty());
    // Where the curve is clicked the video goes.
    Q_EMIT plot()->xActivated(17.4 / 25);
    QTRY_COMPARE(shownNumber(), 17);
    page()->curve()->timeUnit()->setCurrent(u"frames"_s);
    Q_EMIT page()->curve()->timeUnit()->currentChanged(u"frames"_s);
    Q_EMIT plot()->xActivated(21.6);
    QTRY_COMPARE(shownNumber(), 22);
    QCOMPARE(page()->scrub()->number()->value(), 22);
  }

  void keysGoThroughTheFrames() {
    openProject();
    lookAtAll();
    page()->scrub()->slider()->setValue(10);
    page()->viewer()->setFocus();
    QTest::keyClick(page()->viewer(), Qt::Key_Right);
    QTRY_COMPARE(shownNumber(), 11);
    QTest::keyClick(page()->viewer(), Qt::Key_Left);
    QTest::keyClick(page()->viewer(), Qt::Key_A);
    QTRY_COMPARE(shownNumber(), 9);
    QTest::keyClick(page()->viewer(), Qt::Key_End);
    QTRY_COMPARE(shownNumber(), kFrames - 1);
    QTest::keyClick(page()->viewer(), Qt::Key_Right);  // there is none
    QTRY_COMPARE(shownNumber(), kFrames - 1);
    QTest::keyClick(page()->viewer(), Qt::Key_Home);
    QTRY_COMPARE(shownNumber(), 0);
    page()->scrub()->number()->setValue(25);
    QTRY_COMPARE(shownNumber(), 25);
    QTest::keyClick(page()->viewer(), Qt::Key_K);
    QVERIFY(page()->scrub()->isPlaying());
    QTRY_VERIFY(page()->scrub()->frame() > 27);
    QTest::keyClick(page()->viewer(), Qt::Key_K);
    QVERIFY(!page()->scrub()->isPlaying());
    QTest::keyClick(page()->viewer(), Qt::Key_K);
    QTRY_VERIFY_WITH_TIMEOUT(!page()->scrub()->isPlaying(), 10000);  // at the end it stops by itself
    QCOMPARE(page()->scrub()->frame(), kFrames - 1);
    QString help;
    for (const auto& group : keysOfPage(*page()))
      for (const auto& [keys, what] : group.rows) help += keys + u' ' + what + u'\n';
    QVERIFY2(help.contains(u"K play"_s), qPrintable(help));
  }

  void theSheetListsTheKeysOfTheViewer() {
    openProject();
    m_window->showPage(u"video"_s);
    QCOMPARE(promisedFor(*m_window, u"D"_s), QString());
    lookAtAll();
    const std::pair<const char*, const char*> promised[] = {{"D", "Next frame"},
                                                            {"Left", "Former frame"},
                                                            {"Home", "First frame"},
                                                            {"End", "Last frame"},
                                                            {"Ctrl+G", "Type the number of a frame"},
                                                            {"Space", "Hide the overlay while held"},
                                                            {"C", "Contour only"},
                                                            {"[", "Fainter overlay"},
                                                            {".", "Higher threshold"},
                                                            {"1", "New picture at 100 %"}};
    for (const auto& [keys, what] : promised) QCOMPARE(promisedFor(*m_window, QString::fromLatin1(keys)), QString::fromLatin1(what));
    QCOMPARE(m_window->actions().setKeys(u"cases.next"_s, QKeySequence(u"N"_s)), QString());
    QCOMPARE(m_window->actions().setKeys(u"cases.contour"_s, QKeySequence(u"Ctrl+K"_s)), QString());
    QCOMPARE(promisedFor(*m_window, u"N"_s), u"Next frame"_s);
    page()->viewer()->setFocus();
    QTest::keyClick(page()->viewer(), Qt::Key_Home);
    QTest::keyClick(page()->viewer(), Qt::Key_D);
    QCOMPARE(page()->scrub()->frame(), 0);
    QTest::keyClick(page()->viewer(), Qt::Key_N);
    QCOMPARE(page()->scrub()->frame(), 1);
    QVERIFY(page()->viewer()->overlayStyle().fill);
    QTest::keyClick(page()->viewer(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(!page()->viewer()->overlayStyle().fill);
    QTest::keyClick(page()->viewer(), Qt::Key_G, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(page()->scrub()->number()));
  }

  void motionIsReduced() {
    m_settings->setReducedMotion(true);
    openProject();
    lookAtAll();
    QTest::keyClick(page()->viewer(), Qt::Key_K);
    QVERIFY(!page()->scrub()->isPlaying());
    QVERIFY(!page()->scrub()->playButton()->isEnabled());
  }

  void everyTenthFrame() {
    openProject();
    drop(m_path);
    openVideoFile();
    page()->everyChoice()->setCurrent(u"10"_s);
    Q_EMIT page()->everyChoice()->chosen(u"10"_s);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(m_engine->videoRequest.every, 10);
    openVideoFile(10);
    for (int i = 0; i < kFrames; i += 10) see(i);
    m_index->end();
    m_engine->end();
    QTRY_COMPARE(plot()->pointCount(0), 4);
    page()->scrub()->slider()->setValue(13);
    QTRY_COMPARE(shownNumber(), 13);
    QTRY_VERIFY(words().contains(u"Frame 13: left out"_s));
    QVERIFY(page()->viewer()->composed() == plainPicture(13));
  }

  void stopsAndKeepsWhatIsThere() {
    openProject();
    drop(m_path);
    openVideoFile();
    see(0);
    page()->cancelButton()->click();
    QVERIFY(m_engine->stops > 0);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_VERIFY(page()->state()->text().contains(u"Stopped after 1 frame"_s));
    QVERIFY(page()->saveButton()->isEnabled());
  }

  void saysWhatCannotBeRead() {
    openProject();
    drop(m_path);
    openVideoFile();
    see(0);
    VideoFrameSeen bad;
    bad.number = 1;
    bad.seconds = 0.04;
    bad.problem = u"cannot be decoded"_s;
    m_engine->say(bad);
    see(2);
    m_index->end();  // announced 40, read 3
    m_engine->end();
    QTRY_VERIFY(words().contains(u"1 frame could not be read"_s));
    QVERIFY2(words().contains(u"announces 40 frames but 3 can be read"_s), qPrintable(words()));
    QCOMPARE(plot()->pointCount(0), 2);
  }

  void savesWhatIsSeenAndOverwritesNothing() {
    openProject();
    lookAtAll(8);
    Q_EMIT page()->threshold()->valueChanged(0.3);
    const QString into = m_dir->path() + "/results"_L1;
    QDir().mkpath(into);
    QSignalSpy saved(&page()->video(), &NewVideo::saved);
    page()->saveTo(into, NewVideo::What::AllFrames);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20000);
    QCOMPARE(saved[0][1].toString(), QString());
    const QString folder = saved[0][0].toString();
    QStringList expected{u"area.csv"_s};
    for (int i = 0; i < kFrames; i += 8)
      for (const auto& ending : {".png"_L1, "_overlay.png"_L1}) expected << u"a video_%1"_s.arg(i, 6, 10, '0'_L1) + ending;
    expected.sort();
    QStringList files = QDir(folder).entryList(QDir::Files);
    files.sort();
    QCOMPARE(files, expected);
    const MaskImage mask = OpenCvImageSource().loadMask((folder + "/a video_000016.png"_L1).toStdString());
    const auto area = std::count(mask.pixels.begin(), mask.pixels.end(), std::uint8_t(255));
    QFile table(folder + "/area.csv"_L1);
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(table.readAll()).trimmed().split(u'\n');
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines[0], u"frame,time_s,area_px,area_share,threshold,use,model,outlined_by"_s);
    QVERIFY2(lines[3].startsWith(u"16,0.64,%1,"_s.arg(area)), qPrintable(lines[3]));
    for (const QString& line : lines.mid(1))
      QVERIFY2(line.endsWith(",0.3,research use only; not for diagnosis,lite_medsam,untuned"_L1), qPrintable(line));
    // The curve's own table is the same file.
    QVERIFY(ui::exportPlot(*page()->curve(), m_dir->path() + "/curve.csv"_L1, u"Area"_s));
    QFile curve(m_dir->path() + "/curve.csv"_L1);
    QVERIFY(table.seek(0) && curve.open(QIODevice::ReadOnly));
    QCOMPARE(curve.readAll(), table.readAll());
    // The overlay lies on the frame of that number.
    page()->scrub()->slider()->setValue(16);
    QTRY_COMPARE(shownNumber(), 16);
    const RgbImage overlay = OpenCvImageSource().loadImage((folder + "/a video_000016_overlay.png"_L1).toStdString());
    QCOMPARE(test::numberIn(overlay), 16);
    QTRY_VERIFY(page()->viewer()->composition().shown);
    page()->viewer()->setLevels(0.25, 1.5);
    page()->saveTo(into, NewVideo::What::OneFrame);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, 20000);
    QCOMPARE(QImage(saved[1][0].toString() + "/a video_000016_overlay.png"_L1).convertToFormat(QImage::Format_RGB32),
             page()->viewer()->composed());
    QVERIFY(saved[1][0].toString() != folder);
    QCOMPARE(QDir(saved[1][0].toString()).entryList(QDir::Files).size(), 3);
    page()->saveTo(into, NewVideo::What::AreasOnly);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 3, 20000);
    QCOMPARE(QDir(saved[2][0].toString()).entryList(QDir::Files), QStringList{u"area.csv"_s});
    page()->saveTo(m_dir->path() + "/no/such"_L1, NewVideo::What::AreasOnly);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 4, 20000);
    QVERIFY(words().contains(u"Nothing can be written"_s));
  }

  // As it was looked at, whatever is on screen by the time it is saved.
  void theTableOfAreasNamesTheRun() {
    openProject();
    RunRecord run;
    run.folder = "/runs/K = 1, again";
    run.epochs = {sampleEpoch(0), sampleEpoch(1), sampleEpoch(2)};
    run.bestEpoch = 2;
    run.finished = true;
    session().showRun(run);
    lookAtAll(8);
    RunRecord other = run;
    other.folder = "/runs/other";
    session().showRun(other);
    QSignalSpy saved(&page()->video(), &NewVideo::saved);
    page()->saveTo(m_dir->path(), NewVideo::What::AreasOnly);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20000);
    QFile table(saved[0][0].toString() + "/area.csv"_L1);
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(table.readAll()).trimmed().split(u'\n');
    QCOMPARE(lines.size(), 6);
    for (const QString& line : lines.mid(1)) QVERIFY2(line.endsWith(u",lite_medsam,\"K = 1, again@2\""_s), qPrintable(line));
  }

  void theCurveIsSavedAsPictureAndTable() {
    openProject();
    lookAtAll();
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = m_dir->path() + "/curve."_L1 + QString::fromLatin1(ending);
      QVERIFY(ui::exportPlot(*page()->curve(), path, u"Area"_s));
      QVERIFY(QFileInfo(path).size() > 200);
    }
    QFile table(m_dir->path() + "/curve.csv"_L1);
    QVERIFY(table.open(QIODevice::ReadOnly));
    QVERIFY(table.readAll().startsWith("frame,time_s,area_px,area_share,threshold,"));
  }

  void aFolderIsShownAsAVideo() {
    openProject();
    const QString folder = m_dir->path() + "/frames"_L1;
    QDir().mkpath(folder);
    for (int i = 0; i < 12; ++i) {
      const cv::Mat picture = test::countedPicture(i);
      RgbImage image{picture.cols, picture.rows, {}};
      image.pixels.assign(picture.data, picture.data + picture.total() * 3);
      writeRgb(u"%1/f%2.png"_s.arg(folder).arg(i).toStdString(), image);
    }
    drop(folder);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    m_window->newPicturesPage()->asVideoButton()->click();
    QCOMPARE(m_window->currentPage(), u"video"_s);
    m_engine->end(JobOutcome::Cancelled);
    QTRY_COMPARE(m_engine->videoRequest.path, folder);
    const auto source = openVideo(folder.toStdString());
    m_engine->say(VideoOpened{source->info(), 1, source->index(), std::make_shared<GrowingMaps>()});
    page()->scrub()->slider()->setValue(11);
    QTRY_COMPARE(shownNumber(), 11);
    QVERIFY(!page()->curve()->exportTable().rows);
  }

  void fitsTheSmallestWindow() {
    openProject();
    m_window->resize(1280, 720);
    lookAtAll();
    QCoreApplication::sendPostedEvents();
    QVERIFY(m_window->width() <= 1280 && m_window->height() <= 720);
    for (const auto* area : page()->findChildren<QScrollArea*>()) QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
    const QRect seen(QPoint(0, 0), m_window->size());  // the curve with its axis, without scrolling
    const QPoint end = plot()->mapTo(m_window.get(), QPoint(plot()->width() - 1, plot()->height() - 1));
    QVERIFY(seen.contains(end) && end.y() < m_window->height() - 32);
  }

  // Whatever goes wrong with pictures is told to people who look at them.
  void failuresOfCasesAreInPlainWords() {
    QStringList told;
    for (const QString& language : {u"en"_s, u"zh_CN"_s}) {
      m_languages->use(language);
      for (const JobKind job : {JobKind::Score, JobKind::Predict, JobKind::Segment, JobKind::LookAtPictures, JobKind::LookAtVideo})
        for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
          const FailureText text = FailureTexts::of({job, ErrorCode(code), u"encoder.blocks.0"_s, {}, {}, {}});
          for (const QString& sentence : {FailureTexts::jobName(job), text.what, text.why, text.remedy}) {
            QVERIFY(!sentence.isEmpty());
            told << sentence;
          }
        }
    }
    QCOMPARE(jargonIn(told).join(u'\n'), QString());
    QVERIFY(!told.filter(u"infinite"_s).size());  // a video has no training that could diverge
    for (const QString& sentence : std::as_const(told)) QVERIFY2(!sentence.contains(u"The run up to"_s), qPrintable(sentence));
  }

  void noJargonInEveryState() {
    m_window->showPage(u"video"_s);
    scan(*page(), "empty");
    openProject();
    drop(m_path);
    scan(*page(), "beginning");
    openVideoFile();
    see(0);
    scan(*page(), "looking");
    m_engine->end();
    QTest::qWait(200);
    scan(*page(), "done");
    m_languages->use(u"zh_CN"_s);
    QTRY_VERIFY2(notice()->text().contains(u"诊断"_s), qPrintable(notice()->text()));
    scan(*page(), "zh");
  }

  void nothingIsCutInTheSmallestWindow() {
    openProject();
    lookAtAll();
    SmallestWindow small(*m_window, *m_settings, *m_languages);
    QVERIFY(isUncut(small.cutEverywhere(u"video"_s)));
  }

 private:
  VideoPage* page() const { return m_window->videoPage(); }
  ui::CurvePlot* plot() const { return page()->curve()->plot(); }
  ui::Badge* notice() const { return noticeOf(*page()); }
  static RgbImage rgbOf(const QImage& picture) {
    const QImage image = picture.convertToFormat(QImage::Format_RGB888);
    RgbImage rgb{image.width(), image.height(), {}};
    for (int y = 0; y < image.height(); ++y)
      rgb.pixels.insert(rgb.pixels.end(), image.constScanLine(y), image.constScanLine(y) + image.width() * 3);
    return rgb;
  }
  // What the frame itself says.
  int shownNumber() const {
    const QImage picture = page()->viewer()->composed();
    return picture.isNull() ? -1 : test::numberIn(rgbOf(picture));
  }
  QImage plainPicture(int number) const {
    const RgbImage image = openVideo(m_path.toStdString())->frame(number);
    return QImage(image.pixels.data(), image.width, image.height, image.width * 3, QImage::Format_RGB888)
        .convertToFormat(page()->viewer()->composed().format());
  }
  QString words() const { return wordsOn(*page()); }
  void openVideoFile(int every = 1) {
    const auto source = openVideo(m_path.toStdString());
    m_index = source->index();
    m_engine->say(VideoOpened{source->info(), every, m_index, std::make_shared<GrowingMaps>()});
  }
  void see(int number) {
    for (int i = m_index->size(); i <= number; ++i) m_index->add(i, {i / 25.0, 0, true});
    VideoFrameSeen seen;
    seen.number = number;
    seen.seconds = number / 25.0;
    seen.areas = AreaCounts::of(GrowingMaps().map(number));
    m_engine->say(seen);
  }
  void lookAtAll(int every = 1) {
    drop(m_path);
    openVideoFile(every);
    // As the engine's own reader fills it.
    const auto reader = openVideo(m_path.toStdString(), m_index);
    while (!reader->next(false).isEnd()) {
    }
    for (int i = 0; i < kFrames; i += every) see(i);
    m_engine->end();
    page()->viewer()->setFocus();
    QTest::qWait(200);
  }
  QString m_path;
  std::shared_ptr<FrameIndex> m_index;
};

QTEST_MAIN(TestVideo)
#include "tst_video.moc"
