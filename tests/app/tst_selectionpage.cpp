// The selection explorer on a made-up engine: what it asks for, when, and what is shown of the answers.
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <cmath>

#include "app/engine/schemetext.h"
#include "app/pages/layercard.h"
#include "app/pages/savedialog.h"
#include "app/pages/schemecard.h"
#include "app/pages/schemescard.h"
#include "app/pages/selectionpage.h"
#include "app/pages/stabilitycard.h"
#include "app/project/explorer.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/choicebox.h"
#include "widgets/curveplot.h"
#include "widgets/heatstrip.h"
#include "widgets/keyvaluelist.h"
#include "widgets/kslider.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/schemebars.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tablepanel.h"
#include "widgets/theme.h"
#include "windowfixture.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestSelectionPage : public QObject, protected WindowFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }

  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void levelIsAnsweredFromThePassInHand() {
    openAll();
    Q_EMIT page().schemeCard()->level()->currentChanged(u"net"_s);
    QCOMPARE(m_engine->rebuilds.size(), 1);
    QCOMPARE(m_engine->rebuilds.last().level, Level::Net);
    QVERIFY(session().isTableOnItsWay());
    QVERIFY(page().barsCard()->isStale());  // the old one stays, dimmed
    QVERIFY(page().bars()->blockCount() > 0);
    // The newest wish counts: the answer to the older one is dropped.
    const RunId older = m_engine->rebuildRun;
    Q_EMIT page().schemeCard()->level()->currentChanged(u"layer"_s);
    QCOMPARE(m_engine->rebuilds.size(), 2);
    m_engine->say(older, TableReady{tableOf(atLevel(Level::Net))});
    QVERIFY(!session().isTableOfScheme());
    m_engine->say(m_engine->rebuildRun, TableReady{tableOf(atLevel(Level::Layer))});
    QVERIFY(session().isTableOfScheme());
    QVERIFY(!page().barsCard()->isStale());
    QVERIFY(page().schemeCard()->budget()->isVisible());
    QCOMPARE(session().project().selection.level, Level::Layer);
    // Back to what is already there: nothing is asked twice.
    Q_EMIT page().schemeCard()->budget()->currentChanged(u"rows"_s);
    QCOMPARE(m_engine->rebuilds.size(), 3);
    Q_EMIT page().schemeCard()->budget()->currentChanged(u"share"_s);
    m_engine->say(m_engine->rebuildRun, TableReady{tableOf(atLevel(Level::Layer))});
    QVERIFY(session().isTableOfScheme());
  }

  void criterionOfAnotherPassAsksForOne() {
    openAll();
    Q_EMIT page().schemeCard()->criterion()->chosen(u"fisher"_s);
    QVERIFY(m_engine->rebuilds.isEmpty());
    QVERIFY(page().barsCard()->isStale());
    QVERIFY(!page().explorer().whyNotSaved().isEmpty());
    Q_EMIT page().schemeCard()->criterion()->chosen(u"magnitude"_s);
    QCOMPARE(m_engine->rebuilds.size(), 1);
    QVERIFY(!page().schemeCard()->loss()->isEnabled());
    Q_EMIT page().schemeCard()->criterion()->chosen(u"gradient"_s);
    QVERIFY(page().schemeCard()->loss()->isEnabled());
    QVERIFY(!page().schemeCard()->loss()->isOptionEnabled(u"supcon"_s));  // for classes
    QVERIFY(page().schemeCard()->loss()->isOptionEnabled(u"seg"_s));
  }

  void nothingIsChangedWhileSomethingLongRuns() {
    openAll();
    session().startTraining();
    QVERIFY(!page().schemeCard()->criterion()->isOptionEnabled(u"magnitude"_s));
    const auto before = m_engine->schemesRun;
    session().setExcluded({u"0.0"_s}, {});
    QVERIFY(m_engine->rebuilds.isEmpty());
    QTest::qWait(80);
    QCOMPARE(m_engine->schemesRun, before);
    m_engine->end(JobOutcome::Cancelled);
    QCOMPARE(m_engine->rebuilds.size(), 1);  // made up for
    QCOMPARE(m_engine->rebuilds.last().excludedBlocks, std::vector<std::string>{"0.0"});
  }

  void oneDragIsOneChange() {
    openAll();
    QSignalSpy changed(&session(), &Session::selectionChanged);
    auto* slider = page().slider();
    for (int k = 2; k <= 9; ++k) Q_EMIT slider->keptPerRowChanged(k);
    QCOMPARE(changed.count(), 0);
    QVERIFY(page().bars()->blockLines(u"0.0"_s).filter(u"before: K = 1"_s).size() == 1);
    Q_EMIT slider->keptPerRowCommitted(9);
    QCOMPARE(changed.count(), 1);
    QVERIFY(page().bars()->blockLines(u"0.0"_s).filter(u"before: K = 1"_s).size() == 1);
    // Another scheme: the ghost is the former one.
    Q_EMIT page().schemeCard()->level()->currentChanged(u"net"_s);
    m_engine->say(m_engine->rebuildRun, TableReady{tableOf(atLevel(Level::Net))});
    QVERIFY(page().bars()->blockLines(u"0.0"_s).filter(u"before: Neuron · gradient"_s).size() == 1);
  }

  void schemesStandSideBySide() {
    openAll();
    auto* bars = page().schemesCard()->bars();
    QCOMPARE(bars->rows().size(), 4);
    QVERIFY(bars->rows()[0].isCurrent);
    QVERIFY(bars->rows()[0].counts);  // the pass in hand
    QVERIFY(!bars->rows()[2].counts);
    QTRY_VERIFY(m_engine->schemesRun != 0);
    QCOMPARE(m_engine->schemesRequest.specs.size(), 3U);
    for (const SelectionSpec& spec : m_engine->schemesRequest.specs) m_engine->say(m_engine->schemesRun, SchemeReady{tableOf(spec)});
    m_engine->say(m_engine->schemesRun, JobEnded{JobKind::Explore, JobOutcome::Finished, {}});
    QVERIFY(bars->rows()[2].counts);
    // The slider moves them too, without a question.
    const auto run = m_engine->schemesRun;
    Q_EMIT page().slider()->keptPerRowChanged(7);
    QCOMPARE(bars->rows()[2].counts->keptPerRow, 7);
    QTest::qWait(60);
    QCOMPARE(m_engine->schemesRun, run);
    // A click takes one over.
    Q_EMIT bars->chosen(SchemeText::id({Level::Net, LayerBudget::Share, Criterion::Gradient}));
    QCOMPARE(session().project().selection.level, Level::Net);
    m_engine->say(m_engine->rebuildRun, TableReady{tableOf(m_engine->rebuilds.last())});
    QVERIFY(bars->rows()[2].isCurrent);
    // Taken away, added, four at most.
    Q_EMIT bars->removeRequested(SchemeText::id({Level::Neuron, LayerBudget::Share, Criterion::Random}));
    QCOMPARE(bars->rows().size(), 3);
    page().explorer().addScheme({Level::Neuron, LayerBudget::Share, Criterion::Fisher});
    page().explorer().addScheme({Level::Neuron, LayerBudget::Share, Criterion::Magnitude});
    QCOMPARE(bars->rows().size(), 4);
    QVERIFY(!bars->rows()[3].note.isEmpty());  // needs a pass of its own
    // Other exclusions: what is shown is of the former ones until the new ones are there.
    session().setExcluded({u"0.0"_s}, {});
    QVERIFY(bars->rows()[0].isStale);
  }

  void schemesAreKeptInTheProject() {
    openAll();
    const Scheme random{Level::Neuron, LayerBudget::Share, Criterion::Random};
    const Scheme byNeurons{Level::Layer, LayerBudget::Rows, Criterion::Fisher};
    auto& history = session().document().history();
    page().explorer().removeScheme(random);
    QCOMPARE(history.undoName(), u"take Neuron · random away from the schemes"_s);
    page().explorer().addScheme(byNeurons);
    QCOMPARE(history.undoName(), u"put Layer by its neurons · fisher beside the other schemes"_s);
    const QList<Scheme> wanted = page().explorer().schemes();
    QCOMPARE(wanted.size(), 4);
    history.undo();
    QCOMPARE(page().schemesCard()->bars()->rows().size(), 3);
    history.undo();
    QVERIFY(page().explorer().schemes().contains(random));
    QCOMPARE(page().schemesCard()->bars()->rows().size(), 4);
    history.redo();
    history.redo();
    QVERIFY(page().explorer().schemes() == wanted);
    QVERIFY(session().document().save());
    const QString folder = session().project().folder;
    session().openPictures(m_dir->path() + "/others"_L1);
    QVERIFY(page().explorer().schemes() == defaultSchemes());
    session().openProjectFolder(folder);
    QVERIFY(page().explorer().schemes() == wanted);
    QCOMPARE(page().schemesCard()->bars()->rows().size(), 4);
  }

  // Every plot has its menu, and a table behind it.
  void stripAndSchemesAreReadAsTables() {
    openAll();
    QTRY_VERIFY(m_engine->layerRun != 0);
    answerLook();
    QTRY_COMPARE(m_engine->layerRequest.tensor, "1.0.fc1.weight");
    answerLook();
    for (QWidget* plot : QList<QWidget*>{page().layerCard()->strip(), page().schemesCard()->bars()}) {
      QCOMPARE(plot->contextMenuPolicy(), Qt::CustomContextMenu);
      QTest::keyClick(plot, Qt::Key_T);
      auto* panel = m_window->findChild<ui::TablePanel*>();
      QVERIFY(panel && panel->isOpen());
      QVERIFY(panel->model()->rowCount() > 0);
      panel->close();
      Q_EMIT plot->customContextMenuRequested(QPoint(5, 5));
      auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
      QVERIFY(menu);
      QVERIFY(menu->actions().size() > 5);
      menu->close();
    }
  }

  void aHiddenPageIsFilledWhenItIsShown() {
    openAll();
    m_window->showPage(u"home"_s);
    const QStringList before = page().bars()->blockLines(u"0.0"_s);
    session().setKeptPerRow(9);
    QCOMPARE(page().bars()->blockLines(u"0.0"_s), before);
    m_window->showPage(u"selection"_s);
    QVERIFY(page().bars()->blockLines(u"0.0"_s) != before);
    QCOMPARE(page().slider()->keptPerRow(), 9);
  }

  void aLayerIsLookedAt() {
    openAll();
    QTRY_VERIFY(m_engine->layerRun != 0);
    QVERIFY(m_engine->layerRequest.tensor.empty());  // first which layers there are
    answerLook();
    QTRY_COMPARE(m_engine->layerRequest.tensor, "1.0.fc1.weight");  // in the middle
    QVERIFY(m_engine->layerRequest.overviewWidth > 0);
    answerLook();
    auto* card = page().layerCard();
    QCOMPARE(card->layers()->count(), 3);
    QCOMPARE(card->layers()->current(), u"1.0.fc1.weight"_s);
    QVERIFY(!card->strip()->linesAt(QRectF(card->strip()->rect()).center()).isEmpty());
    // A kind of the tree chooses its matrix.
    const QModelIndex block = page().tree()->blockModel()->indexOfBlock(u"0.0"_s);
    page().tree()->expand(block);
    page().tree()->setCurrentIndex(page().tree()->model()->index(0, 0, block));  // qkv
    QTRY_COMPARE(m_engine->layerRequest.tensor, "0.0.qkv.weight");
    QCOMPARE(page().bars()->highlightedBlock(), u"0.0"_s);
    answerLook();
    // Closer: the window goes with the question; one question at a time, of the newest window.
    const RunId run = m_engine->layerRun;
    card->strip()->zoom(2, QRectF(card->strip()->rect()).center());
    card->strip()->zoom(2, QRectF(card->strip()->rect()).center());
    QTRY_VERIFY(m_engine->layerRun != run);
    QCOMPARE(m_engine->layerRequest.window, card->strip()->window());
    const RunId asked = m_engine->layerRun;
    Q_EMIT page().slider()->keptPerRowChanged(5);
    QTest::qWait(60);
    QCOMPARE(m_engine->layerRun, asked);
    answerLook();
    QTRY_VERIFY(m_engine->layerRun != asked);
    QCOMPARE(m_engine->layerRequest.spec.keptPerRow, 5);
    // What fails is said in the card.
    Failure failure{JobKind::LookAtLayer, ErrorCode::Internal, {}, {}, {}, u"broken"_s};
    m_engine->say(m_engine->layerRun, JobEnded{JobKind::LookAtLayer, JobOutcome::Failed, failure});
    QVERIFY(card->hasError());
  }

  // Whatever begins next: one that was dropped with all that waited, or that its run ended before, is asked for again.
  void aLookThatWasMissedIsAskedForAgain() {
    openAll();
    QTRY_VERIFY(m_engine->layerRun != 0);
    answerLook();
    QTRY_COMPARE(m_engine->layerRequest.tensor, "1.0.fc1.weight");
    const RunId dropped = m_engine->layerRun;
    Q_EMIT m_engine->dropped({dropped});
    QVERIFY(page().explorer().isLookPending());
    session().startTraining();
    QTRY_VERIFY(m_engine->layerRun != dropped);
    QCOMPARE(m_engine->layerRequest.tensor, "1.0.fc1.weight");
    // Others that were dropped are not ours.
    const RunId asked = m_engine->layerRun;
    Q_EMIT m_engine->dropped({asked + 1000});
    QTest::qWait(60);
    QCOMPARE(m_engine->layerRun, asked);
    // Served within the run by its number, which has ended before.
    m_engine->say(asked, JobEnded{JobKind::Train, JobOutcome::Finished, {}});
    while (session().isBusy()) m_engine->end();
    QTRY_VERIFY(m_engine->layerRun != asked);
    answerLook();
    QVERIFY(page().explorer().look());
    QVERIFY(!page().layerCard()->hasError());
  }

  void stabilityTellsWhenItSettled() {
    openAll();
    auto* card = page().stabilityCard();
    QCOMPARE(card->curve()->pointCount(0), 4);
    QVERIFY2(card->text()->text().startsWith(u"After 2 batches"_s), qPrintable(card->text()->text()));
    card->stopsEarly()->click();
    QCOMPARE(session().project().selection.earlyStop, StabilityCard::kSettled);
    QCOMPARE(session().project().selection.earlyStop, StabilityCard::kSettled);
    session().runGradientPass();
    QVERIFY(m_engine->gradientRequest.selection.trace);
    QCOMPARE(m_engine->gradientRequest.selection.earlyStop, StabilityCard::kSettled);
    QCOMPARE(settledAfter({{1, 8, -1, 0.99}, {2, 16, -1, 0.4}, {3, 24, -1, 0.985}, {4, 32, -1, 1}}, 0.98), 2);
    QCOMPARE(settledAfter({{1, 8, -1, 0.5}, {2, 16, -1, 1}}, 0.98), -1);  // the end agrees with itself
    card->tabs()->setCurrent(u"kept"_s);
    Q_EMIT card->tabs()->currentChanged(u"kept"_s);
    QVERIFY(card->kept()->isVisible() && !card->curve()->isVisible());
    QCOMPARE(card->kept()->pointCount(0), 64);
  }

  void selectionIsKeptByName() {
    openAll();
    SaveDialog* dialog = page().saveSelection();
    QVERIFY(dialog);
    QCOMPARE(dialog->name()->text(), u"neuron-gradient-k1"_s);
    for (const QString& bad : {u" "_s, u"a/b"_s, u"..\\b"_s, u".hidden"_s}) {
      dialog->name()->setText(bad);
      dialog->save();
      QCOMPARE(m_engine->saveRun, 0U);
      QVERIFY(!dialog->problem()->text().isEmpty());
    }
    dialog->name()->setText(u"vom Anfang"_s);
    dialog->save();
    QCOMPARE(m_engine->saveRequest.path, session().project().folder + u"/selection/vom Anfang.safetensors"_s);
    m_engine->say(m_engine->saveRun,
                  JobEnded{JobKind::SaveSelection, JobOutcome::Failed, {JobKind::SaveSelection, ErrorCode::BadArgument, {}, {}, {}, {}}});
    QVERIFY(dialog->problem()->text().contains(u"already"_s));
    dialog->save();
    QSignalSpy accepted(dialog, &QDialog::accepted);
    m_engine->say(m_engine->saveRun, SelectionSaved{m_engine->saveRequest.path, 7});
    QCOMPARE(accepted.count(), 1);
  }

  void numbersSayWhatWouldTrain() {
    openAll();
    const auto rows = page().list()->rows();
    const auto valueOf = [&](const QString& key) {
      for (const auto& row : rows)
        if (row.key == key) return row.value;
      return QString();
    };
    const auto* counts = session().counts(1);
    QCOMPARE(valueOf(u"Selected weights"_s).remove(u','), QString::number(counts->selected));
    QVERIFY(!valueOf(u"share of the encoder"_s).isEmpty());
    QVERIFY(!valueOf(u"share of the model"_s).isEmpty());
    QVERIFY(!valueOf(u"Memory, about"_s).isEmpty());
    // A count of blocks is not a share, and Chinese sentences have no space between them.
    QVERIFY(m_languages->use(u"zh_CN"_s));
    const auto has = [this](const QRegularExpression& what) {
      for (const auto* label : page().findChildren<ui::Label*>())
        if (what.match(label->text()).hasMatch()) return true;
      return false;
    };
    QTRY_VERIFY(has(QRegularExpression(u"^\\d+ / \\d+$"_s)));
    QVERIFY(has(QRegularExpression(u"。种子"_s)) && !has(QRegularExpression(u"。 "_s)));
    m_languages->use(u"en"_s);
  }

  // Whatever the Train page makes of the decoder.
  void theDecoderCountsAsItWillTrain() {
    openAll();
    const auto valueOf = [&](const QString& key) {
      for (const auto& row : page().list()->rows())
        if (row.key == key) return QString(row.value).remove(u',').toLongLong();
      return -1LL;
    };
    const auto setDecoder = [&](DecoderMode mode) {
      TrainSpec draft = session().project().train;
      draft.selection.decoder = mode;
      session().setTrainDraft(draft);
    };
    const auto trainable = session().counts(1)->trainable;
    QCOMPARE(valueOf(u"All, with decoder"_s), trainable + 4058340);
    setDecoder(DecoderMode::Freeze);
    QCOMPARE(valueOf(u"All, decoder frozen"_s), trainable);
    setDecoder(DecoderMode::Sparse);
    QCOMPARE(valueOf(u"All, with decoder picks"_s), trainable + 9000 + 3000);
  }

  // The table ends at 64; a larger K, or a share, is counted for itself.
  void beyondTheTableOneIsCounted() {
    openAll();
    const auto asked = m_engine->rebuilds.size();
    const auto answer = [&](int k, qint64 selected) {
      auto table = std::make_shared<SelectionTable>(*tableOf(m_engine->rebuilds.last()));
      table->own = table->counts.back();
      table->own->keptPerRow = k;
      table->own->selected = selected;
      m_engine->say(m_engine->rebuildRun, TableReady{table});
    };
    const auto selected = [&] { return page().list()->rows().isEmpty() ? QString() : page().list()->rows().first().value; };
    page().slider()->findChild<QSpinBox*>()->setValue(100);
    QCOMPARE(session().project().selection.keptPerRow, 100);
    QCOMPARE(m_engine->rebuilds.size(), asked + 1);
    QCOMPARE(m_engine->rebuilds.last().keptPerRow, 100);
    QVERIFY(page().barsCard()->isStale());
    QVERIFY(page().bars()->blockCount() > 0);  // the old ones, dimmed
    answer(100, 123456);
    QCOMPARE(page().slider()->keptPerRow(), 100);
    QVERIFY(!page().barsCard()->isStale());
    QCOMPARE(selected(), u"123,456"_s);
    bool told = false;
    for (const auto* label : page().slider()->findChildren<QLabel*>()) told = told || label->text().contains(u"K = 100"_s);
    QVERIFY(told);
    // Within the table nothing is asked.
    page().slider()->findChild<QSpinBox*>()->setValue(5);
    QCOMPARE(m_engine->rebuilds.size(), asked + 1);
    QCOMPARE(selected().remove(u',').toLongLong(), session().counts(5)->selected);
    // A share is no K: its own count, too.
    SelectionSpec spec = session().project().selection;
    spec.share = 0.02;
    session().setSelection(spec);
    QCOMPARE(m_engine->rebuilds.size(), asked + 2);
    QCOMPARE(m_engine->rebuilds.last().share, 0.02);
    answer(4, 98765);
    QCOMPARE(selected(), u"98,765"_s);
    QVERIFY(!page().slider()->findChild<QSpinBox*>()->isEnabled());
  }

  void nothingIsCutAtTheSmallestSize() {
    openAll();
    for (const char* code : {"en", "zh_CN"}) {
      m_languages->use(QString::fromLatin1(code));
      m_window->resize(m_window->minimumSize());
      QCoreApplication::sendPostedEvents();
      QVERIFY(m_window->width() <= 1280 && m_window->height() <= 720);
      QVERIFY(page().layerCard()->strip()->height() >= page().layerCard()->strip()->minimumSizeHint().height());
      QVERIFY(page().bars()->height() >= page().bars()->minimumSizeHint().height());
    }
  }

 private:
  SelectionPage& page() { return *m_window->selectionPage(); }
  static SelectionSpec atLevel(Level level) {
    SelectionSpec spec;
    spec.level = level;
    return spec;
  }
  // The sample's numbers as another scheme's; at net level the first block gets most.
  static std::shared_ptr<const SelectionTable> tableOf(const SelectionSpec& spec) {
    auto table = std::make_shared<SelectionTable>(*sampleTable().table);
    table->spec = spec;
    table->snapshots = {{1, 2, -1, 0.7}, {2, 4, 0.8, 0.985}, {3, 6, -1, 0.99}, {4, 8, 0.99, 1}};
    if (spec.level == Level::Net)
      for (SelectionCounts& counts : table->counts) std::swap(counts.perBlock.front().selected, counts.perBlock.back().selected);
    return table;
  }
  void answerLook() {
    auto structure = std::make_shared<SelectionStructure>();
    for (const char* block : {"0.0", "1.0", "2.0"}) {
      LayerStructure layer;
      layer.tensor = std::string(block) + (block == std::string("0.0") ? ".qkv.weight" : ".fc1.weight");
      layer.block = block;
      layer.kind = block == std::string("0.0") ? "qkv" : "fc1";
      layer.rows = 512;
      layer.cols = 128;
      layer.selected = 512;
      layer.unionColumns = 70;
      layer.topColumns = {{20, 150}, {3, 60}};
      structure->layers.push_back(layer);
    }
    auto look = std::make_shared<LayerLook>();
    look->spec = m_engine->layerRequest.spec;
    look->tensor = m_engine->layerRequest.tensor;
    look->structure = structure;
    if (!look->tensor.empty()) {
      look->range = {1e-6, 1e-3, 0};
      look->picksPerColumn.assign(128, 4);
      const auto fill = [](LayerTile& tile, TileWindow w) {
        if (w.rows == 0) w = {0, 0, 512, 128, 64, 64};
        tile.window = w;
        tile.score.assign(std::size_t(w.width) * std::size_t(w.height), 1e-5F);
        tile.picks.assign(tile.score.size(), 0);
      };
      fill(look->tile, m_engine->layerRequest.window);
      if (m_engine->layerRequest.overviewWidth > 0) fill(look->overview, {});
    }
    m_engine->say(m_engine->layerRun, LayerLooked{look});
    m_engine->say(m_engine->layerRun, JobEnded{JobKind::LookAtLayer, JobOutcome::Finished, {}});
  }
  void openAll() {
    openPictures();
    openModel();
    m_window->showPage(u"selection"_s);
    runPass(TableReady{tableOf({})});
  }
};

QTEST_MAIN(TestSelectionPage)
#include "tst_selectionpage.moc"
