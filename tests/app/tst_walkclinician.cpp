// Walk 7 with the real engine on real polyps: somebody who reads images opens a project that another person has trained in, and goes by
// keys alone through 20 cases: threshold, worst first, ratings and a remark, every way of comparing, numbers, blind reading, new pictures,
// exports. No word of network training is met, in English or Chinese.
#include <QClipboard>
#include <QCompleter>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/blindoutcome.h"
#include "app/pages/cases/blindpage.h"
#include "app/pages/cases/blindpanes.h"
#include "app/pages/cases/comparebar.h"
#include "app/pages/cases/exportdialog.h"
#include "app/pages/cases/lookcard.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/numberspage.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/cases/viewcard.h"
#include "app/pages/casespage.h"
#include "app/project/readings.h"
#include "tests/app/kvasirfolder.h"
#include "tests/app/visiblewords.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tablepanel.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {
constexpr int kLong = 300000, kSoon = 60000, kCases = 20, kTabs = 400;
}

class TestWalkClinician : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (kvasirFolder().isEmpty()) QSKIP("the Kvasir-SEG copies are not there: set GPS_TEST_DATA");
    if (findSampleWeights().isEmpty()) QSKIP("the sample weights are not there: set GPS_DEPS or GPS_WEIGHTS");
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
    ui::Theme::instance().setReducedMotion(true);
    m_settings = std::make_unique<AppSettings>(m_dir.path() + "/settings.ini"_L1);
    m_settings->setReaderName(u"Ann"_s);
    prepare();
  }
  void cleanupTestCase() { closeWindow(); }

  void opensTheProject() {
    openWindow();
    key(Qt::Key_O, Qt::ControlModifier);
    QTRY_VERIFY(dialog<QFileDialog>());
    answer(dialog<QFileDialog>(), m_project);
    QTRY_VERIFY_WITH_TIMEOUT(session().isDataChecked() && session().model() && !session().isBusy(), kSoon);
    key(Qt::Key_7, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), u"cases"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page().isSettled() && page().viewer()->composition().picture, kSoon);
    QCOMPARE(page().table()->totalCount(), kCases);
    // The scores of an earlier session, with what other thresholds need.
    QTRY_VERIFY_WITH_TIMEOUT(session().scores(session().run().bestEpoch()), kSoon);
    QCOMPARE(m_window->casesPage()->listing()->current(), u"list"_s);
    read("cases");
  }

  void worstFirst() {
    QCOMPARE(page().table()->sortColumn(), int(ui::CaseModel::Dice));
    QTRY_COMPARE(page().table()->visibleIds().size(), kCases);
    key(Qt::Key_Home);
    QCOMPARE(page().table()->currentPosition(), 1);
    double former = -1;
    for (int i = 0; i < kCases; ++i) {
      const double dice = diceOf(page().currentCase(), 0.5);
      QVERIFY2(dice >= former, "worst first");
      former = dice;
      key(Qt::Key_D);
    }
    key(Qt::Key_Home);
  }

  void oneThresholdForPictureAndNumbers() {
    settle();
    for (int i = 0; i < 3; ++i) key(Qt::Key_Comma);
    const double at = page().lookCard()->style().threshold;
    QVERIFY(at < 0.5);
    QCOMPARE(page().viewer()->overlayStyle().threshold, at);
    double sum = 0;
    for (const QString& id : page().table()->visibleIds()) sum += diceOf(id, at);
    QTRY_VERIFY2(words().contains(QString::number(sum / kCases, 'f', 3)), "mean over the cases at this threshold");
    read("threshold");
    // The same on the page of numbers, and on that of new pictures.
    press(u"Numbers"_s);
    QCOMPARE(m_window->currentPage(), u"numbers"_s);
    NumbersPage* numbers = m_window->numbersPage();
    QCOMPARE(numbers->threshold()->value(), at);
    QCOMPARE(numbers->shownAt(), at);
    QTRY_VERIFY(numbers->isSettled() && words().contains(QString::number(sum / kCases, 'f', 3)));
    QVERIFY(words().contains(tr("At threshold %1").arg(at, 0, 'f', 2)));
    read("numbers");
    key(Qt::Key_7, Qt::ControlModifier);
    QCOMPARE(m_window->newPicturesPage()->threshold()->value(), at);
  }

  void everyWayOfLooking() {
    settle();
    for (int i = 0; i < 5; ++i) {
      key(Qt::Key_W);
      read(qPrintable(u"mode %1"_s.arg(int(page().viewCard()->view()->mode()))));
    }
    QCOMPARE(page().viewCard()->view()->mode(), ui::CompareView::Mode::Overlay);
    key(Qt::Key_E);
    QCOMPARE(page().viewCard()->view()->mode(), ui::CompareView::Mode::Errors);
    read("errors");
    key(Qt::Key_E);
    key(Qt::Key_C);
    QVERIFY(!page().viewer()->overlayStyle().fill);
    key(Qt::Key_C);
    QTest::keyPress(target(), Qt::Key_Space);
    QVERIFY(page().viewer()->isOverlayHidden());
    QTest::keyRelease(target(), Qt::Key_Space);
    QVERIFY(!page().viewer()->isOverlayHidden());
    key(Qt::Key_G);
    QVERIFY(page().listing()->current() != u"list"_s);
    read("gallery");
    key(Qt::Key_G);
    QCOMPARE(page().listing()->current(), u"list"_s);
  }

  void twentyRatings() {
    key(Qt::Key_Home);
    settle();
    auto& readings = page().reading()->readings();
    QTRY_VERIFY(readings.isRead());
    QHash<QString, int> given;
    for (int i = 0; i < kCases; ++i) {
      settle();
      const QString id = page().currentCase();
      given.insert(id, 1 + i % 5);
      key(Qt::Key(Qt::Key_1 + i % 5));  // goes on to the next one
      QCOMPARE(readings.of(id).rating, 1 + i % 5);
    }
    QCOMPARE(given.size(), kCases);
    QCOMPARE(readings.count(), kCases);
    key(Qt::Key_R);
    QTRY_VERIFY(page().reading()->remark()->hasFocus());
    QTest::keyClicks(target(), u"flat, 5 mm"_s);
    key(Qt::Key_Return);
    QCOMPARE(readings.of(page().currentCase()).remark, u"flat, 5 mm"_s);
    read("rated");
    // All of them as a table.
    press(u"Reader, where I left, save"_s);
    QTRY_VERIFY(qobject_cast<QMenu*>(QApplication::activePopupWidget()));
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    read("menu of readings", menu);
    for (int i = 0; i < 10 && !(menu->activeAction() && menu->activeAction()->text().contains(u"CSV"_s)); ++i)
      QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(dialog<QFileDialog>());
    const QString csv = m_dir.path() + "/ratings.csv"_L1;
    answer(dialog<QFileDialog>(), csv);
    QTRY_VERIFY(QFile::exists(csv));
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    for (auto it = given.cbegin(); it != given.cend(); ++it) QVERIFY2(text.contains(it.key()), qPrintable(it.key()));
    QVERIFY(text.contains(u"flat, 5 mm"_s));
  }

  void exportsWhatIsSeen() {
    settle();
    press(u"Export…"_s);
    QTRY_VERIFY(dialog<ExportDialog>());
    auto* exporting = dialog<ExportDialog>();
    exporting->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(exporting));
    read("export", exporting);
    tabTo([&](const QWidget* w) { return w == exporting->which(); }, exporting);
    QTest::keyClick(exporting->which(), Qt::Key_Right);
    QCOMPARE(exporting->which()->current(), u"all"_s);
    tabTo([&](const QWidget* w) { return w == exporting->exportButton(); }, exporting);
    QTest::keyClick(exporting->exportButton(), Qt::Key_Space);
    const QString out = exporting->folder()->text();
    QTRY_COMPARE_WITH_TIMEOUT(QDir(out).entryList({u"*_overlay.png"_s}).size(), kCases, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(exporting->state()->text().contains(QString::number(kCases)), kLong);
    read("exported", exporting);
    QCOMPARE(QImage(out + u'/' + page().currentCase() + "_overlay.png"_L1).convertToFormat(QImage::Format_RGB32),
             page().viewer()->composed());
    QTest::keyClick(exporting, Qt::Key_Escape);
    QTRY_VERIFY(!dialog<ExportDialog>());
    activate();
  }

  void readsBlind() {
    press(u"Blind reading"_s);
    QCOMPARE(m_window->currentPage(), u"blind"_s);
    BlindPage* blind = m_window->blindPage();
    read("blind, before");
    press(u"Begin reading"_s);
    for (int i = 0; i < kCases; ++i) {
      QTRY_VERIFY_WITH_TIMEOUT(blind->panes()->isReady(), kLong);
      if (i == 0) read("blind, reading");
      key(Qt::Key(i % 3 == 0 ? Qt::Key_0 : i % 3 == 1 ? Qt::Key_1 : Qt::Key_2));
    }
    QTRY_VERIFY(!blind->panes()->isVisible());
    read("blind, all read");
    QVERIFY(!blind->readings().result());
    press(u"Unblind"_s);
    QVERIFY(blind->readings().result());
    QTRY_VERIFY(blind->outcome()->images()->rowCount() == kCases);
    read("blind, told");
    key(Qt::Key_7, Qt::ControlModifier);
  }

  void looksAtNewPictures() {
    press(u"New pictures…"_s);
    QCOMPARE(m_window->currentPage(), u"newpictures"_s);
    read("new pictures, empty");
    press(u"Choose folder…"_s);
    QTRY_VERIFY(dialog<QFileDialog>());
    answer(dialog<QFileDialog>(), m_new);
    NewPicturesPage* news = m_window->newPicturesPage();
    QTRY_COMPARE_WITH_TIMEOUT(news->pictures().phase(), NewPictures::Phase::Done, kLong);
    QTRY_VERIFY(!news->viewer()->composed().isNull());
    read("new pictures");
    // A threshold changed here is the one of Cases at once.
    tabTo([&](const QWidget* w) { return w == news->viewer(); });
    key(Qt::Key_Period);
    const double at = news->threshold()->value();
    QCOMPARE(page().lookCard()->style().threshold, at);
    QCOMPARE(page().viewer()->overlayStyle().threshold, at);
    // The results, at this threshold.
    const QString out = m_dir.path() + "/for the ward"_L1;
    QVERIFY(QDir().mkpath(out));
    QSignalSpy saved(&news->pictures(), &NewPictures::saved);
    press(u"Save results…"_s);
    QTRY_VERIFY(dialog<QFileDialog>());
    answer(dialog<QFileDialog>(), out);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kSoon);
    QCOMPARE(saved[0][1].toString(), QString());
    const QString results = saved[0][0].toString();
    QCOMPARE(QDir(results).entryList({u"*_overlay.png"_s}).size(), 3);
    QVERIFY(bytesOf(results + "/areas.csv"_L1).contains(QByteArray::number(at)));
    QTRY_VERIFY(words().contains(QDir::toNativeSeparators(results)));
    read("new pictures, saved");
    key(Qt::Key_7, Qt::ControlModifier);
  }

  void theSameInChinese() {
    m_languages.use(u"zh_CN"_s);
    for (const char* id : {"cases", "numbers", "blind", "newpictures"}) {
      m_window->showPage(QString::fromLatin1(id));
      QTest::qWait(200);
      read(id);
    }
    m_languages.use(u"en"_s);
  }

 private:
  // What another person has done before: a project with a short run, scored.
  void prepare() {
    const QString pictures = m_dir.path() + "/polyps"_L1;
    const QStringList val = idsOf(kvasirFolder() + "/val.txt"_L1), train = idsOf(kvasirFolder() + "/train.txt"_L1).mid(0, 8);
    QVERIFY(linkPairs(kvasirFolder(), train + val.mid(0, kCases), pictures));
    QVERIFY(writeList(pictures + "/train.txt"_L1, train) && writeList(pictures + "/val.txt"_L1, val.mid(0, kCases)));
    m_new = m_dir.path() + "/from the ward"_L1;
    QVERIFY(QDir().mkpath(m_new));
    for (const QString& id : val.mid(kCases, 3))
      QVERIFY(QFile::copy(kvasirFolder() + "/images/%1.jpg"_L1.arg(id), m_new + "/%1.jpg"_L1.arg(id)));
    openWindow();
    session().openPictures(pictures);
    QTRY_VERIFY_WITH_TIMEOUT(session().isDataChecked() && !session().isBusy(), kLong);
    session().openWeights(findSampleWeights(), 128);
    QTRY_VERIFY_WITH_TIMEOUT(session().model() && !session().isBusy(), kLong);
    TrainSpec draft = session().project().train;
    draft.epochs = 2;
    draft.batch = 2;
    draft.limit = 6;
    draft.validationLimit = 1;
    draft.warmupEpochs = 10;  // brings the decoder, trained with boxes only, to masks without a prompt
    session().setTrainDraft(draft);
    SelectionSpec selection = session().project().selection;
    selection.limit = 2;
    selection.batch = 2;
    session().setSelection(selection);
    session().runGradientPass();
    QTRY_VERIFY_WITH_TIMEOUT(session().table() && session().table()->hasPass && !session().isBusy(), kLong);
    QCOMPARE(session().whyNoTraining(), QString());
    session().startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(session().run().phase == RunView::Phase::Finished && !session().isBusy(), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(
        session().scores(session().run().bestEpoch()) && session().scores(session().run().bestEpoch())->isComplete() && !session().isBusy(),
        kLong);
    m_project = session().project().folder;
    const QString kept = session().run().folder + u"/cases/val-epoch-%1.json"_s.arg(session().run().bestEpoch(), 4, 10, QLatin1Char('0'));
    QTRY_VERIFY_WITH_TIMEOUT(bytesOf(kept).contains("thresholds"), kLong);
    closeWindow();
  }

  static QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

  void openWindow() {
    m_engine = std::make_unique<CoreEngine>();
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, m_languages);
    m_window->resize(1440, 900);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }
  void closeWindow() {
    if (!m_window) return;
    m_window->setAskBeforeClose(false);
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 60000);
    m_window.reset();
    m_engine.reset();
  }

  Session& session() { return m_window->session(); }
  CasesPage& page() const { return *m_window->casesPage(); }
  QWidget* target() const {
    QWidget* const focus = QApplication::focusWidget();
    QWidget* const window = QApplication::activeWindow();
    return focus ? focus : window ? window : m_window.get();
  }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(target(), key, modifiers); }
  void settle() { QTRY_VERIFY_WITH_TIMEOUT(page().isSettled() && page().viewer()->composition().picture, kSoon); }

  template <typename Dialog>
  Dialog* dialog() const {
    for (QWidget* top : QApplication::topLevelWidgets())
      if (auto* found = qobject_cast<Dialog*>(top); found && found->isVisible()) return found;
    return nullptr;
  }
  void answer(QFileDialog* dialog, const QString& path) {
    QVERIFY(dialog);
    auto* line = dialog->findChild<QLineEdit*>(u"fileNameEdit"_s);
    QVERIFY(line);
    dialog->activateWindow();
    line->setFocus();
    QTRY_VERIFY(line->hasFocus());
    // Pasted: letter by letter the dialog completes what it finds on this disk.
    QApplication::clipboard()->setText(path);
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(line->text(), path);
    if (line->completer()) line->completer()->popup()->hide();
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(!this->dialog<QFileDialog>());
    activate();
  }
  // A window system gives the focus back when a dialog closes; this one does not.
  void activate() {
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }

  // In this window; null: the one that has the focus.
  template <typename Wanted>
  void tabTo(const Wanted& wanted, QWidget* window = nullptr) {
    const auto at = [window] { return window ? window->focusWidget() : QApplication::focusWidget(); };
    QStringList met;
    for (int i = 0; i < kTabs && !wanted(at()); ++i) {
      QTest::keyClick(at() ? at() : window ? window : target(), Qt::Key_Tab);
      met << (at() ? QString::fromLatin1(at()->metaObject()->className()) : u"nothing"_s);
    }
    met.removeDuplicates();
    QVERIFY2(wanted(at()), qPrintable("the keyboard reaches only "_L1 + met.join(u", "_s)));
  }
  // A button in sight, by what is written on it or, on icons, told of it.
  void press(const QString& text) {
    tabTo([&text](const QWidget* w) {
      const auto* button = qobject_cast<const QAbstractButton*>(w);
      return button && button->isVisible() && (button->text() == text || button->accessibleName() == text);
    });
    key(Qt::Key_Space);
  }

  double diceOf(const QString& id, double threshold) const {
    const CaseCurve* curve = page().curves().of(id, page().compareBar()->shown());
    return curve && curve->counts ? curve->counts->at(threshold).dice() : -1;
  }

  QString words() const { return visibleWords(*m_window).join(u'\n'); }
  void read(const char* place, const QWidget* where = nullptr) {
    const QStringList met = visibleWords(where ? *where : *m_window);
    QVERIFY2(met.size() > (where ? 3 : 20), place);
    shoot(place);
    const QStringList jargon = jargonIn(met);
    QVERIFY2(jargon.isEmpty(), qPrintable(QString::fromUtf8(place) + ": "_L1 + jargon.join(u" | "_s)));
  }

  // With GPS_SHOTS=DIR the pictures are kept, to be looked at.
  void shoot(const char* place) {
    const QString folder = qEnvironmentVariable("GPS_SHOTS");
    if (folder.isEmpty() || m_languages.current() != "en"_L1) return;
    QWidget* top = QApplication::activeWindow() ? QApplication::activeWindow() : m_window.get();
    for (const char* theme : {"light", "dark"})
      for (const char* code : {"en", "zh_CN"}) {
        m_window->setTheme(QString::fromLatin1(theme));
        m_languages.use(QString::fromLatin1(code));
        QTest::qWait(300);
        const QString name = QString::fromUtf8(place).replace(u' ', u'-').remove(u',');
        top->grab().save(u"%1/%2-%3-%4.png"_s.arg(folder, name, QLatin1StringView(theme), QLatin1StringView(code)));
      }
    m_window->setTheme(u"light"_s);
    m_languages.use(u"en"_s);
    QTest::qWait(100);
  }

  QTemporaryDir m_dir;
  QString m_project, m_new;
  Languages m_languages;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<CoreEngine> m_engine;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestWalkClinician)
#include "tst_walkclinician.moc"
