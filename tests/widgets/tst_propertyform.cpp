// The form and the small histogram.
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>

#include "tests/widgets/widgettest.h"
#include "widgets/distributionbars.h"
#include "widgets/label.h"
#include "widgets/propertyform.h"

using namespace gps::ui;

class PropertyFormTest : public QObject {
  Q_OBJECT

  static QLineEdit* edit(const PropertyForm& form, const char* key) {
    return qobject_cast<QLineEdit*>(form.editor(QString::fromLatin1(key)));
  }

  static void fill(PropertyForm& form) {
    form.addInteger(QStringLiteral("epochs"), QStringLiteral("Epochs"), 1, 1000, 20, {}, QStringLiteral("Passes over the training split"));
    form.addNumber(QStringLiteral("lr"), QStringLiteral("Learning rate"), 1e-7, 1, 2e-4);
    form.addChoice(QStringLiteral("method"), QStringLiteral("Method"),
                   {{QStringLiteral("gps"), QStringLiteral("GPS, sparse")}, {QStringLiteral("full"), QStringLiteral("Full")}},
                   QStringLiteral("gps"));
    form.addSwitch(QStringLiteral("fast"), QStringLiteral("Fast"), false);
    form.addPath(QStringLiteral("out"), QStringLiteral("Run folder"), QStringLiteral("runs/a"));
  }

 private Q_SLOTS:
  void startsAtItsDefaults() {
    PropertyForm form;
    fill(form);
    QCOMPARE(form.value(QStringLiteral("epochs")).toInt(), 20);
    QCOMPARE(form.value(QStringLiteral("lr")).toDouble(), 2e-4);
    QCOMPARE(edit(form, "lr")->text(), QStringLiteral("2e-4"));
    QCOMPARE(form.value(QStringLiteral("method")).toString(), QStringLiteral("gps"));
    QCOMPARE(form.value(QStringLiteral("fast")).toBool(), false);
    for (const QString& key : form.keys()) QVERIFY(form.isDefault(key));
    QVERIFY(!form.value(QStringLiteral("unknown")).isValid());
  }

  void amountsTellTheirUnit() {
    PropertyForm form;
    form.addInteger(QStringLiteral("batch"), QStringLiteral("Batch"), 1, 256, 8, QStringLiteral("images"));
    fill(form);
    const auto tip = [&](const char* key) { return form.editor(QString::fromLatin1(key))->toolTip(); };
    QVERIFY2(tip("batch").contains(QStringLiteral("unit: images")), qPrintable(tip("batch")));
    QVERIFY2(tip("lr").contains(QStringLiteral("unit: none · default: 2e-4")), qPrintable(tip("lr")));
    QVERIFY2(!tip("method").contains(QStringLiteral("unit")) && !tip("out").contains(QStringLiteral("unit")), qPrintable(tip("method")));
    QCOMPARE(form.editor(QStringLiteral("batch"))->accessibleName(), QStringLiteral("Batch (images)"));
  }

  void editsAreToldOnceAndSettersAreSilent() {
    PropertyForm form;
    fill(form);
    form.show();
    QSignalSpy spy(&form, &PropertyForm::valueChanged);
    qobject_cast<QSpinBox*>(form.editor(QStringLiteral("epochs")))->setValue(8);
    qobject_cast<QComboBox*>(form.editor(QStringLiteral("method")))->setCurrentIndex(1);
    qobject_cast<QCheckBox*>(form.editor(QStringLiteral("fast")))->toggle();
    edit(form, "lr")->selectAll();
    QTest::keyClicks(edit(form, "lr"), QStringLiteral("1e-3"));
    QCOMPARE(form.value(QStringLiteral("lr")).toDouble(), 1e-3);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("epochs"));
    QCOMPARE(spy[1][1].toString(), QStringLiteral("full"));
    QCOMPARE(spy[2][1].toBool(), true);
    QCOMPARE(spy.last()[1].toDouble(), 1e-3);
    const int before = int(spy.count());
    form.setValue(QStringLiteral("epochs"), 3, QStringLiteral("run.toml"));
    QCOMPARE(spy.count(), before);
    QVERIFY(form.editor(QStringLiteral("epochs"))->toolTip().contains(QStringLiteral("run.toml")));
    QVERIFY(form.editor(QStringLiteral("epochs"))->toolTip().contains(QStringLiteral("default: 20")));
    form.resetAll();
    for (const QString& key : form.keys()) QVERIFY(form.isDefault(key));
  }

  void badNumbersAreMarkedAndNotTaken() {
    PropertyForm form;
    fill(form);
    form.show();
    QSignalSpy spy(&form, &PropertyForm::valueChanged);
    edit(form, "lr")->selectAll();
    QTest::keyClicks(edit(form, "lr"), QStringLiteral("7"));
    QCOMPARE(form.value(QStringLiteral("lr")).toDouble(), 2e-4);
    QVERIFY(edit(form, "lr")->property("gpsInvalid").toBool());
    QCOMPARE(spy.count(), 0);
    bool told = false;
    for (auto* label : form.findChildren<Label*>()) told = told || label->text() == QStringLiteral("Between 1e-7 and 1");
    QVERIFY(told);
    QTest::keyClick(edit(form, "lr"), Qt::Key_Return);
    QCOMPARE(edit(form, "lr")->text(), QStringLiteral("2e-4"));
    QVERIFY(!edit(form, "lr")->property("gpsInvalid").toBool());
  }

  void doubleClickOnTheLabelGoesBack() {
    PropertyForm form;
    fill(form);
    form.show();
    form.setValue(QStringLiteral("epochs"), 5);
    Label* title = nullptr;
    for (auto* label : form.findChildren<Label*>())
      if (label->text().startsWith(QStringLiteral("Epochs"))) title = label;
    QCOMPARE(title->text(), QStringLiteral("Epochs •"));
    QSignalSpy spy(&form, &PropertyForm::valueChanged);
    QTest::mouseDClick(title, Qt::LeftButton);
    QCOMPARE(form.value(QStringLiteral("epochs")).toInt(), 20);
    QCOMPARE(title->text(), QStringLiteral("Epochs"));
    QCOMPARE(spy.count(), 1);
  }

  void disabledFieldsSayWhy() {
    PropertyForm form;
    fill(form);
    form.setFieldEnabled(QStringLiteral("epochs"), false, QStringLiteral("Only for training"));
    QVERIFY(form.editor(QStringLiteral("epochs"))->toolTip().startsWith(QStringLiteral("Only for training")));
    form.setReadOnly(true, QStringLiteral("A run is using these values"));
    QVERIFY(!form.editor(QStringLiteral("lr"))->isEnabled());
    form.setReadOnly(false);
    QVERIFY(form.editor(QStringLiteral("lr"))->isEnabled());
    QVERIFY(!form.editor(QStringLiteral("epochs"))->isEnabled());
  }

  void wheelNeverEdits() {
    PropertyForm form;
    fill(form);
    form.show();
    auto* box = form.editor(QStringLiteral("epochs"));
    box->setFocus();
    const QPointF at = box->rect().center();
    QWheelEvent event(at, box->mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(box, &event);
    QCOMPARE(form.value(QStringLiteral("epochs")).toInt(), 20);
  }

  void browsingIsAskedFor() {
    PropertyForm form;
    fill(form);
    form.show();
    QSignalSpy spy(&form, &PropertyForm::browseRequested);
    QTest::mouseClick(form.findChild<QToolButton*>(), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("out"));
  }

  void histogramCountsAndAnswers() {
    DistributionBars bars;
    bars.setValues({0.0, 0.04, 0.5, 0.99, 1.0, std::nan("")});
    QCOMPARE(bars.binCount(0), 2);
    QCOMPARE(bars.binCount(10), 1);
    QCOMPARE(bars.binCount(19), 2);
    bars.resize(400, 100);
    bars.show();
    QSignalSpy spy(&bars, &DistributionBars::rangeActivated);
    QTest::mouseClick(&bars, Qt::LeftButton, {}, QPoint(395, 50));
    QTest::mouseClick(&bars, Qt::LeftButton, {}, QPoint(100, 50));  // an empty bar
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toDouble(), 0.95);
    QTest::keyClick(&bars, Qt::Key_Right);
    QTest::keyClick(&bars, Qt::Key_Return);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy[1][0].toDouble(), 0.0);
  }
};

GPS_WIDGET_TEST_MAIN(PropertyFormTest)
#include "tst_propertyform.moc"
