#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <QWheelEvent>

#include "tests/widgets/widgettest.h"
#include "widgets/kslider.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/slider.h"

using namespace gps::ui;

namespace {

void wheel(QWidget* widget, int delta) {
  const QPointF at = widget->rect().center();
  QWheelEvent event(at, widget->mapToGlobal(at), QPoint(), QPoint(0, delta), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  QApplication::sendEvent(widget, &event);
}

}  // namespace

class SlidersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyKHasAPlaceOfItsOwn() {
    for (const int maximum : {1, 2, 16, 64}) {
      for (int k = 1; k <= maximum; ++k) QCOMPARE(kAtPosition(positionOfK(k, maximum), maximum), k);
    }
    QCOMPARE(positionOfK(1, 64), 0);
    QCOMPARE(positionOfK(64, 64), 1000);
    // The sketch: 8 stands in the middle of a logarithmic scale to 64.
    QCOMPARE(positionOfK(8, 64), 500);
  }

  void keysStepDoubleAndHalve() {
    KSlider k;
    k.show();
    auto* slider = k.findChild<Slider*>();
    QSignalSpy live(&k, &KSlider::keptPerRowChanged), committed(&k, &KSlider::keptPerRowCommitted);
    k.setKeptPerRow(3);
    QCOMPARE(live.count(), 0);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(k.keptPerRow(), 6);
    QTest::keyClick(slider, Qt::Key_Up);
    QCOMPARE(k.keptPerRow(), 7);
    QTest::keyClick(slider, Qt::Key_PageDown);
    QCOMPARE(k.keptPerRow(), 3);
    QTest::keyClick(slider, Qt::Key_Down);
    QTest::keyClick(slider, Qt::Key_End);
    QCOMPARE(k.keptPerRow(), 64);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(k.keptPerRow(), 64);
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(k.keptPerRow(), 1);
    QTest::keyClick(slider, Qt::Key_PageDown);
    QCOMPARE(k.keptPerRow(), 1);
    QCOMPARE(live.count(), 6);
    QCOMPARE(committed.count(), 6);
    QCOMPARE(live[0][0].toInt(), 6);
  }

  void dragIsLiveAndCommitsOnce() {
    KSlider k;
    k.resize(400, 200);
    k.show();
    QVERIFY(QTest::qWaitForWindowExposed(&k));
    auto* slider = k.findChild<Slider*>();
    QSignalSpy live(&k, &KSlider::keptPerRowChanged), committed(&k, &KSlider::keptPerRowCommitted);
    const int y = slider->height() / 3;
    QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(slider->width() / 4, y));
    for (int x = slider->width() / 4; x < slider->width() * 3 / 4; x += 7) QTest::mouseMove(slider, QPoint(x, y));
    QCOMPARE(committed.count(), 0);
    const int seen = int(live.count());
    QVERIFY(seen >= 3);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(slider->width() * 3 / 4, y));
    QCOMPARE(committed.count(), 1);
    QCOMPARE(committed[0][0].toInt(), k.keptPerRow());
    // No value twice in a row.
    for (int i = 1; i < live.count(); ++i) QVERIFY(live[i][0] != live[i - 1][0]);
    QCOMPARE(slider->value(), positionOfK(k.keptPerRow(), 64));
  }

  void boxAndNumberFollow() {
    KSlider k;
    k.show();
    QSignalSpy live(&k, &KSlider::keptPerRowChanged);
    k.findChild<QSpinBox*>()->setValue(24);
    QCOMPARE(live.count(), 1);
    QCOMPARE(k.keptPerRow(), 24);
    bool shown = false;
    for (auto* label : k.findChildren<Label*>()) shown = shown || label->text() == QStringLiteral("24");
    QVERIFY(shown);
  }

  void maximumClampsAndDoubleClickResets() {
    KSlider k;
    k.setDefault(2);
    k.setKeptPerRow(50);
    k.setMaximum(16);
    QCOMPARE(k.keptPerRow(), 16);
    k.resize(400, 200);
    k.show();
    auto* slider = k.findChild<Slider*>();
    QTest::mouseDClick(slider, Qt::LeftButton, {}, slider->rect().center());
    QCOMPARE(k.keptPerRow(), 2);
  }

  // The box takes what the slider does not reach; its keys lead back, not on.
  void theBoxReachesBeyondTheSlider() {
    KSlider k;
    k.show();
    k.setLargest(1000);
    QSignalSpy live(&k, &KSlider::keptPerRowChanged);
    auto* slider = k.findChild<Slider*>();
    k.findChild<QSpinBox*>()->setValue(100);
    QCOMPARE(k.keptPerRow(), 100);
    QCOMPARE(live.count(), 1);
    QCOMPARE(slider->value(), slider->maximum());
    QCOMPARE(k.findChild<QSpinBox*>()->value(), 100);
    QTest::keyClick(slider, Qt::Key_Up);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(k.keptPerRow(), 100);
    QTest::keyClick(slider, Qt::Key_Down);
    QCOMPARE(k.keptPerRow(), 99);
    QTest::keyClick(slider, Qt::Key_End);
    QCOMPARE(k.keptPerRow(), 64);
    QTest::keyClick(slider, Qt::Key_Up);
    QCOMPARE(k.keptPerRow(), 64);
    k.setDisabledReason(QStringLiteral("Decided elsewhere."));
    QVERIFY(!slider->isEnabled() && !k.findChild<QSpinBox*>()->isEnabled());
    bool told = false;
    for (auto* label : k.findChildren<Label*>()) told = told || label->text() == QStringLiteral("Decided elsewhere.");
    QVERIFY(told);
    k.setDisabledReason({});
    QVERIFY(slider->isEnabled());
  }

  void wheelNeedsTheFocus() {
    QWidget window;
    KSlider k(&window);
    LabelledSlider other(QStringLiteral("Threshold"), &window);
    k.setKeptPerRow(4);
    other.setValue(0.5);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto* slider = k.findChild<Slider*>();
    slider->clearFocus();
    if (auto* focused = window.focusWidget()) focused->clearFocus();
    wheel(slider, 120);
    wheel(k.findChild<QSpinBox*>(), 120);
    wheel(other.findChild<Slider*>(), 120);
    wheel(other.findChild<QDoubleSpinBox*>(), 120);
    QCOMPARE(k.keptPerRow(), 4);
    QCOMPARE(other.value(), 0.5);
    slider->setFocus();
    wheel(slider, 120);
    QCOMPARE(k.keptPerRow(), 5);
  }

  void labelledSliderKeepsBoxAndHandleTogether() {
    LabelledSlider s(QStringLiteral("Opacity"));
    s.setRange(0, 100, 1);
    s.setDecimals(0);
    s.setDefault(30);
    s.setValue(30);
    s.show();
    const int tall = s.sizeHint().height();
    s.setInline(true);
    QVERIFY(s.sizeHint().height() < tall);
    QSignalSpy changed(&s, &LabelledSlider::valueChanged);
    auto* slider = s.findChild<Slider*>();
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(s.value(), 31.0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toDouble(), 31.0);
    s.findChild<QDoubleSpinBox*>()->setValue(80);
    QCOMPARE(slider->value(), 800);
    QCOMPARE(changed.count(), 2);
    QTest::mouseDClick(slider, Qt::LeftButton, {}, slider->rect().center());
    QCOMPARE(s.value(), 30.0);
    s.setValue(500);
    QCOMPARE(s.value(), 100.0);
  }

  void segmentsChooseByMouseAndKeysAndSkipDisabled() {
    SegmentedControl c;
    c.addOption(QStringLiteral("neuron"), QStringLiteral("Neuron"));
    c.addOption(QStringLiteral("layer"), QStringLiteral("Layer"));
    c.addOption(QStringLiteral("net"), QStringLiteral("Net"));
    c.setOptionEnabled(QStringLiteral("layer"), false, QStringLiteral("not yet"));
    c.resize(300, c.sizeHint().height());
    c.show();
    QSignalSpy spy(&c, &SegmentedControl::currentChanged);
    QTest::mouseClick(&c, Qt::LeftButton, {}, QPoint(150, 12));
    QCOMPARE(spy.count(), 0);
    QTest::keyClick(&c, Qt::Key_Right);
    QCOMPARE(c.current(), QStringLiteral("net"));
    QTest::mouseClick(&c, Qt::LeftButton, {}, QPoint(20, 12));
    QCOMPARE(c.current(), QStringLiteral("neuron"));
    QTest::keyClick(&c, Qt::Key_Left);
    QCOMPARE(spy.count(), 2);
    c.setCurrent(QStringLiteral("net"));
    QCOMPARE(spy.count(), 2);
    c.setCurrent(QStringLiteral("nothing"));
    QCOMPARE(c.current(), QStringLiteral("net"));
  }
};

GPS_WIDGET_TEST_MAIN(SlidersTest)
#include "tst_sliders.moc"
