// Acceptance walk 9 with the real engine: selections of two tasks on one network, what they share beside chance, their intersection
// saved, and a run trained from it by the command line; then the same selection trained from the window.
#include <QDir>
#include <QLineEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/combineform.h"
#include "app/pages/comparepage.h"
#include "app/pages/selectionpage.h"
#include "app/pages/sharedcard.h"
#include "core/backbones/model.h"
#include "core/checkpoints/exporting.h"
#include "core/checkpoints/selectionset.h"
#include "core/io/imagewriter.h"
#include "core/selection/sets/setalgebra.h"
#include "tests/core/stripes.h"
#include "widgets/button.h"
#include "widgets/jaccardmatrix.h"
#include "widgets/overlapbars.h"
#include "widgets/selectionlist.h"
#include "widgets/sharedbars.h"
#include "widgets/theme.h"
#include "widgets/upsetbars.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestWalkCompare : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
    // Two tasks on the same pictures: which stripes they have; and whether they have those of the first kind.
    const test::StripeSource source;
    for (const auto& item : test::stripes(6, 3).items) {
      const RgbImage picture = source.loadImage(item.imagePath);
      const QString file = u'/' + QString::fromStdString(item.id) + ".png"_L1, split = QString::fromStdString(item.split);
      const QString kind = QString::fromStdString(item.className);
      for (const QString& folder :
           {at("stripes/") + split + u'/' + kind, at("first or not/") + split + u'/' + (kind == m_first ? u"first"_s : u"other"_s)}) {
        QVERIFY(QDir().mkpath(folder));
        writeRgb((folder + file).toStdString(), picture);
      }
    }
    const auto model = Model::create("vit_tiny_patch16_224", 32);
    model->fillRandom(3);
    exportWeights(*model, at("vit.safetensors").toStdString());
  }

  void walk() {
    AppSettings settings(at("settings.ini"));
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.show();
    Session& session = window.session();
    session.openPictures(at("stripes"));
    QTRY_VERIFY_WITH_TIMEOUT(session.isDataChecked(), 20000);
    session.openWeights(at("vit.safetensors"), 32);
    QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), 60000);
    const QString folder = session.project().folder + "/selection"_L1;

    // A selection of each task, by the command line, straight into the project's folder; the window finds them by itself.
    window.showPage(u"compare"_s);
    QVERIFY(window.comparePage()->isEmptyShown());
    for (const QString& task : {u"stripes"_s, u"first or not"_s})
      gps(QStringList{u"select"_s, u"--weights"_s, at("vit.safetensors"), u"--data"_s, at("") + task, u"--k"_s, u"2"_s, u"--out"_s,
                      folder + u'/' + task + ".safetensors"_L1} +
          m_small);
    ComparePage* page = window.comparePage();
    QTRY_COMPARE_WITH_TIMEOUT(page->matrix()->selectionCount(), 2, 20000);
    QVERIFY(!page->isEmptyShown());

    // Intersection map and Jaccard against chance: the numbers of core on the same files.
    const auto a = readSelectionFile((folder + "/first or not.safetensors"_L1).toStdString());
    const auto b = readSelectionFile((folder + "/stripes.safetensors"_L1).toStdString());
    const double jaccard = gps::jaccard(a.selection.offsets, b.selection.offsets);
    QCOMPARE(page->matrix()->value(0, 1), jaccard);
    QVERIFY(page->matrix()->chance(0, 1) > 0);
    QVERIFY2(jaccard > 3 * page->matrix()->chance(0, 1), qPrintable(QString::number(jaccard)));
    qint64 all = 0, specific = 0;
    for (const auto& block : page->shared()->blocks()) {
      all += block.all;
      specific += block.specific;
    }
    const auto both = gps::intersectionSize(a.selection.offsets, b.selection.offsets);
    QCOMPARE(all, both);
    QCOMPARE(specific, qint64(a.selection.offsets.size() + b.selection.offsets.size()) - 2 * both);
    QCOMPARE(page->upset()->itemCount(), 3);

    // The intersection becomes a selection of its own.
    QCOMPARE(page->form()->positions(), both);
    page->form()->nameEdit()->setText(u"core of both"_s);
    Q_EMIT page->form()->nameEdit()->textEdited(u"core of both"_s);
    page->form()->saveButton()->click();
    const QString saved = folder + "/core of both.safetensors"_L1;
    QTRY_COMPARE_WITH_TIMEOUT(page->list()->currentId(), saved, 10000);
    const auto made = readSelectionFile(saved.toStdString());
    QCOMPARE(qint64(made.selection.offsets.size()), both);
    QCOMPARE(made.selection.spec.origin, std::string("intersection of first or not, stripes"));

    // Exactly one of them, by a click on the picture.
    Q_EMIT page->upset()->combinationActivated(0b10);
    page->form()->saveButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(page->list()->selectionModelOfRows()->rowCount(), 4, 10000);
    const auto alone = readSelectionFile((folder + "/only-stripes.safetensors"_L1).toStdString());
    QCOMPARE(alone.selection.offsets.size(), b.selection.offsets.size() - std::size_t(both));

    // Trained by the command line.
    const QString run = at("run");
    gps(QStringList{u"train"_s, u"--weights"_s, at("vit.safetensors"), u"--data"_s, at("stripes"), u"--selection"_s, saved, u"--epochs"_s,
                    u"1"_s, u"--limit"_s, u"8"_s, u"--out"_s, run} +
        m_small);
    QVERIFY(readSelectionOrDelta(run.toStdString()).selection.offsets == made.selection.offsets);

    // And from the window, which lists the run's selection in turn.
    page->list()->setCurrentId(saved);
    Q_EMIT page->list()->currentIdChanged(saved);
    TrainSpec draft = session.project().train;
    draft.epochs = 1;
    draft.batch = 4;
    draft.limit = 8;
    session.setTrainDraft(draft);
    page->trainButton()->click();
    QCOMPARE(window.currentPage(), u"train"_s);
    session.startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(session.run().phase == RunView::Phase::Finished, 120000);
    QVERIFY(session.run().counts);
    QCOMPARE(session.run().counts->selected, both);
    QVERIFY(readSelectionOrDelta(session.run().folder.toStdString()).selection.offsets == made.selection.offsets);
    const SelectionLibrary& library = page->set().library();
    QTRY_VERIFY_WITH_TIMEOUT(library.find(session.run().folder) && library.find(session.run().folder)->isRun, 10000);

    // The card of the selection page measures the present choice against the saved ones.
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), 60000);
    session.runGradientPass();
    window.showPage(u"selection"_s);
    QTRY_VERIFY_WITH_TIMEOUT(session.table() && !session.isBusy(), 60000);
    session.setKeptPerRow(2);
    const auto& rows = window.selectionPage()->sharedCard()->bars()->rows();
    QTRY_COMPARE_WITH_TIMEOUT(rows.size(), qsizetype(4), 10000);
    for (const auto& row : rows) QVERIFY2(row.value >= 0 && row.value <= 1 && row.chance > 0, qPrintable(row.name));
    const auto own = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.name == "stripes"_L1; });
    QVERIFY(own != rows.end());
    QVERIFY2(own->value > 5 * own->chance, qPrintable(QString::number(own->value)));
    window.setAskBeforeClose(false);
    window.close();
  }

 private:
  QString at(const char* name) const { return m_dir.path() + u'/' + QLatin1StringView(name); }
  static void gps(const QStringList& words) {
    QProcess process;
    process.start(qEnvironmentVariable("GPS_BIN_DIR") + "/gps"_L1, words);
    QVERIFY2(process.waitForFinished(60000), qPrintable(process.errorString()));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
  }

  const QStringList m_small{u"--image-size"_s, u"32"_s, u"--device"_s, u"cpu"_s, u"--batch"_s, u"4"_s};
  const QString m_first = QString::fromStdString(test::stripes(1, 1).items.front().className);
  QTemporaryDir m_dir;
};

QTEST_MAIN(TestWalkCompare)
#include "tst_walkcompare.moc"
