#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

#include "widgets/configtext.h"
#include "widgets/label.h"
#include "widgets/theme.h"

using namespace gps::ui;
using namespace Qt::StringLiterals;

class TestConfigText : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { Theme::instance().apply(*qApp, ThemeName::Light); }

  void onlyTypingEmits() {
    ConfigText text;
    QSignalSpy edited(&text, &ConfigText::textEdited);
    text.setText(u"a = 1\nb = 2\n"_s);
    QCOMPARE(edited.count(), 0);
    QTest::keyClicks(text.editor(), u"#"_s);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited.first().first().toString(), text.text());
    QVERIFY(text.text().contains(u"#"));
  }

  void aNewTextKeepsTheLine() {
    ConfigText text;
    text.setText(u"a\nb\nc\nd"_s);
    text.editor()->setTextCursor(QTextCursor(text.editor()->document()->findBlockByNumber(2)));
    text.setText(u"a\nb\nC\nd"_s);
    QCOMPARE(text.editor()->textCursor().blockNumber(), 2);
    text.setText(u"a"_s);
    QCOMPARE(text.editor()->textCursor().blockNumber(), 0);
  }

  void aProblemIsMarkedAndSaidAndLeavesTheTextAlone() {
    ConfigText text;
    text.setText(u"a = 1\nb = x\n"_s);
    text.setNote(u"fine"_s);
    text.setProblem(2, u"b must be a number"_s);
    QCOMPARE(text.editor()->extraSelections().size(), 1);
    QCOMPARE(text.editor()->extraSelections().first().cursor.blockNumber(), 1);
    QVERIFY(text.findChild<Label*>()->text().contains(u"2"_s) && text.findChild<Label*>()->text().contains(u"b must be a number"_s));
    QCOMPARE(text.text(), u"a = 1\nb = x\n"_s);
    text.setProblem(0, {});
    QVERIFY(text.editor()->extraSelections().isEmpty());
    QCOMPARE(text.findChild<Label*>()->text(), u"fine"_s);
  }

  void tabLeavesIt() {
    ConfigText text;
    QVERIFY(text.editor()->tabChangesFocus());
    text.setReadOnly(true, u"why"_s);
    QTest::keyClicks(text.editor(), u"x"_s);
    QCOMPARE(text.text(), QString());
    QCOMPARE(text.editor()->toolTip(), u"why"_s);
  }
};

QTEST_MAIN(TestConfigText)
#include "tst_configtext.moc"
