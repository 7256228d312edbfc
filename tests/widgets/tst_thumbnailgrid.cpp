#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

#include "tests/widgets/widgettest.h"
#include "widgets/thumbnailgrid.h"

using namespace gps::ui;

namespace {

QList<ThumbnailItem> items(int n) {
  QList<ThumbnailItem> all;
  for (int i = 0; i < n; ++i) all << ThumbnailItem{QStringLiteral("id%1").arg(i), QStringLiteral("picture %1").arg(i), {}, Tone::Neutral};
  return all;
}

QStringList asked(const QSignalSpy& spy) {
  QStringList all;
  for (const auto& call : spy) all << call[0].toStringList();
  return all;
}

QImage plain(QColor color) {
  QImage image(64, 48, QImage::Format_RGB32);
  image.fill(color);
  return image;
}

}  // namespace

class ThumbnailGridTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theModelKeepsItsWord() {
    ThumbnailGrid grid;
    QAbstractItemModelTester tester(grid.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    auto list = items(3);
    list[1].note = QStringLiteral("no mask");
    grid.setItems(list);
    QCOMPARE(grid.model()->rowCount(), 3);
    QCOMPARE(grid.model()->index(1, 0).data().toString(), QStringLiteral("picture 1"));
    QCOMPARE(grid.model()->index(1, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("picture 1\nno mask"));
    // A picture changes its own row alone; one that is not there changes none.
    QSignalSpy changed(grid.model(), &QAbstractItemModel::dataChanged);
    grid.setThumbnail(QStringLiteral("id2"), plain(Qt::red));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), grid.model()->index(2, 0));
    grid.setThumbnail(QStringLiteral("id9"), plain(Qt::red));
    QCOMPARE(changed.count(), 1);
    grid.setThumbnail(QStringLiteral("id0"), {});
    QCOMPARE(changed[1][1].toModelIndex(), grid.model()->index(0, 0));
    QCOMPARE(grid.model()->rowCount(grid.model()->index(0, 0)), 0);
    grid.setItems(items(5));
    QCOMPARE(grid.model()->rowCount(), 5);
    grid.setItems({});
    QCOMPARE(grid.model()->rowCount(), 0);
    QVERIFY(!grid.model()->index(0, 0).isValid());
  }

  void asksOnlyForWhatIsInSightAndOnce() {
    ThumbnailGrid grid;
    QSignalSpy spy(&grid, &ThumbnailGrid::thumbnailsRequested);
    grid.setItems(items(5000));
    grid.resize(600, 400);
    QTest::qWait(80);
    QCOMPARE(spy.count(), 0);  // hidden
    grid.show();
    QTRY_VERIFY(spy.count() > 0);
    QTest::qWait(80);
    const QStringList first = asked(spy);
    QVERIFY(first.contains(QStringLiteral("id0")));
    QVERIFY2(first.size() < 60, qPrintable(QString::number(first.size())));
    QVERIFY(spy[0][1].toInt() >= 64);
    spy.clear();
    grid.viewport()->update();
    grid.verticalScrollBar()->setValue(3);
    QTest::qWait(80);
    for (const QString& id : asked(spy)) QVERIFY(!first.contains(id));
    spy.clear();
    grid.verticalScrollBar()->setValue(grid.verticalScrollBar()->maximum());
    QTRY_VERIFY(asked(spy).contains(QStringLiteral("id4999")));
    QVERIFY(!asked(spy).contains(QStringLiteral("id2500")));
  }

  void picturesAppear() {
    ThumbnailGrid grid;
    grid.setItems(items(3));
    grid.resize(400, 300);
    grid.show();
    grid.setThumbnail(QStringLiteral("id0"), plain(Qt::green));
    grid.setThumbnail(QStringLiteral("unknown"), plain(Qt::green));
    QTest::qWait(30);
    const QImage shown = grid.grab().toImage();
    const QPoint centre = grid.visualRect(grid.model()->index(0, 0)).center();
    QCOMPARE(shown.pixelColor(centre * shown.devicePixelRatio()), QColor(Qt::green));
  }

  void anUnreadablePictureIsNotAskedForAgain() {
    ThumbnailGrid grid;
    QSignalSpy spy(&grid, &ThumbnailGrid::thumbnailsRequested);
    grid.setItems(items(3));
    grid.resize(400, 300);
    grid.show();
    QTRY_COMPARE(asked(spy).size(), 3);
    grid.setThumbnail(QStringLiteral("id1"), QImage());
    grid.resize(420, 300);
    QTest::qWait(80);
    QCOMPARE(asked(spy).size(), 3);
  }

  void keysChooseAndSetterIsSilent() {
    ThumbnailGrid grid;
    grid.setItems(items(20));
    grid.resize(600, 400);
    grid.show();
    QSignalSpy current(&grid, &ThumbnailGrid::currentIdChanged), activated(&grid, &ThumbnailGrid::itemActivated);
    grid.setCurrentId(QStringLiteral("id3"));
    QCOMPARE(grid.currentId(), QStringLiteral("id3"));
    QCOMPARE(current.count(), 0);
    QTest::keyClick(&grid, Qt::Key_Right);
    QCOMPARE(current.count(), 1);
    QCOMPARE(current[0][0].toString(), QStringLiteral("id4"));
    QTest::keyClick(&grid, Qt::Key_Return);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("id4"));
    grid.setItems(items(10));
    QCOMPARE(grid.currentId(), QStringLiteral("id4"));
    QCOMPARE(current.count(), 1);
    grid.setItems({});
    QCOMPARE(grid.currentId(), QString());
  }

  void cellsFillTheWidth() {
    ThumbnailGrid grid;
    grid.setItems(items(40));
    grid.show();
    for (const int width : {320, 500, 777}) {
      grid.resize(width, 400);
      QTest::qWait(20);
      const int columns = grid.viewport()->width() / grid.gridSize().width();
      QVERIFY(columns >= 1);
      QVERIFY(grid.viewport()->width() - columns * grid.gridSize().width() <= columns + 1);
    }
  }

  // However little room the page has, one row is whole.
  void oneRowIsAlwaysWhole() {
    for (const double scale : {1.0, 2.0}) {
      Theme::instance().setTextScale(scale);
      QWidget page;
      auto* layout = new QVBoxLayout(&page);
      auto *grid = new ThumbnailGrid, *other = new ThumbnailGrid;
      layout->addWidget(grid, 1);
      layout->addWidget(other, 9);
      grid->setCaptionLines(2);
      grid->setItems(items(40));
      page.resize(int(500 * scale), 1);
      page.show();
      QTest::qWait(20);
      QVERIFY2(grid->viewport()->height() >= grid->gridSize().height(), qPrintable(QString::number(grid->viewport()->height())));
    }
    Theme::instance().setTextScale(1);
  }
};

GPS_WIDGET_TEST_MAIN(ThumbnailGridTest)
#include "tst_thumbnailgrid.moc"
