// The whole window on a made-up engine, with pictures sorted into classes: data, model, selection, training, cases.
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <algorithm>

#include "app/pages/casespage.h"
#include "app/pages/classcasespage.h"
#include "app/pages/datapage.h"
#include "app/pages/epochchoice.h"
#include "app/pages/selectionpage.h"
#include "app/pages/trainpage.h"
#include "app/shellactions.h"
#include "runfolders.h"
#include "smallestwindow.h"
#include "widgets/classlist.h"
#include "widgets/classtable.h"
#include "widgets/confusionmatrix.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/propertyform.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/theme.h"
#include "widgets/thumbnailgrid.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestClassWindow : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    m_engine->sets.answers = true;
    m_engine->sets.files = {sampleSelection(u"textures"_s, 69000), sampleSelection(u"sign digits"_s, 69000)};
    showWindow();
  }
  void cleanup() { end(); }

  void dataShowsClassesAndNoMasks() {
    openPictures(sampleClasses());
    m_window->showPage(u"data"_s);
    auto* page = static_cast<DataPage*>(m_window->page(u"data"_s));
    QVERIFY(page->classTable()->isVisible());
    QCOMPARE(page->classTable()->visibleClasses().size(), 3);
    QCOMPARE(page->thumbnails()->itemCount(), 30);
    Q_EMIT page->classTable()->classActivated(1);
    QCOMPARE(page->thumbnails()->itemCount(), 10);
    Q_EMIT page->classTable()->classActivated(-1);
    QCOMPARE(page->thumbnails()->itemCount(), 30);
    noWordOf(page, u"mask"_s);
    // Back to pictures with masks: the classes are gone.
    m_window->session().openPictures(m_dir->path() + "/polyps"_L1);
    m_engine->say(m_engine->last() - 1, sampleData());
    QVERIFY(!page->classTable()->isVisible());
    QCOMPARE(page->thumbnails()->itemCount(), 10);
  }

  void modelTellsItsHead() {
    openPictures(sampleClasses());
    openModel(sampleClassifier());
    m_window->showPage(u"model"_s);
    Page* page = m_window->page(u"model"_s);
    QCOMPARE(valueOf(page, u"Head"_s), u"new, 3 classes"_s);
    QCOMPARE(valueOf(page, u"Input size"_s), u"224 px"_s);
    noWordOf(page, u"decoder"_s);
    noWordOf(page, u"mask"_s);
    ModelOpened bare = sampleClassifier();
    bare.fileClasses = 0;
    m_window->session().openWeights(u"/dino.pth"_s);
    m_engine->say(bare);
    QCOMPARE(valueOf(page, u"Head"_s), u"none: a new one is trained"_s);
    bare.fileClasses = 3;
    m_engine->say(bare);
    QCOMPARE(valueOf(page, u"Head"_s), u"3 classes"_s);
  }

  void selectionOffersTheLossOfClasses() {
    openAll();
    m_window->showPage(u"selection"_s);
    SelectionPage* page = m_window->selectionPage();
    QVERIFY(!page->isEmptyShown());
    noWordOf(page, u"decoder"_s);
    QCOMPARE(m_window->session().project().selection.loss, LossKind::Contrastive);
  }

  void formHasTheFieldsOfTheTask() {
    openAll();
    m_window->showPage(u"train"_s);
    TrainPage* page = m_window->trainPage();
    const QStringList keys = page->form()->keys();
    for (const QString& key :
         {u"drop_path"_s, u"mixup"_s, u"cutmix"_s, u"label_smoothing"_s, u"ema_decay"_s, u"train_on_val"_s, u"augment"_s})
      QVERIFY2(keys.contains(key), qPrintable(key));
    for (const QString& key : {u"decoder"_s, u"warmup_epochs"_s}) QVERIFY2(!keys.contains(key), qPrintable(key));
    QCOMPARE(page->form()->value(u"epochs"_s).toInt(), 100);
    QCOMPARE(page->form()->value(u"augment"_s).toString(), u"vtab"_s);
    for (const QString& key : keys) QVERIFY2(page->form()->isDefault(key), qPrintable(key));
    noWordOf(page, u"decoder"_s);
    // Back to pictures with masks: the other fields, and the other defaults.
    m_window->session().openPictures(m_dir->path() + "/polyps"_L1);
    m_engine->say(m_engine->last() - 1, sampleData());
    QVERIFY(page->form()->keys().contains(u"warmup_epochs"_s));
    QVERIFY(!page->form()->keys().contains(u"mixup"_s));
    QCOMPARE(page->form()->value(u"epochs"_s).toInt(), TrainSpec{}.epochs);
  }

  void curvesArePercentOfRightPictures() {
    openAll();
    m_window->showPage(u"train"_s);
    m_window->session().startTraining();
    ui::CurvePlot* curves = m_window->trainPage()->curves();
    m_engine->say(EpochDone{sampleClassEpoch(0)});
    m_engine->say(EpochDone{sampleClassEpoch(1)});
    QCOMPARE(curves->pointCount(2), 2);
    QCOMPARE(curves->lastPoint(2).second, 60.0);
    QCOMPARE(curves->lastPoint(3).second, 100.0);
    QCOMPARE(curves->pointCount(4), 1);  // the average exists from the first epoch on
    QCOMPARE(curves->lastPoint(4).second, 55.0);
    bool hasPercent = false;
    for (const auto* label : m_window->trainPage()->findChildren<ui::Label*>()) hasPercent = hasPercent || label->text() == u"60.0 %"_s;
    QVERIFY(hasPercent);
  }

  void theBestNumberSaysHowItWasMeasured() {
    openAll();
    m_window->showPage(u"train"_s);
    m_window->session().startTraining();
    const auto says = [&](const QString& words) {
      const auto labels = m_window->trainPage()->findChildren<ui::Label*>();
      return std::any_of(labels.begin(), labels.end(), [&](const auto* label) { return label->text().contains(words); });
    };
    std::vector<EpochRecord> epochs{sampleClassEpoch(0), sampleClassEpoch(1)};
    for (const auto& e : epochs) m_engine->say(EpochDone{e});
    QVERIFY(!says(u"Measured in"_s));  // fp32
    for (auto& e : epochs) e.precision = Precision::Bf16;
    for (const auto& e : epochs) m_engine->say(EpochDone{e});
    QVERIFY(says(u"Measured in bf16."_s) && !says(u"during training"_s));
    epochs[1].again.emplace().top1 = 0.58;
    TrainOutcome outcome;
    outcome.epochs = epochs;
    outcome.bestEpoch = 1;
    m_engine->say(TrainDone{outcome});
    m_engine->end();
    QVERIFY(says(u"Measured in fp32; in bf16 during training: 60.0 %."_s));
    QVERIFY(says(u"58.0 %"_s));
  }

  void whatWasNotScoredHasNoNumber() {
    openAll();
    m_window->showPage(u"train"_s);
    m_window->session().startTraining();
    auto epoch = sampleClassEpoch(1);
    epoch.isScored = false;
    m_engine->say(EpochDone{epoch});
    const auto labels = m_window->trainPage()->findChildren<ui::Label*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const auto* label) { return label->text().contains(u"no pictures to score"_s); }));
    QVERIFY(std::none_of(labels.begin(), labels.end(), [](const auto* label) { return label->text().contains(u" %"_s); }));
  }

  void cellOfTheMatrixFiltersListAndGallery() {
    openAll();
    trainAndScore();
    m_window->showPage(u"cases"_s);
    ClassCasesPage* page = m_window->classCasesPage();
    QVERIFY(page->isVisible());
    QVERIFY(!m_window->casesPage()->isVisible());
    QVERIFY(!page->isEmptyShown());
    QCOMPARE(page->epochs()->epoch(), 2);
    QCOMPARE(page->list()->visibleCount(), 12);
    QCOMPARE(page->gallery()->itemCount(), 4);
    QCOMPARE(page->matrix()->count({0, 1}), 2);
    // Worst first: the true class of the third wrong one got least.
    QCOMPARE(page->list()->visibleIds().first(), u"val/abyssinian/1"_s);
    const QRectF cell = page->matrix()->cellRect({0, 1});
    QTest::mouseClick(page->matrix()->viewport(), Qt::LeftButton, {}, cell.center().toPoint());
    QCOMPARE(page->list()->visibleIds(), (QStringList{u"val/abyssinian/1"_s, u"val/abyssinian/0"_s}));
    QCOMPARE(page->gallery()->itemCount(), 2);
    keep(u"cell"_s);
    // A cell of right pictures shows those.
    Q_EMIT page->matrix()->cellActivated(0, 0);
    QCOMPARE(page->list()->visibleCount(), 2);
    QCOMPARE(page->gallery()->itemCount(), 2);
    QCOMPARE(page->matrix()->selectedCell(), (ui::ConfusionCell{0, 0}));
    // One class.
    Q_EMIT page->classTable()->classActivated(2);
    QCOMPARE(page->list()->visibleCount(), 4);
    QCOMPARE(page->gallery()->itemCount(), 1);
    QVERIFY(!page->matrix()->selectedCell().isValid());
    Q_EMIT page->view()->currentChanged(u"classes"_s);
    QVERIFY(page->classTable()->isVisible());
    keep(u"class"_s);
    Q_EMIT page->view()->currentChanged(u"matrix"_s);
    Q_EMIT page->classTable()->classActivated(-1);
    QCOMPARE(page->list()->visibleCount(), 12);
    // The untuned model was worse.
    page->epochs()->setCurrent(u"untuned"_s);
    Q_EMIT page->epochs()->changed();
    QCOMPARE(page->gallery()->itemCount(), 8);
    QCOMPARE(m_engine->predictions, 0);
    noWordOf(page, u"mask"_s);
    noWordOf(page, u"Dice"_s);
  }

  void keysWalkThroughThePictures() {
    openAll();
    trainAndScore();
    m_window->showPage(u"cases"_s);
    ClassCasesPage* page = m_window->classCasesPage();
    QTRY_VERIFY(page->isSettled());
    const QStringList order = page->list()->visibleIds();
    QCOMPARE(page->list()->currentId(), order[0]);
    QTest::keyClick(page, Qt::Key_D);
    QCOMPARE(page->list()->currentId(), order[1]);
    QTRY_VERIFY(page->isSettled());
    QCOMPARE(page->gallery()->currentId(), order[1]);
    QCOMPARE(valueOf(page, u"True class"_s), u"Ragdoll"_s);
    QCOMPARE(valueOf(page, u"Predicted"_s), u"Abyssinian"_s);
  }

  void unscoredPicturesStandThere() {
    openAll();
    m_window->showPage(u"cases"_s);
    ClassCasesPage* page = m_window->classCasesPage();
    QCOMPARE(page->list()->visibleCount(), 12);  // of the validation split
    QCOMPARE(page->gallery()->itemCount(), 0);
    QVERIFY(!page->matrix()->isVisible());
    keep(u"unscored"_s);
    m_window->session().scoreCases();
    m_engine->say(ClassesScored{{}, 0, sampleScore(5)});
    m_engine->end();
    QVERIFY(page->matrix()->isVisible());
    QCOMPARE(page->gallery()->itemCount(), 5);
  }

  void otherTaskOtherPage() {
    openAll();
    m_window->showPage(u"cases"_s);
    QVERIFY(m_window->classCasesPage()->isVisible());
    m_window->session().openPictures(m_dir->path() + "/polyps"_L1);
    m_engine->say(m_engine->last() - 1, sampleData());
    QVERIFY(m_window->casesPage()->isVisible());
    QVERIFY(!m_window->classCasesPage()->isVisible());
  }

  // With GPS_SHOTS=DIR the pictures are kept, to be looked at.
  void everyPageInEveryThemeAndLanguage() {
    openAll();
    trainAndScore();
    test::writeRun(m_window->session().project().runsFolder().toStdString() + "/k1", {});
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->page(u"runs"_s)->isEmptyShown(), 20000);
    m_window->session().setKeptPerRow(3);
    const QString folder = qEnvironmentVariable("GPS_SHOTS");
    for (const char* theme : {"light", "dark", "contrast"}) {
      m_window->setTheme(QString::fromLatin1(theme));
      for (const char* code : {"en", "zh_CN"}) {
        QVERIFY(m_languages->use(QString::fromLatin1(code)));
        for (const QString& id : m_window->pageIds()) {
          m_window->showPage(id);
          if (id == "cases"_L1) QTRY_VERIFY(m_window->classCasesPage()->isSettled());
          QTest::qWait(folder.isEmpty() ? 10 : 300);
          const QPixmap shot = m_window->grab();
          QCOMPARE(shot.size(), m_window->size() * shot.devicePixelRatio());
          QCOMPARE(m_window->page(id)->isEmptyShown(), id == "newpictures"_L1 || id == "video"_L1);
          if (!folder.isEmpty())
            QVERIFY(shot.save(
                u"%1/%2-%3-%4@%5x.png"_s.arg(folder, id, QLatin1StringView(theme), QLatin1StringView(code)).arg(shot.devicePixelRatio())));
        }
      }
    }
    m_window->setTheme(u"light"_s);
  }

  void nothingIsCutAtTheSmallestSize() {
    openAll();
    trainAndScore();
    test::writeRun(m_window->session().project().runsFolder().toStdString() + "/k1", {});
    m_window->resize(1280, 720);
    for (const QString& id : m_window->pageIds()) {
      m_window->showPage(id);
      QTRY_COMPARE(m_window->page(id)->isEmptyShown(), id == "newpictures"_L1 || id == "video"_L1);  // the comparison waits for its files
      QCoreApplication::sendPostedEvents();
      QVERIFY2(m_window->width() <= 1280 && m_window->height() <= 720, qPrintable(id));
      if (id == "newpictures"_L1 || id == "video"_L1) continue;  // filled, they are looked at in tst_newpictures and tst_video
      const auto areas = m_window->page(id)->findChildren<QScrollArea*>();
      for (const auto* area : areas) QVERIFY2(area->horizontalScrollBar()->maximum() == 0, qPrintable(id));
      if (const QString folder = qEnvironmentVariable("GPS_SHOTS"); !folder.isEmpty()) {
        QTest::qWait(200);
        QVERIFY(m_window->grab().save(u"%1/small-%2.png"_s.arg(folder, id)));
      }
    }
    // At the size the program starts with, the page of cases needs no scrolling either way.
    m_window->showPage(u"cases"_s);
    m_window->resize(1440, 900);
    QCoreApplication::sendPostedEvents();
    for (const auto* area : m_window->classCasesPage()->findChildren<QScrollArea*>()) QTRY_COMPARE(area->verticalScrollBar()->maximum(), 0);
  }

  // The keys of pictures with masks are not promised here.
  void keysOfTheCasesAreListed() {
    openAll();
    m_window->showPage(u"cases"_s);
    QStringList rows;
    for (const auto& group : m_window->shell().keys())
      for (const auto& row : group.rows) rows << row.first + u' ' + row.second;
    QVERIFY(rows.contains("D next picture"_L1));
    QVERIFY(rows.contains("Ctrl+1 Home"_L1));
    QVERIFY(rows.filter(u"Next case"_s).isEmpty());
    QVERIFY(rows.filter(u"Picture at 100 %"_s).isEmpty());
  }

  void nothingIsCutInTheSmallestWindow() {
    openAll();
    trainAndScore();
    SmallestWindow small(*m_window, *m_settings, *m_languages);
    for (const QString& page : {u"data"_s, u"model"_s, u"selection"_s, u"train"_s, u"cases"_s}) QVERIFY(isUncut(small.cutEverywhere(page)));
  }

 private:
  void keep(const QString& name) {
    const QString folder = qEnvironmentVariable("GPS_SHOTS");
    if (folder.isEmpty()) return;
    QTest::qWait(300);
    QVERIFY(m_window->grab().save(u"%1/choice-%2.png"_s.arg(folder, name)));
  }
  void openAll() {
    openPictures(sampleClasses());
    openModel(sampleClassifier());
    auto table = std::make_shared<SelectionTable>(*sampleTable().table);
    table->pass = m_window->session().selectionSpec();
    table->spec.loss = m_window->session().project().selection.loss;
    runPass({table});
  }
  void trainAndScore() {
    m_window->session().startTraining();
    for (int i = 1; i <= 40; ++i) m_engine->say(StepsAdded{{{i, i / 20.0, 1.1 * std::exp(-i / 18.0) + 0.1 * ((i * 7) % 5), 1e-3}}});
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleClassEpoch(e)});
    m_engine->end();
    m_engine->say(ClassesScored{{}, 0, sampleScore(8)});
    m_engine->end();
    m_engine->say(ClassesScored{m_engine->scoreRequest.runFolder, 2, sampleScore(4)});
    m_engine->end();
  }
  // The value beside a name in one of the page's lists.
  static QString valueOf(Page* page, const QString& key) {
    for (const auto* list : page->findChildren<ui::KeyValueList*>())
      for (const ui::KeyValue& row : list->rows())
        if (row.key == key) return row.value;
    return {};
  }
  // What can be read on the page.
  static void noWordOf(Page* page, const QString& word) {
    QStringList texts;
    for (const auto* label : page->findChildren<QLabel*>())
      if (label->isVisible()) texts << label->text() << label->toolTip();
    for (const auto* button : page->findChildren<QPushButton*>())
      if (button->isVisible()) texts << button->text() << button->toolTip();
    for (const auto* list : page->findChildren<ui::KeyValueList*>())
      for (const ui::KeyValue& row : list->rows()) texts << row.key << row.value << row.toolTip;
    for (const auto* tree : page->findChildren<QTreeWidget*>())
      for (int i = 0; i < tree->topLevelItemCount(); ++i)
        for (int c = 0; c < tree->columnCount(); ++c) texts << tree->topLevelItem(i)->text(c);
    for (const QString& text : texts) QVERIFY2(!text.contains(word, Qt::CaseInsensitive), qPrintable(text));
  }
};

QTEST_MAIN(TestClassWindow)
#include "tst_classwindow.moc"
