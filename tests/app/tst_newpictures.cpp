// A folder of new pictures in the window, on a made-up engine: streaming, cancel, waiting for a run, words, saving.
#include <sys/mount.h>
#include <sys/resource.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <csignal>

#include "app/pages/cases/newpicturespage.h"
#include "app/pages/casespage.h"
#include "core/io/opencvimagesource.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/emptystate.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/theme.h"
#include "widgets/thumbnailgrid.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 40;

class DiscMaps : public NewPictureMaps {
 public:
  ProbabilityMap map(int index) const override {
    ProbabilityMap map{kSide, kSide, {}};
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) map.values.push_back(float(1 / (1 + std::exp(std::hypot(x - 20, y - 20) - 6 - index))));
    return map;
  }
};

}  // namespace

class TestNewPictures : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    showWindow();
    m_folder = m_dir->path() + "/new pictures"_L1;
    QDir().mkpath(m_folder);
    QImage image(kSide, kSide, QImage::Format_RGB888);
    image.fill(QColor(190, 80, 70));
    for (const char* name : {"a.png", "b.png", "b.jpg", "d.png"}) image.save(m_folder + u'/' + QString::fromLatin1(name));
    QFile broken(m_folder + "/c.png"_L1);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
  }
  void cleanup() { end(); }

  void knowsAFolderWithoutMasks() {
    QVERIFY(holdsOnlyPictures(m_folder));
    QFile list(m_folder + "/train.txt"_L1);
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.close();
    QVERIFY(!holdsOnlyPictures(m_folder));
    list.remove();
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/a_mask.png"_L1);
    QVERIFY(!holdsOnlyPictures(m_folder));
    QFile::remove(m_folder + "/a_mask.png"_L1);
    QDir(m_folder).mkdir(u"masks"_s);
    QVERIFY(!holdsOnlyPictures(m_folder));
    QVERIFY(!holdsOnlyPictures(m_dir->path() + "/none"_L1));
    // Other files, results of before and one folder of pictures may lie beside them.
    QVERIFY(QDir(m_folder).rmdir(u"masks"_s));
    const auto write = [this](const QString& name, const char* text) {
      QFile file(m_folder + u'/' + name);
      return file.open(QIODevice::WriteOnly) && file.write(text) > 0;
    };
    QVERIFY(write(u"remarks.txt"_s, "seen on Monday\n"));
    QVERIFY(write(u"scope.json"_s, "{}"));
    QVERIFY(write(u"areas.csv"_s, "picture,width,height,threshold,area_pixels,area_share,mask,problem,use,model,outlined_by\n"));
    QVERIFY(write(u"patients.csv"_s, "number,age\n1,70\n"));
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/a_overlay.png"_L1);
    QDir(m_folder).mkpath(u"old"_s);
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/old/a.png"_L1);
    QVERIFY(holdsOnlyPictures(m_folder));
    QDir(m_folder).mkpath(u"older"_s);
    QFile::copy(m_folder + "/a.png"_L1, m_folder + "/older/a.png"_L1);
    QVERIFY(!holdsOnlyPictures(m_folder));  // folders of classes
    QVERIFY(QDir(m_folder + "/older"_L1).removeRecursively());
    QVERIFY(holdsOnlyPictures(m_folder));
    QVERIFY(write(u"data.csv"_s, "image;mask;split\n"));
    QVERIFY(!holdsOnlyPictures(m_folder));
    QVERIFY(QFile::remove(m_folder + "/data.csv"_L1));
    for (const char* name : {"val.txt", "train800val200.txt", "train_fit.txt", "test.json"}) {
      QVERIFY(write(QString::fromLatin1(name), "a.png 1\n"));
      QVERIFY2(!holdsOnlyPictures(m_folder), name);
      QVERIFY(QFile::remove(m_folder + u'/' + QString::fromLatin1(name)));
    }
    QDir(m_folder).mkdir(u"Train"_s);
    QVERIFY(!holdsOnlyPictures(m_folder));
  }

  // The project, its pictures and a run stay what they are.
  void picturesDroppedAloneAreLookedAt() {
    openProject();
    const QString project = session().project().folder;
    drop(m_folder + "/a.png"_L1);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QCOMPARE(m_engine->newPicturesRequest.files, QStringList{m_folder + "/a.png"_L1});
    QVERIFY(!page()->asVideoButton()->isVisible());
    m_engine->end();
    dropAll({m_folder + "/a.png"_L1, m_folder + "/d.png"_L1});
    QCOMPARE(m_engine->newPicturesRequest.files, (QStringList{m_folder + "/a.png"_L1, m_folder + "/d.png"_L1}));
    m_engine->end();
    drop(m_folder);
    QVERIFY(m_engine->newPicturesRequest.files.isEmpty());
    m_engine->end();
    train(false);
    const int stops = m_engine->stops;
    drop(m_folder + "/a.png"_L1);
    QVERIFY(session().isTraining());
    QCOMPARE(m_engine->stops, stops);
    QVERIFY(page()->state()->text().contains(u"A run is training"_s));
    QCOMPARE(session().project().folder, project);
    QCOMPARE(session().project().dataFolder, m_dir->path());
    QVERIFY(session().data());
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

  void savingTheProjectElsewhereKeepsWhatWasSeen() {
    openProject();
    lookAtAll();
    QCOMPARE(session().whyNoSaveAs(), QString());
    session().saveProjectAs(m_dir->path() + "/copy"_L1);
    QTRY_COMPARE(session().project().folder, m_dir->path() + "/copy"_L1);
    QCOMPARE(page()->pictures().items().size(), 5);
    QCOMPARE(page()->pictures().seenCount(), 4);
    session().openPictures(m_dir->path() + "/others"_L1);
    QVERIFY(page()->pictures().items().isEmpty());
  }

  // The runs of a project come a moment after its model; until then it is not known what the trained model is.
  void waitsUntilTheRunsAreListed() {
    session().openPictures(m_dir->path());
    const RunId list = m_engine->last();
    m_engine->say(list - 1, sampleData());
    m_engine->end();
    openModel();
    drop(m_folder);
    QVERIFY(m_engine->currentJob() != JobKind::LookAtPictures);
    RunRecord record;
    record.folder = "/runs/k3";
    record.epochs = {sampleEpoch(0), sampleEpoch(1), sampleEpoch(2)};
    record.bestEpoch = 2;
    record.finished = true;
    m_engine->say(list, RunsListed{{record}});
    m_engine->say(list, JobEnded{JobKind::ListRuns, JobOutcome::Finished, {}});
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QCOMPARE(m_engine->newPicturesRequest.runFolder, u"/runs/k3"_s);
    QCOMPARE(m_engine->newPicturesRequest.epoch, 2);
  }

  // What waits for the engine goes with a stop, the list of runs too: nobody waits for it then.
  void aLostListOfRunsHoldsNothingUp() {
    session().openPictures(m_dir->path());
    m_engine->say(m_engine->last() - 1, sampleData());
    m_engine->end();
    openModel();
    drop(m_folder);
    QVERIFY(m_engine->currentJob() != JobKind::LookAtPictures);
    session().stopEngine();
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QVERIFY(m_engine->newPicturesRequest.runFolder.isEmpty());
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
    scan("stale");
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

  void saysWhatIsMissing() {
    page()->open(m_folder);
    m_window->showPage(u"newpictures"_s);
    QVERIFY(page()->isEmptyShown());
    QVERIFY(notice()->isVisible());
    openProject();
    QCOMPARE(m_engine->newPicturesRequest.folder, m_folder);  // begins once there is a model
    QVERIFY(!page()->isEmptyShown());
  }

  void streamsIn() {
    openProject();
    drop(m_folder);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    QCOMPARE(m_engine->newPicturesRequest.folder, m_folder);
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QVERIFY(notice()->isVisible());
    QVERIFY(notice()->text().contains(u"not for diagnosis"_s));
    find();
    see(0);
    QTRY_VERIFY(page()->viewer()->composed().width() == kSide);  // as soon as it is there
    m_engine->say(Progress{"predict", "images", 1, 5, 0.5, 2, 2, 0, 0});
    QTRY_VERIFY2(page()->state()->text().contains(u"1 of 5 images"_s), qPrintable(page()->state()->text()));
    QVERIFY(page()->state()->text().contains(u"left"_s));
    QVERIFY(page()->cancelButton()->isVisible());
    see(1);
    see(2);
    broken(3);
    see(4);
    m_engine->end();
    QTRY_VERIFY(words().contains(u"c.png"_s));
    QVERIFY(words().contains(u"1 picture could not be read"_s));
    QVERIFY(!page()->cancelButton()->isVisible());
    QVERIFY(page()->state()->text().contains(u"4"_s));
    QCOMPARE(page()->gallery()->itemCount(), 5);
    QVERIFY(page()->saveButton()->isEnabled());
    // One value for the picture and the numbers.
    const double half = page()->pictures().share(0, 0.5), low = page()->pictures().share(0, 0.05);
    QVERIFY(low > half);
    QVERIFY(std::abs(half - shareOf(DiscMaps().map(0), 0.5)) < 1e-12);
    QVERIFY(std::abs(low - shareOf(DiscMaps().map(0), 0.05)) < 1e-12);
    QVERIFY(std::isnan(page()->pictures().share(3, 0.5)));
  }

  void fitsTheSmallestWindow() {
    openProject();
    m_window->resize(1280, 720);
    lookAtAll();
    QTRY_COMPARE(page()->gallery()->itemCount(), 5);
    QCoreApplication::sendPostedEvents();
    QVERIFY(m_window->width() <= 1280 && m_window->height() <= 720);
    for (const auto* area : page()->findChildren<QScrollArea*>()) QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
  }

  void stops() {
    openProject();
    drop(m_folder);
    find();
    see(0);
    page()->cancelButton()->click();
    QCOMPARE(m_engine->stops > 0, true);
    QVERIFY(page()->state()->text().contains(u"Stopping"_s));
    m_engine->end(JobOutcome::Cancelled);
    QTRY_VERIFY(page()->state()->text().contains(u"Stopped after 1 picture"_s));
    QVERIFY(page()->saveButton()->isEnabled());  // what is there stays
  }

  void waitsForTheRun() {
    openProject();
    train(false);
    drop(m_folder);
    QCOMPARE(m_engine->currentJob(), JobKind::Train);
    QVERIFY(page()->state()->text().contains(u"A run is training"_s));
    page()->cancelButton()->click();
    QVERIFY(m_window->session().isTraining());  // the run goes on
    drop(m_folder);
    m_engine->end();  // scores follow by themselves
    for (int i = 0; i < 8 && m_engine->currentJob() != JobKind::LookAtPictures; ++i) m_engine->end();
    QCOMPARE(m_engine->currentJob(), JobKind::LookAtPictures);
    QVERIFY(m_engine->newPicturesRequest.epoch > 0);  // the best one
    QVERIFY(!m_engine->newPicturesRequest.runFolder.isEmpty());
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

  void noJargonInEveryState() {
    page()->open(m_folder);
    m_window->showPage(u"newpictures"_s);
    scan("empty");
    openProject();
    drop(m_folder);
    scan("beginning");
    find();
    see(0);
    scan("looking");
    broken(3);
    m_engine->end();
    QTest::qWait(200);
    scan("done");
    train(true);
    m_window->showPage(u"newpictures"_s);
    page()->open(m_folder);
    scan("with a run");
    for (const char* state : {"zh"}) {
      m_languages->use(u"zh_CN"_s);
      scan(state);
    }
  }

  void keysGoThroughThePictures() {
    openProject();
    lookAtAll();
    QTRY_COMPARE(page()->gallery()->currentId(), u"4"_s);
    page()->viewer()->setFocus();
    QTest::keyClick(page()->viewer(), Qt::Key_A);  // the broken one is passed over
    QCOMPARE(page()->gallery()->currentId(), u"2"_s);
    QTest::keyClick(page()->viewer(), Qt::Key_D);
    QCOMPARE(page()->gallery()->currentId(), u"4"_s);
  }

 private:
  void drop(const QString& path) { dropAll({path}); }
  void dropAll(const QStringList& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths) urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
  }
  NewPicturesPage* page() const { return m_window->newPicturesPage(); }
  ui::Badge* notice() const {
    for (auto* badge : page()->findChildren<ui::Badge*>())
      if (badge->text().contains(u"diagnosis"_s)) return badge;
    return page()->findChild<ui::Badge*>();
  }
  QString words() const {
    QString all;
    for (const auto* label : page()->findChildren<QLabel*>())
      if (label->isVisible()) all += label->text() + u'\n';
    return all;
  }
  void scan(const char* state) {
    QStringList seen;
    for (const QWidget* w : page()->findChildren<QWidget*>()) {
      if (!w->isVisible()) continue;
      seen << w->toolTip() << w->accessibleName() << w->accessibleDescription();
      if (const auto* label = qobject_cast<const QLabel*>(w)) seen << label->text();
      if (const auto* button = qobject_cast<const QAbstractButton*>(w)) seen << button->text();
      if (const auto* box = qobject_cast<const QComboBox*>(w))
        for (int i = 0; i < box->count(); ++i) seen << box->itemText(i) << box->itemData(i, Qt::ToolTipRole).toString();
      if (const auto* badge = qobject_cast<const ui::Badge*>(w)) seen << badge->text();
    }
    QVERIFY(seen.size() > 10);
    for (const QString& text : seen)
      for (const char* word :
           {"logit", "epoch", "state dict", "tensor", "gradient", "checkpoint", "delta", "轮次", "梯度", "增量", "张量", "检查点"})
        QVERIFY2(!text.contains(QString::fromUtf8(word), Qt::CaseInsensitive), qPrintable(QString::fromLatin1(state) + ": "_L1 + text));
  }
  static double shareOf(const ProbabilityMap& map, double threshold) {
    const auto above = std::count_if(map.values.begin(), map.values.end(), [&](float p) { return double(p) > threshold; });
    return double(above) / double(map.values.size());
  }
  void find() {
    NewPicturesFound found{m_folder, {}, {}, std::make_shared<DiscMaps>()};
    for (const char* name : {"a.png", "b.jpg", "b.png", "c.png", "d.png"}) {
      found.names << QString::fromLatin1(name);
      found.paths << m_folder + u'/' + QString::fromLatin1(name);
    }
    m_engine->say(found);
  }
  void see(int index) {
    NewPictureSeen seen;
    seen.index = index;
    seen.width = seen.height = kSide;
    const ProbabilityMap map = DiscMaps().map(index);
    for (std::size_t i = 0; i <= 100; ++i)
      seen.above[i] =
          std::uint32_t(std::count_if(map.values.begin(), map.values.end(), [&](float p) { return double(p) > double(i) / 100; }));
    seen.thumbnail = std::make_shared<RgbImage>(RgbImage{kSide, kSide, std::vector<std::uint8_t>(kSide * kSide * 3, 150)});
    for (const float p : map.values) seen.thumbnailMap.push_back(std::uint8_t(std::lround(p * 255)));
    m_engine->say(seen);
  }
  void broken(int index) {
    NewPictureSeen seen;
    seen.index = index;
    seen.problem = u"is no picture that can be read"_s;
    m_engine->say(seen);
  }
  void lookAtAll() {
    drop(m_folder);
    find();
    for (const int i : {0, 1, 2}) see(i);
    broken(3);
    see(4);
    m_engine->end();
  }
  void openProject() {
    openPictures();
    openModel();
  }
  void train(bool toTheEnd) {
    runPass();
    m_window->session().startTraining();
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
    if (toTheEnd) m_engine->end();
  }
  QString m_folder;
};

QTEST_MAIN(TestNewPictures)
#include "tst_newpictures.moc"
