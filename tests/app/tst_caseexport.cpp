// Exports of the page of cases on a made-up engine: what is written is what is seen, nothing is replaced unasked, all of a list with
// cancel; the epochs of a run by slider, player, GIF and PNG sequence.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <cmath>
#include <memory>

#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/epochtravel.h"
#include "app/pages/cases/exportdialog.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/viewcard.h"
#include "app/pages/casespage.h"
#include "app/pages/trainpage.h"
#include "app/project/mapfetch.h"
#include "app/project/runlibrary.h"
#include "casesfixture.h"
#include "core/io/runlength.h"
#include "gifframes.h"
#include "runfolders.h"
#include "widgets/button.h"
#include "widgets/casetable.h"
#include "widgets/curveplot.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestCaseExport : public QObject, protected CasesFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    ui::Theme::instance().setReducedMotion(false);
    showWindow();
    openCases(4);
    scoreRun({40, 35, 30, 25});
  }
  void cleanup() { end(); }

  void whatIsSeenIsWhatIsWritten_data() {
    QTest::addColumn<int>("mode");
    QTest::newRow("overlay") << int(ui::CompareView::Mode::Overlay);
    QTest::newRow("wipe") << int(ui::CompareView::Mode::Wipe);
    QTest::newRow("change") << int(ui::CompareView::Mode::Change);
    QTest::newRow("errors") << int(ui::CompareView::Mode::Errors);
  }
  void whatIsSeenIsWhatIsWritten() {
    QFETCH(int, mode);
    look(u"case_6"_s);
    page().viewCard()->setMode(ui::CompareView::Mode(mode));
    OverlayStyle style = page().lookCard()->style();
    style.threshold = 0.37, style.opacity = 0.6;
    page().lookCard()->setStyle(style);
    Q_EMIT page().lookCard()->styleChanged(style);
    page().viewer()->setLevels(0.1, 1.2);
    QCOMPARE(page().viewer()->overlayStyle().threshold, 0.37);
    ExportDialog* dialog = page().showExport();
    QVERIFY(dialog);
    dialog->setKinds({true, true, true, true, true});
    dialog->folder()->setText(out());
    run(dialog);
    QCOMPARE(QDir(out()).entryList(QDir::Files, QDir::Name),
             (QStringList{u"case_6.png"_s, u"case_6_indexed.png"_s, u"case_6_overlay.png"_s, u"case_6_prob.png"_s, u"masks.json"_s}));
    QCOMPARE(QImage(out() + "/case_6_overlay.png"_L1).convertToFormat(QImage::Format_RGB32), page().viewer()->composed());
    const QImage mask(out() + "/case_6.png"_L1), indexed(out() + "/case_6_indexed.png"_L1), probability(out() + "/case_6_prob.png"_L1);
    QCOMPARE(indexed.format(), QImage::Format_Indexed8);
    QCOMPARE(probability.format(), QImage::Format_Grayscale16);
    const auto map = cone(40);
    int on = 0;
    for (int y = 0; y < mask.height(); ++y)
      for (int x = 0; x < mask.width(); ++x) {
        const float p = map->values[std::size_t(y * mask.width() + x)];
        const bool isOn = p > 0.37F;
        on += isOn;
        QCOMPARE(qGray(mask.pixel(x, y)), isOn ? 255 : 0);
        QCOMPARE(indexed.pixelIndex(x, y), int(isOn));
        const auto* row = reinterpret_cast<const quint16*>(probability.constScanLine(y));
        QVERIFY(std::abs(row[x] / 65535.0 - double(p)) < 1e-5);
      }
    const QJsonObject coco = QJsonDocument::fromJson(bytesOf(out() + "/masks.json"_L1)).object();
    const QJsonObject annotation = coco[u"annotations"_s][0].toObject();
    QCOMPARE(annotation[u"area"_s].toInt(), on);
    const MaskImage back = maskOfRuns(runLengthsFrom(annotation[u"segmentation"_s][u"counts"_s].toString().toStdString(), 64, 64));
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x) QCOMPARE(int(back.pixels[std::size_t(y * 64 + x)]), qGray(mask.pixel(x, y)));
    dialog->close();
  }

  // A version that was chosen as "now" is none once the run has ended; the untuned model does not stand in for it.
  void nowCannotBeHadAfterTheRun() {
    RunLibrary runs;
    MapFetch fetch(*m_engine, session(), runs);
    const MapSource now{session().run().folder, Session::kNow};
    const int before = m_engine->predictions;
    QVERIFY2(fetch.whyNot(now).contains(u"training is over"_s), qPrintable(fetch.whyNot(now)));
    QCOMPARE(fetch.whyNot({session().run().folder, 2}), QString());
    QSignalSpy failed(&fetch, &MapFetch::failed);
    fetch.fetch(u"case_6"_s, std::make_shared<const RgbImage>(DiscImages().loadImage({})), now);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(m_engine->predictions, before);
  }

  // The next case is chosen before its picture is there: nothing is written under its name meanwhile.
  void nothingIsExportedWhileTheNextCaseIsRead() {
    openCases(12);
    scoreRun({40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29});
    look(u"case_6"_s);
    ui::Button* button = nullptr;
    for (auto* each : page().findChildren<ui::Button*>())
      if (each->text() == u"Export…"_s && each->isVisible()) button = each;
    QVERIFY(button);
    QVERIFY(button->isEnabled());
    const QStringList ids = page().table()->visibleIds();
    const auto at = ids.indexOf(u"case_6"_s);
    QVERIFY2(at >= 0 && ids.size() >= 6, qPrintable(ids.join(u' ')));
    page().showCase(ids[(at + ids.size() / 2) % ids.size()]);  // the next ones are read ahead
    QVERIFY(!page().showExport());
    QVERIFY(!button->isEnabled());
    QVERIFY(button->toolTip().contains(u"Wait until the picture is read."_s));
    QTRY_VERIFY(button->isEnabled());
    QTRY_VERIFY(page().isSettled());
    ExportDialog* dialog = page().showExport();
    QVERIFY(dialog);
    dialog->close();
  }

  void panesAreWrittenSideBySide() {
    test::writeRun(session().project().runsFolder().toStdString() + "/other", {});
    look(u"case_6"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page().compareBar()->addButton()->isEnabled(), 20000);
    const int before = m_engine->predictions;
    page().compareBar()->addButton()->click();
    QCOMPARE(page().compareBar()->sources().size(), 3);
    const MapSource third = page().compareBar()->sources()[2];
    QTRY_COMPARE(m_engine->predictions, before + 1);
    answer(cone(15));
    QTRY_VERIFY(page().predictions().map(u"case_6"_s, third));
    page().viewCard()->setMode(ui::CompareView::Mode::Panes);
    const ui::CompareView* view = page().viewCard()->view();
    QCOMPARE(view->paneCount(), 3);
    const auto [rows, columns] = view->arrangement();
    ExportDialog* dialog = page().showExport();
    dialog->setKinds({true, true, false, false, false});
    dialog->folder()->setText(out());
    run(dialog);
    const QImage written(out() + "/case_6_overlay.png"_L1);
    const int gap = 4;
    QCOMPARE(written.size(), QSize(columns * 64 + (columns - 1) * gap, rows * 64 + (rows - 1) * gap));
    // Each pane as its viewer shows it, but for the words in its corner.
    const QList<ui::ImageViewer*> viewers = view->viewers();
    for (int i = 0; i < 3; ++i) {
      const QImage seen = viewers[i]->composed();
      const QPoint at((i % columns) * (64 + gap), (i / columns) * (64 + gap));
      for (int y = 32; y < 64; ++y)
        for (int x = 0; x < 64; ++x) QCOMPARE(written.pixelColor(at + QPoint(x, y)), seen.pixelColor(x, y));
      QVERIFY(written.copy(QRect(at, QSize(64, 30))).convertToFormat(QImage::Format_RGB32) != seen.copy(0, 0, 64, 30));
    }
    // The mask is still that of the one that is shown.
    const QImage mask(out() + "/case_6.png"_L1);
    const auto shown = cone(40);
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x) QCOMPARE(qGray(mask.pixel(x, y)), shown->values[std::size_t(y * 64 + x)] > 0.5F ? 255 : 0);
    dialog->close();
  }

  void nothingIsReplacedUnasked() {
    look(u"case_6"_s);
    QVERIFY(QDir().mkpath(out()));
    QFile there(out() + "/case_6.png"_L1);
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    ExportDialog* dialog = page().showExport();
    dialog->setKinds({false, true, true, false, false});
    dialog->folder()->setText(out());
    run(dialog);
    QCOMPARE(bytesOf(there.fileName()), QByteArray("mine"));
    QVERIFY(QFile::exists(out() + "/case_6_indexed.png"_L1));
    QVERIFY2(dialog->state()->text().contains(u"1 file that was there was kept"_s), qPrintable(dialog->state()->text()));
    dialog->existing()->setCurrent(u"replace"_s);
    run(dialog);
    QVERIFY(bytesOf(there.fileName()).startsWith("\x89PNG"));
    // What was chosen is remembered.
    dialog->close();
    QTest::qWait(0);
    QCOMPARE(page().showExport()->kinds(), (ExportKinds{false, true, true, false, false}));
  }

  void allOfTheListAndCancel() {
    look(u"case_6"_s);
    page().table()->setSorting(ui::CaseModel::Id, Qt::DescendingOrder);
    ExportDialog* dialog = page().showExport();
    dialog->which()->setCurrent(u"all"_s);
    dialog->setKinds({false, true, false, false, true});
    dialog->folder()->setText(out());
    run(dialog);
    QCOMPARE(QDir(out()).entryList({u"*.png"_s}, QDir::Files).size(), 4);
    const QJsonArray images = QJsonDocument::fromJson(bytesOf(out() + "/masks.json"_L1)).object()[u"images"_s].toArray();
    QCOMPARE(images.size(), 4);
    QCOMPARE(images[0].toObject()[u"file_name"_s].toString(), u"case_9"_s);  // the order of the list
    dialog->close();

    // Of an epoch that nothing has been computed for: the engine is asked, one picture at a time.
    page().travel()->slider()->setValue(1);
    answer(cone(20));
    dialog = page().showExport();
    dialog->which()->setCurrent(u"all"_s);
    dialog->setKinds({false, true, false, false, false});
    dialog->folder()->setText(out() + "/2"_L1);
    int before = m_engine->predictions;
    dialog->exportButton()->click();
    QTRY_COMPARE(m_engine->predictions, before + 1);
    QCOMPARE(m_engine->predicted.epoch, 1);
    QTest::qWait(50);
    QCOMPARE(m_engine->predictions, before + 1);
    answer(cone(20));
    QTRY_COMPARE(m_engine->predictions, before + 2);
    QVERIFY(dialog->state()->text().contains(u"2 of 4"_s));
    QCOMPARE(dialog->closeButton()->text(), u"Cancel"_s);
    dialog->closeButton()->click();
    QVERIFY(dialog->state()->text().contains(u"Cancelled"_s));
    QCOMPARE(dialog->closeButton()->text(), u"Close"_s);
    QCOMPARE(QDir(out() + "/2"_L1).entryList(QDir::Files).size(), 1);
  }

  void anErrorIsSaid() {
    look(u"case_6"_s);
    QFile file(out());
    QVERIFY(file.open(QIODevice::WriteOnly));  // no folder can be made there
    ExportDialog* dialog = page().showExport();
    dialog->setKinds({false, true, false, false, false});
    dialog->folder()->setText(out());
    run(dialog);
    QVERIFY2(dialog->state()->text().contains(u"The export stopped."_s), qPrintable(dialog->state()->text()));
    dialog->folder()->setText({});
    QVERIFY(!dialog->exportButton()->isEnabled());
  }

  void theSliderWalksTheEpochs() {
    look(u"case_6"_s);
    EpochTravel* travel = page().travel();
    QVERIFY(travel->isVisible());
    QCOMPARE(travel->epochs(), (QList<int>{0, 1, 2}));
    QCOMPARE(travel->slider()->value(), 2);
    QVERIFY(travel->ahead().isEmpty());  // nothing is computed that nobody asked for
    const int before = m_engine->predictions;
    travel->slider()->setValue(1);
    QCOMPARE(page().compareBar()->shown().epoch, 1);
    QTRY_COMPARE(m_engine->predictions, before + 1);
    QCOMPARE(m_engine->predicted.epoch, 1);
    answer(cone(20));
    QTRY_VERIFY(page().predictions().map(u"case_6"_s, page().compareBar()->shown()));
    travel->slider()->setValue(0);
    QVERIFY(page().compareBar()->shown().isBase());
    QCOMPARE(travel->slider()->value(), 0);
    travel->slider()->setValue(1);  // from memory
    QTest::qWait(20);
    QCOMPARE(m_engine->predictions, before + 1);
  }

  // One epoch for the curves, the table of epochs and the pictures.
  void theEpochLookedAtIsOneForAllPages() {
    look(u"case_6"_s);
    const QString run = m_window->session().run().folder;
    EpochFocus& focus = m_window->session().epochFocus();
    QCOMPARE(focus.of(run), EpochFocus::kNone);
    TrainPage* train = m_window->trainPage();
    auto* table = train->findChild<QTreeWidget*>();
    QVERIFY(!table->currentItem());
    QVERIFY(std::isnan(train->curves()->cursor()));
    page().travel()->slider()->setValue(1);
    QCOMPARE(focus.of(run), 1);
    QCOMPARE(train->curves()->cursor(), 1.0);
    QVERIFY(table->currentItem());
    QCOMPARE(table->indexOfTopLevelItem(table->currentItem()), 1);
    table->setCurrentItem(table->topLevelItem(2));
    QCOMPARE(page().compareBar()->shown().epoch, 2);
    QCOMPARE(page().travel()->slider()->value(), 2);
    Q_EMIT train->curves()->xActivated(0.9);
    QCOMPARE(page().compareBar()->shown().epoch, 1);
    QCOMPARE(table->indexOfTopLevelItem(table->currentItem()), 1);
    Q_EMIT train->curves()->xActivated(0.1);
    QVERIFY(page().compareBar()->shown().isBase());
    // Enter leads to the pictures of that epoch.
    m_window->showPage(u"train"_s);
    table->setCurrentItem(table->topLevelItem(2));
    Q_EMIT table->itemActivated(table->topLevelItem(2), 0);
    QVERIFY(page().isVisible());
    QCOMPARE(page().compareBar()->shown().epoch, 2);
    // Another run is not looked at.
    focus.set(run + u"-other"_s, 1);
    QCOMPARE(page().compareBar()->shown().epoch, 2);
    QVERIFY(std::isnan(train->curves()->cursor()));
    QVERIFY(!table->currentItem());
  }

  void thePlayerGoesRoundAndKeepsStillWhenMotionIsReduced() {
    look(u"case_6"_s);
    EpochTravel* travel = page().travel();
    travel->slider()->setValue(1);
    answer(cone(20));
    QTRY_VERIFY(page().predictions().map(u"case_6"_s, page().compareBar()->shown()));
    travel->playButton()->click();
    QVERIFY(travel->isPlaying());
    QSet<int> seen;
    connect(travel, &EpochTravel::epochWished, this, [&seen](int epoch) { seen << epoch; });
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 3, 5000);
    m_settings->setReducedMotion(true);
    QVERIFY(!travel->isPlaying());
    QVERIFY(!travel->playButton()->isEnabled());
    m_settings->setReducedMotion(false);
    QVERIFY(travel->playButton()->isEnabled());
  }

  void gifAndPicturesOfTheEpochs() {
    look(u"case_6"_s);
    EpochTravel* travel = page().travel();
    travel->slider()->setValue(1);
    answer(cone(20));
    QTRY_VERIFY(page().predictions().map(u"case_6"_s, page().compareBar()->shown()));
    QSignalSpy finished(&travel->movie(), &EpochMovie::finished);
    travel->exportGif(m_dir->path() + "/a"_L1);
    answerWhenAsked(finished);
    QVERIFY(!travel->movie().failure());
    const QList<QImage> frames = gifFrames(m_dir->path() + "/a.gif"_L1);
    QCOMPARE(frames.size(), 3);
    for (const QImage& frame : frames) QCOMPARE(frame.size(), QSize(64, 64));
    QVERIFY(frames[0] != frames[1]);
    finished.clear();
    travel->exportPictures(m_dir->path());
    answerWhenAsked(finished);
    QCOMPARE(QDir(m_dir->path() + "/case_6_versions"_L1).entryList(QDir::Files, QDir::Name),
             (QStringList{u"case_6_version-0000.png"_s, u"case_6_version-0001.png"_s, u"case_6_version-0002.png"_s}));
    QCOMPARE(QImage(m_dir->path() + "/case_6_versions/case_6_version-0001.png"_L1).convertToFormat(QImage::Format_RGB32),
             page().viewer()->composed());
    // Cancelled: no GIF.
    finished.clear();
    travel->exportGif(m_dir->path() + "/b.gif"_L1);
    travel->exportButton()->click();
    QCOMPARE(finished.count(), 1);
    QTest::qWait(50);
    QVERIFY(!QFile::exists(m_dir->path() + "/b.gif"_L1));
  }

 private:
  QString out() const { return m_dir->path() + "/out"_L1; }

  void run(ExportDialog* dialog) {
    QVERIFY2(dialog->exportButton()->isEnabled(), qPrintable(dialog->exportButton()->toolTip()));
    dialog->exportButton()->click();
    QTRY_COMPARE(dialog->closeButton()->text(), u"Close"_s);
  }

  void answer(const std::shared_ptr<const ProbabilityMap>& map) {
    const PredictRequest asked = m_engine->predicted;
    m_engine->say(Predicted{asked.caseId, asked.runFolder, asked.epoch, map});
    m_engine->say(JobEnded{JobKind::Predict, JobOutcome::Finished, {}});
  }

  void answerWhenAsked(const QSignalSpy& finished) {
    for (int known = m_engine->predictions, i = 0; finished.isEmpty() && i < 500; ++i) {
      QTest::qWait(10);
      if (m_engine->predictions == known) continue;
      known = m_engine->predictions;
      answer(cone(20));
    }
    QCOMPARE(finished.count(), 1);
  }

  void look(const QString& id) {
    page().showCase(id);
    QTRY_VERIFY(page().isSettled());
    QTRY_VERIFY(page().viewer()->composition().before);
  }
};

QTEST_MAIN(TestCaseExport)
#include "tst_caseexport.moc"
