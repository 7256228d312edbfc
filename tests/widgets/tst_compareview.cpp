#include <QSignalSpy>
#include <QWheelEvent>

#include "tests/widgets/samples.h"
#include "tests/widgets/widgettest.h"
#include "widgets/compareview.h"
#include "widgets/overlaylegend.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::ui;
using Mode = CompareView::Mode;

namespace {

constexpr int kWidth = 400, kHeight = 300;

QList<CompareView::Source> sources(int count) {
  QList<CompareView::Source> list;
  for (int i = 0; i < count; ++i)
    list << CompareView::Source{QStringLiteral("source %1").arg(i),
                                MapPyramid::of(test::ellipse(kWidth, kHeight, 0.3 + 0.1 * i, 0.5, 0.2, 0.2))};
  return list;
}

void prepare(CompareView& view, int count) {
  view.resize(900, 400);
  view.setPicture(PicturePyramid::of(test::tissue(kWidth, kHeight)),
                  MaskPyramid::of(test::maskOf(*test::ellipse(kWidth, kHeight, 0.5, 0.5, 0.2, 0.2))));
  view.setSources(sources(count));
  view.show();
}

}  // namespace

class CompareViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modesNeedSomethingToCompareWith() {
    CompareView view;
    prepare(view, 1);
    QTest::keyClick(view.viewer(), Qt::Key_W);
    QCOMPARE(view.mode(), Mode::Overlay);
    QTest::keyClick(view.viewer(), Qt::Key_E);
    QCOMPARE(view.mode(), Mode::Errors);
    view.setSources(sources(2));
    QSignalSpy spy(&view, &CompareView::modeChanged);
    view.setMode(Mode::Overlay);
    for (const Mode mode : {Mode::Wipe, Mode::Blink, Mode::Panes, Mode::Change, Mode::Overlay}) {
      QTest::keyClick(view.viewer(), Qt::Key_W);
      QCOMPARE(view.mode(), mode);
    }
    QCOMPARE(spy.count(), 5);
    view.setMode(Mode::Panes);
    QTest::keyClick(view.viewer(), Qt::Key_E);
    QTest::keyClick(view.viewer(), Qt::Key_E);
    QCOMPARE(view.mode(), Mode::Panes);
    // Without the second one there are no panes any more.
    view.setSources(sources(1));
    QCOMPARE(view.mode(), Mode::Overlay);
    QCOMPARE(view.paneCount(), 1);
  }

  void blinkGoesThroughAllSources() {
    Theme::instance().setReducedMotion(false);
    CompareView view;
    prepare(view, 4);
    view.setMode(Mode::Blink);
    const QList<CompareView::Source> all = sources(4);
    QStringList seen;
    for (int i = 0; i < 6; ++i) {
      const Composition now = view.viewer()->composition();
      QVERIFY2(now.shown == view.sources()[0].map, "the first one stays the one that others are held against");
      for (const auto& source : view.sources())
        if (source.map == now.before) seen << source.label;
      Q_EMIT view.viewer()->blinked(true);  // the other one is in sight: nothing is taken away from under the eye
      QCOMPARE(view.viewer()->composition().before, now.before);
      Q_EMIT view.viewer()->blinked(false);
    }
    QCOMPARE(seen, (QStringList{QStringLiteral("source 1"), QStringLiteral("source 2"), QStringLiteral("source 3"),
                                QStringLiteral("source 1"), QStringLiteral("source 2"), QStringLiteral("source 3")}));
    // By itself, and by key while held.
    QSignalSpy blinked(view.viewer(), &ImageViewer::blinked);
    QTRY_VERIFY_WITH_TIMEOUT(blinked.count() >= 3, 10000);
    view.setMode(Mode::Wipe);
    QCOMPARE(view.viewer()->composition().before, view.sources()[1].map);
  }

  void panesStandAsTheyAreLargest() {
    CompareView view;
    prepare(view, 2);
    view.setMode(Mode::Panes);
    QCOMPARE(view.arrangement(), qMakePair(1, 2));
    view.resize(400, 900);
    QCOMPARE(view.arrangement(), qMakePair(2, 1));
    view.resize(800, 600);
    view.setSources(sources(4));
    QCOMPARE(view.arrangement(), qMakePair(2, 2));
    QCOMPARE(view.paneCount(), 4);
    int visible = 0;
    for (const ImageViewer* viewer : view.viewers()) visible += viewer->isVisible();
    QCOMPARE(visible, 4);
    view.setMode(Mode::Wipe);
    visible = 0;
    for (const ImageViewer* viewer : view.viewers()) visible += viewer->isVisible();
    QCOMPARE(visible, 1);
  }

  void linkedPanesMoveTogether() {
    CompareView view;
    prepare(view, 3);
    view.setMode(Mode::Panes);
    QTest::qWait(10);
    const auto wheel = [](ImageViewer* viewer, const QPointF& at) {
      QWheelEvent event(at, viewer->mapToGlobal(at), {}, QPoint(0, 480), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
      QApplication::sendEvent(viewer, &event);
    };
    wheel(view.viewers()[1], QPointF(60, 70));
    const auto isSame = [&view](int a, int b) {
      const auto first = view.viewers()[a]->view(), second = view.viewers()[b]->view();
      return std::abs(first.zoom - second.zoom) < 1e-9 && (first.centre - second.centre).manhattanLength() < 1.5;
    };
    QVERIFY(view.viewer()->zoom() > 1);
    QVERIFY(isSame(0, 1) && isSame(0, 2));
    QVERIFY(!view.hasOffset());
    // Alone, then together again with the distance between them, then without it.
    view.setLinked(false);
    wheel(view.viewers()[2], QPointF(100, 100));
    QVERIFY(!isSame(0, 2));
    QVERIFY(view.hasOffset());
    const double ratio = view.viewers()[2]->zoom() / view.viewer()->zoom();
    view.setLinked(true);
    view.viewer()->zoomTo(view.viewer()->zoom() * 0.8);
    QVERIFY(std::abs(view.viewers()[2]->zoom() / view.viewer()->zoom() - ratio) < 1e-6);
    view.resetOffsets();
    QVERIFY(isSame(0, 2));
    QVERIFY(!view.hasOffset());
  }

  void styleAndLevelsAreOneForAll() {
    CompareView view;
    prepare(view, 4);
    view.setMode(Mode::Panes);
    QSignalSpy spy(&view, &CompareView::overlayStyleChanged);
    QTest::keyClick(view.viewers()[2], Qt::Key_BracketRight);
    QCOMPARE(spy.count(), 1);
    for (const ImageViewer* viewer : view.viewers()) QCOMPARE(viewer->overlayStyle().opacity, 0.35);
    view.viewers()[1]->perform(ViewerCommand::ResetLevels);
    Q_EMIT view.viewers()[1]->levelsChanged(0.2, 1.5);
    for (const ImageViewer* viewer : view.viewers()) QCOMPARE(viewer->contrast(), 1.5);
  }

  void theSamePlaceIsMarkedInTheOtherPanes() {
    CompareView view;
    prepare(view, 2);
    view.setMode(Mode::Panes);
    QTest::qWait(10);
    const QImage before = view.viewer()->grab().toImage();
    QTest::mouseMove(view.viewers()[1], view.viewers()[1]->rect().center());
    QTRY_VERIFY(view.viewer()->grab().toImage() != before);
  }

  void casesAreAskedForFromAnyPane() {
    CompareView view;
    prepare(view, 2);
    view.setMode(Mode::Panes);
    QSignalSpy spy(&view, &CompareView::commanded);
    for (ImageViewer* viewer : view.viewers()) QTest::keyClick(viewer, Qt::Key_D);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy[0][0].value<ViewerCommand>(), ViewerCommand::Next);
  }

  void legendSaysWhatItShows() {
    OverlayLegend legend;
    legend.resize(400, 40);
    legend.setKeys({{OverlayKey::Kind::Line, Qt::cyan, QStringLiteral("prediction"), {}},
                    {OverlayKey::Kind::Rising, Qt::magenta, QStringLiteral("too much"), {}},
                    {OverlayKey::Kind::Scale, {}, QStringLiteral("less to more"), {}}});
    QCOMPARE(legend.accessibleName(), QStringLiteral("prediction, too much, less to more"));
    QVERIFY(legend.heightForWidth(120) > legend.heightForWidth(600));
    legend.show();
    QVERIFY(!legend.grab().isNull());
  }
};

GPS_WIDGET_TEST_MAIN(CompareViewTest)
#include "tst_compareview.moc"
