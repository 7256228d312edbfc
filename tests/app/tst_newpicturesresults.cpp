// What is saved of new pictures, on a made-up engine: masks, overlays, the table of areas, and what goes wrong.
#include <sys/mount.h>
#include <sys/resource.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <csignal>

#include "core/io/opencvimagesource.h"
#include "newpicturesfixture.h"
#include "widgets/button.h"
#include "widgets/imageviewer.h"
#include "widgets/theme.h"
#include "widgets/thumbnailgrid.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestNewPicturesResults : public QObject, protected NewPicturesFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { begin(); }
  void cleanup() { end(); }

  void resultsDoNotTakeEachOthersNames() {
    const QString from = m_dir->path() + "/names"_L1;
    QDir().mkpath(from);
    QImage image(kSide, kSide, QImage::Format_RGB888);
    image.fill(QColor(190, 80, 70));
    NewPicturesOrder order{m_dir->path(), from, {}, {}, u"lite_medsam"_s, u"untuned"_s};
    for (const char* name : {"polyp.jpg", "polyp_overlay.png", "a.jpg", "a.png", "a_jpg.png", "A_JPG.bmp", "50%1 of %2.png"}) {
      const QString path = from + u'/' + QString::fromLatin1(name);
      QVERIFY(image.save(path));
      order.pictures << SavedPicture{int(order.pictures.size()), QString::fromLatin1(name), path, {}};
    }
    const std::atomic<bool> stop = false;
    const SavedResults results = saveNewPictures(order, DiscMaps(), stop, [](int, int) {});
    QCOMPARE(results.problem, QString());
    const QDir folder(results.folder);
    QSet<QString> files;
    for (const QString& name : folder.entryList(QDir::Files)) files << name.toLower();
    QCOMPARE(files.size(), 2 * order.pictures.size() + 1);
    QFile table(folder.filePath(u"areas.csv"_s));
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(table.readAll()).trimmed().split(u'\n');
    QCOMPARE(lines.size(), order.pictures.size() + 1);
    for (int i = 0; i < order.pictures.size(); ++i) {
      const QStringList cells = lines[i + 1].split(u',');
      QCOMPARE(cells.size(), lines[0].count(u',') + 1);
      QCOMPARE(cells[0], u'"' + order.pictures[i].name + u'"');
      QCOMPARE(cells.mid(8).join(u','), u"research use only; not for diagnosis,\"lite_medsam\",\"untuned\""_s);
      // The mask that the row names is the one of this picture.
      const QString mask = cells[6].mid(1, cells[6].size() - 2);
      const ProbabilityMap map = DiscMaps().map(i);
      const MaskImage written = OpenCvImageSource().loadMask(folder.filePath(mask).toStdString());
      const auto there = std::count(written.pixels.begin(), written.pixels.end(), std::uint8_t(255));
      QCOMPARE(there, std::count_if(map.values.begin(), map.values.end(), [](float p) { return p > 0.5F; }));
      QCOMPARE(cells[4], QString::number(there));
      const QString overlay = mask.chopped(4) + "_overlay.png"_L1;
      QVERIFY2(files.contains(overlay.toLower()), qPrintable(overlay));
    }
  }

  void brightnessAndContrastAreWrittenAsSeen() {
    openProject();
    lookAtAll();
    QTRY_VERIFY(page()->viewer()->composed().width() == kSide);
    QTRY_COMPARE(page()->gallery()->currentId(), u"4"_s);
    QTRY_VERIFY(page()->viewer()->composition().shown);
    const QImage plain = page()->viewer()->composed();
    page()->viewer()->setLevels(0.25, 1.5);
    QVERIFY(page()->viewer()->composed() != plain);
    QSignalSpy saved(&page()->pictures(), &NewPictures::saved);
    page()->saveTo(m_dir->path());
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20000);
    const QImage written(saved[0][0].toString() + "/d_overlay.png"_L1);
    QCOMPARE(written.convertToFormat(QImage::Format_RGB32), page()->viewer()->composed());
  }

  void whatWasOutlinedOtherwiseIsSaid() {
    openProject();
    lookAtAll();
    QVERIFY(!words().contains(u"What is shown was outlined by"_s));
    const auto by = [this] {
      QSignalSpy saved(&page()->pictures(), &NewPictures::saved);
      page()->saveTo(m_dir->path());
      if (!QTest::qWaitFor([&] { return saved.count() == 1; }, 20000)) return QString();
      QFile table(saved[0][0].toString() + "/areas.csv"_L1);
      return table.open(QIODevice::ReadOnly) ? QString::fromUtf8(table.readAll()).trimmed().section(u',', -1) : QString();
    };
    QCOMPARE(by(), u"\"untuned\""_s);
    train(true);
    while (session().isBusy()) m_engine->end();
    QVERIFY2(words().contains(u"What is shown was outlined by the model as it came"_s), qPrintable(words()));
    QCOMPARE(by(), u"\"untuned\""_s);  // as it was made
    ui::Button* again = nullptr;
    for (auto* button : page()->findChildren<ui::Button*>())
      if (button->text() == "Look again"_L1) again = button;
    QVERIFY(again && again->isVisible());
    scan(*page(), "stale");
    again->click();
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QCOMPARE(m_engine->newPicturesRequest.folder, m_folder);
    QCOMPARE(m_engine->newPicturesRequest.epoch, 2);
    QVERIFY(!again->isVisible());
    find();
    see(0);
    m_engine->end();
    const QString run = QFileInfo(session().run().folder).fileName();
    QCOMPARE(by(), u"\"%1@2\""_s.arg(run));
    // A run without anything to use is put on screen.
    RunRecord other;
    other.folder = "/runs/other";
    other.epochs = {sampleEpoch(0), sampleEpoch(1)};
    other.bestEpoch = 1;
    other.finished = true;
    session().showRun(other);
    QVERIFY2(words().contains(u"by the trained model %1, version 2"_s.arg(run)), qPrintable(words()));
    QCOMPARE(by(), u"\"%1@2\""_s.arg(run));
  }

  void savesWhatIsSeenAndOverwritesNothing() {
    openProject();
    lookAtAll();
    const QString into = m_dir->path() + "/results"_L1;
    QDir().mkpath(into);
    QSignalSpy saved(&page()->pictures(), &NewPictures::saved);
    page()->saveTo(into);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20000);
    const QString folder = saved[0][0].toString();
    QCOMPARE(QFileInfo(folder).absolutePath(), into);
    QCOMPARE(saved[0][1].toString(), QString());
    const QStringList files = QDir(folder).entryList(QDir::Files, QDir::Name);
    QCOMPARE(files, (QStringList{u"a.png"_s, u"a_overlay.png"_s, u"areas.csv"_s, u"b_jpg.png"_s, u"b_jpg_overlay.png"_s, u"b_png.png"_s,
                                 u"b_png_overlay.png"_s, u"d.png"_s, u"d_overlay.png"_s}));
    const MaskImage mask = OpenCvImageSource().loadMask((folder + "/a.png"_L1).toStdString());
    QCOMPARE(mask.pixels[20 * kSide + 20], std::uint8_t(255));
    QCOMPARE(mask.pixels[0], std::uint8_t(0));
    QFile table(folder + "/areas.csv"_L1);
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(table.readAll());
    QVERIFY(text.contains(u"\"c.png\""_s));
    QVERIFY(text.contains(u"not for diagnosis"_s));
    const auto area = std::count(mask.pixels.begin(), mask.pixels.end(), std::uint8_t(255));
    QVERIFY2(text.contains(u"\"a.png\",40,40,0.5,%1,"_s.arg(area)), qPrintable(text));
    page()->saveTo(into);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, 20000);
    QVERIFY(saved[1][0].toString() != folder);
    QCOMPARE(QDir(into).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
    QVERIFY(words().contains(saved[1][0].toString()));
  }

  // On a file system of a few pages where the test may mount one, else by a limit on the size of files.
  void aFullDiskIsSaidAndLosesNothing() {
    openProject();
    lookAtAll();
    const QString into = m_dir->path() + "/small disk"_L1;
    QDir().mkpath(into);
    const bool isMounted = mount("none", into.toUtf8().constData(), "tmpfs", 0, "size=12k") == 0;
    rlimit former{};
    getrlimit(RLIMIT_FSIZE, &former);
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    if (!isMounted) {
      const rlimit small{64, former.rlim_max};
      QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    }
    QSignalSpy saved(&page()->pictures(), &NewPictures::saved);
    page()->saveTo(into);
    const bool isTold = QTest::qWaitFor([&] { return saved.count() == 1; }, 20000);
    setrlimit(RLIMIT_FSIZE, &former);
    std::signal(SIGXFSZ, handler);
    const QString folder = isTold ? saved[0][0].toString() : QString();
    const QStringList partial = QDir(folder).entryList({u"*.part*"_s}, QDir::Files | QDir::Hidden);
    QStringList unreadable;
    for (const QString& name : QDir(folder).entryList({u"*.png"_s}))
      if (QImage(folder + u'/' + name).isNull()) unreadable << name;
    if (isMounted) umount2(into.toUtf8().constData(), MNT_DETACH);
    QVERIFY(isTold);
    QVERIFY2(saved[0][1].toString().contains(u"The disk is full."_s), qPrintable(saved[0][1].toString()));
    QVERIFY2(saved[0][2].toString().contains(isMounted ? u"No space left"_s : u"File too large"_s), qPrintable(saved[0][2].toString()));
    QCOMPARE(partial, QStringList());
    QCOMPARE(unreadable, QStringList());  // what is there is whole
    // In plain words, with the rest behind a button; nothing in the window is gone.
    QTRY_VERIFY(words().contains(u"Not everything was saved."_s));
    QVERIFY(!words().contains(u"No space left"_s) && !words().contains(u"File too large"_s));
    QCOMPARE(page()->gallery()->itemCount(), 5);
    QCOMPARE(page()->pictures().seenCount(), 4);
    QVERIFY(page()->saveButton()->isEnabled());
    const QString roomy = m_dir->path() + "/roomy"_L1;
    QDir().mkpath(roomy);
    page()->saveTo(roomy);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, 20000);
    QCOMPARE(saved[1][1].toString(), QString());
    QCOMPARE(QDir(saved[1][0].toString()).entryList(QDir::Files).size(), 9);
    QTRY_VERIFY(!words().contains(u"Not everything was saved."_s));
  }

  void saysWhyNothingWasSaved() {
    openProject();
    lookAtAll();
    QSignalSpy saved(&page()->pictures(), &NewPictures::saved);
    page()->saveTo(m_dir->path() + "/there/is/no such folder"_L1);
    QTRY_COMPARE(saved.count(), 1);
    QVERIFY(!saved[0][1].toString().isEmpty());
    QVERIFY(words().contains(u"Nothing can be written"_s));
  }

  void ownResultsAreOnlyPictures() {
    openProject();
    lookAtAll();
    QSignalSpy saved(&page()->pictures(), &NewPictures::saved);
    page()->saveTo(m_dir->path());
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20000);
    const QString project = session().project().folder;
    drop(saved[0][0].toString());
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    QCOMPARE(m_engine->newPicturesRequest.folder, saved[0][0].toString());
    QCOMPARE(session().project().folder, project);
  }
};

QTEST_MAIN(TestNewPicturesResults)
#include "tst_newpicturesresults.moc"
