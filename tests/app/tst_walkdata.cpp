// Walk 2 with the real engine: a Kvasir-SEG folder dropped on an empty window becomes a project, pairs are found, the leak badge is green
// on the 880/120 split. On folders as the method's released configuration uses them (all pictures for training, a part of the same ones for
// validation) it is red, here and beside every score.
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/numberspage.h"
#include "app/pages/casespage.h"
#include "app/pages/datapage.h"
#include "tests/app/kvasirfolder.h"
#include "widgets/badge.h"
#include "widgets/theme.h"
#include "widgets/thumbnailgrid.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {
constexpr int kLong = 300000, kSubset = 40;
}

class TestWalkData : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (kvasirFolder().isEmpty()) QSKIP("the Kvasir-SEG copies are not there: set GPS_TEST_DATA");
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
  }

  void walk() {
    AppSettings settings(m_dir.path() + "/settings.ini"_L1);
    Languages languages;
    CoreEngine engine;
    MainWindow window(engine, settings, languages);
    window.resize(1440, 900);
    window.show();
    Session& session = window.session();
    QVERIFY(!session.project().isOpen());

    drop(window, kvasirFolder());
    QTRY_VERIFY_WITH_TIMEOUT(session.data() != nullptr, kLong);
    QVERIFY(session.project().isOpen());
    QVERIFY2(session.project().folder.startsWith(m_dir.path()), "nothing is written beside the pictures");
    QCOMPARE(window.currentPage(), u"data"_s);
    QTRY_VERIFY_WITH_TIMEOUT(session.isDataChecked() && !session.isBusy(), kLong);
    const auto data = session.data();
    QCOMPARE(data->task, TaskKind::Segmentation);
    QCOMPARE(QString::fromStdString(data->layout), u"kvasir"_s);
    // Two of the 880 training pictures are not among these copies.
    QCOMPARE(data->splits.at("train"), 878);
    QCOMPARE(data->splits.at("val"), 120);
    QCOMPARE(data->problems.size(), std::size_t(0));
    for (const DataItem& item : data->items) QVERIFY2(!item.maskPath.empty(), item.id.c_str());
    DataPage* page = window.findChild<DataPage*>();
    QTRY_COMPARE(page->thumbnails()->itemCount(), 998);
    QVERIFY2(leakBadge(*page, u"no leak found"_s, ui::Tone::Good), qPrintable(badges(*page)));

    // As released: trained on all, validated on some of the same.
    const QStringList all = idsOf(kvasirFolder() + "/train.txt"_L1).mid(0, 5 * kSubset), sessile = all.mid(0, kSubset);
    const QString upstream = m_dir.path() + "/upstream"_L1;
    QVERIFY(linkPairs(kvasirFolder(), all, upstream + "/train"_L1));
    QVERIFY(linkPairs(kvasirFolder(), sessile, upstream + "/val"_L1));
    drop(window, upstream);
    QTRY_VERIFY_WITH_TIMEOUT(session.data() && session.data() != data && session.isDataChecked() && !session.isBusy(), kLong);
    QCOMPARE(session.data()->splits.at("train"), 5 * kSubset);
    QCOMPARE(session.data()->splits.at("val"), kSubset);
    QVERIFY(session.data()->leaks.size() >= std::size_t(kSubset));
    QVERIFY2(leakBadge(*page, u"leak"_s, ui::Tone::Bad), qPrintable(badges(*page)));

    // The badge stays with every score.
    if (!findSampleWeights().isEmpty()) {
      session.openWeights(findSampleWeights(), 128);
      QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), kLong);
      for (const auto& [id, other] : {std::pair<QString, QWidget*>{u"cases"_s, window.casesPage()}, {u"numbers"_s, window.numbersPage()}}) {
        window.showPage(id);
        QTRY_VERIFY2(leakBadge(*other, u"splits leak"_s, ui::Tone::Bad), qPrintable(id + u": "_s + badges(*other)));
      }
    }
    window.setAskBeforeClose(false);
    QSignalSpy closed(&window, &MainWindow::closed);
    window.close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 60000);
  }

 private:
  static void drop(MainWindow& window, const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
  }
  static bool leakBadge(const QWidget& page, const QString& words, ui::Tone tone) {
    for (const auto* badge : page.findChildren<ui::Badge*>())
      if (badge->isVisible() && badge->text().contains(words) && badge->tone() == tone) return true;
    return false;
  }
  static QString badges(const QWidget& page) {
    QStringList all;
    for (const auto* badge : page.findChildren<ui::Badge*>())
      if (badge->isVisible()) all << badge->text();
    return all.join(u", "_s);
  }
  QTemporaryDir m_dir;
};

QTEST_MAIN(TestWalkData)
#include "tst_walkdata.moc"
