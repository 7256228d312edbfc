// Rail, card, banner, strip, header, empty state and badge.
#include <QProgressBar>
#include <QSignalSpy>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

#include "tests/widgets/widgettest.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/errorbanner.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/navigationrail.h"
#include "widgets/pageheader.h"
#include "widgets/statusstrip.h"

using namespace gps::ui;

namespace {

QPushButton* buttonWith(QWidget& parent, const QString& text) {
  for (auto* button : parent.findChildren<QPushButton*>())
    if (button->text() == text) return button;
  return nullptr;
}

}  // namespace

class FrameTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { Theme::instance().setTextScale(1), Theme::instance().setName(ThemeName::Light); }

  void railAsksAndShows() {
    NavigationRail rail;
    rail.addPage(QStringLiteral("home"), QStringLiteral("home"), QStringLiteral("Home"));
    rail.addPage(QStringLiteral("data"), QStringLiteral("data"), QStringLiteral("Data"));
    rail.addFoot(QStringLiteral("theme"), QStringLiteral("moon"), QStringLiteral("Theme"));
    rail.resize(rail.sizeHint());
    rail.show();
    QSignalSpy pages(&rail, &NavigationRail::pageRequested), feet(&rail, &NavigationRail::footRequested);
    QTest::mouseClick(rail.findChild<QWidget*>(QStringLiteral("data")), Qt::LeftButton);
    QCOMPARE(pages.count(), 1);
    QCOMPARE(pages[0][0].toString(), QStringLiteral("data"));
    QCOMPARE(rail.current(), QString());  // the page decides
    rail.setCurrent(QStringLiteral("data"));
    QCOMPARE(rail.current(), QStringLiteral("data"));
    rail.setCurrent(QStringLiteral("nowhere"));
    QCOMPARE(rail.current(), QStringLiteral("data"));
    QTest::mouseClick(rail.findChild<QWidget*>(QStringLiteral("theme")), Qt::LeftButton);
    QCOMPARE(feet.count(), 1);
    QCOMPARE(pages.count(), 1);
  }

  void railMovesByKeysAndKeepsQuietPagesOpen() {
    NavigationRail rail;
    for (const char* id : {"home", "data", "train"}) rail.addPage(QString::fromLatin1(id), QStringLiteral("home"), QString::fromLatin1(id));
    rail.setReady(QStringLiteral("train"), false, QStringLiteral("Choose a model first"));
    rail.show();
    rail.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&rail));
    auto* home = rail.findChild<QWidget*>(QStringLiteral("home"));
    auto* train = rail.findChild<QWidget*>(QStringLiteral("train"));
    home->setFocus();
    QTest::keyClick(home, Qt::Key_Down);
    QTest::keyClick(rail.findChild<QWidget*>(QStringLiteral("data")), Qt::Key_Down);
    QCOMPARE(rail.focusWidget(), train);
    QSignalSpy pages(&rail, &NavigationRail::pageRequested);
    QTest::keyClick(train, Qt::Key_Return);
    QCOMPARE(pages.count(), 1);
    QCOMPARE(train->toolTip(), QStringLiteral("Choose a model first"));
  }

  void railDropsLabels() {
    NavigationRail rail;
    rail.addPage(QStringLiteral("home"), QStringLiteral("home"), QStringLiteral("Home"));
    const int wide = rail.sizeHint().width();
    rail.setCompact(true);
    QVERIFY(rail.sizeHint().width() < wide);
    QCOMPARE(rail.findChild<QWidget*>(QStringLiteral("home"))->toolTip(), QStringLiteral("Home"));
  }

  void cardShowsBusyAndAnswersCancelAtOnce() {
    Card card(QStringLiteral("When is it stable?"));
    card.addBody(new QWidget);
    card.resize(400, 300);
    card.show();
    card.setBusy({QStringLiteral("Gradient pass"), 12, 55, QStringLiteral("batches"), 1.3, 9, 32});
    QVERIFY(card.isBusy());
    auto* bar = card.findChild<QProgressBar*>();
    QCOMPARE(bar->value(), 1000 * 12 / 55);
    QSignalSpy cancelled(&card, &Card::cancelRequested);
    auto* cancel = buttonWith(card, QStringLiteral("Cancel"));
    QVERIFY(cancel);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(cancel->text(), QStringLiteral("Stopping…"));
    QVERIFY(!cancel->isEnabled());
    // The next numbers of the same job do not take the answer back.
    card.setBusy({QStringLiteral("Gradient pass"), 13, 55, QStringLiteral("batches"), 1.3, 9, 31});
    QCOMPARE(cancel->text(), QStringLiteral("Stopping…"));
    card.clearBusy();
    QVERIFY(!card.isBusy());
    card.setBusy({QStringLiteral("Gradient pass"), 0, 0, {}, 0, 0, -1});
    QCOMPARE(cancel->text(), QStringLiteral("Cancel"));
    QCOMPARE(bar->maximum(), 0);
  }

  void cardShowsOneErrorAtATime() {
    Card card(QStringLiteral("Data"));
    card.show();
    card.showError(QStringLiteral("The folder cannot be read."), QStringLiteral("No permission."), QStringLiteral("Choose another."),
                   QStringLiteral("EACCES"));
    card.showError(QStringLiteral("The disk is full."), {}, QStringLiteral("Free some space."));
    QCOMPARE(card.findChildren<ErrorBanner*>().size(), 1);
    QCOMPARE(card.findChild<ErrorBanner*>()->text(), QStringLiteral("The disk is full. Free some space."));
    QVERIFY(card.hasError());
    QSignalSpy dismissed(&card, &Card::errorDismissed);
    QTest::mouseClick(card.findChild<IconButton*>(), Qt::LeftButton);
    QCOMPARE(dismissed.count(), 1);
    QVERIFY(!card.hasError());
  }

  // The note stays beside the title when the controls go under both.
  void cardKeepsItsNoteBesideTheTitle() {
    Card card(QStringLiteral("phantom_0024"));
    card.setNote(QStringLiteral("1 of 8"));
    card.addHeaderWidget(new Button(QStringLiteral("Overlay, wipe, blink, panes, change and errors")));
    card.addHeaderWidget(new Button(QStringLiteral("Point out")));
    card.show();
    const auto labels = card.findChildren<Label*>();
    const auto label = [&](const QString& text) {
      return *std::find_if(labels.begin(), labels.end(), [&](const Label* l) { return l->text() == text; });
    };
    Label *title = label(QStringLiteral("phantom_0024")), *note = label(QStringLiteral("1 of 8"));
    const QWidget* button = buttonWith(card, QStringLiteral("Point out"));
    const auto place = [&card](const QWidget* w) { return QRect(w->mapTo(&card, QPoint()), w->size()); };
    const auto gap = [&] { return place(note).left() - place(title).left() - title->sizeHint().width(); };
    const auto isUnder = [&] { return place(button).top() >= place(title).bottom(); };
    card.resize(1000, 200);
    QTest::qWait(0);
    QVERIFY(!isUnder());
    const int wide = gap();
    card.resize(480, 200);
    QTest::qWait(0);
    QVERIFY(isUnder());
    QVERIFY2(std::abs(gap() - wide) <= 1, qPrintable(QStringLiteral("%1, %2").arg(gap()).arg(wide)));
    QVERIFY(!title->wordWrap());
    // Too narrow for both on a line: the title wraps.
    card.setTitle(QStringLiteral("a name of a picture that is longer than the card is wide, with its folders before it"));
    QTest::qWait(0);
    QVERIFY(title->wordWrap());
  }

  void bannerOffersDetailsAndAction() {
    ErrorBanner banner;
    banner.setMessage(QStringLiteral("A."), QStringLiteral("B."), QStringLiteral("C."), QStringLiteral("trace"));
    banner.setActions({QStringLiteral("Use batch 4"), QStringLiteral("Recompute")});
    banner.show();
    QSignalSpy action(&banner, &ErrorBanner::actionRequested);
    QTest::mouseClick(buttonWith(banner, QStringLiteral("Use batch 4")), Qt::LeftButton);
    QCOMPARE(action.takeFirst().constFirst().toInt(), 0);
    // With the keyboard, too; a button keeps the focus while the words change.
    auto* second = buttonWith(banner, QStringLiteral("Recompute"));
    second->setFocus();
    banner.setActions({QStringLiteral("Use batch 2"), QStringLiteral("Compute again")});
    QCOMPARE(buttonWith(banner, QStringLiteral("Compute again")), second);
    QTest::keyClick(second, Qt::Key_Space);
    QCOMPARE(action.takeFirst().constFirst().toInt(), 1);
    banner.setActions({});
    QVERIFY(!second->isVisible());
    QTest::mouseClick(buttonWith(banner, QStringLiteral("Show details")), Qt::LeftButton);
    QVERIFY(buttonWith(banner, QStringLiteral("Hide details")));
  }

  void stripFollowsTheJob() {
    StatusStrip strip;
    strip.resize(1200, 32);
    strip.show();
    QCOMPARE(strip.jobText(), QStringLiteral("Ready"));
    auto* cancel = strip.findChild<QPushButton*>(QStringLiteral("cancelJob"));
    auto* bar = strip.findChild<QProgressBar*>();
    QVERIFY(!cancel->isVisible());
    strip.setJob(JobState::Running, QStringLiteral("Training"));
    strip.setProgress({QStringLiteral("Training"), 500, 1000, QStringLiteral("steps"), 4, 100, 125});
    QVERIFY(cancel->isVisible());
    QCOMPARE(bar->value(), 500);
    QSignalSpy spy(&strip, &StatusStrip::cancelRequested), job(&strip, &StatusStrip::jobActivated);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    strip.setJob(JobState::Stopping, QStringLiteral("Training"));
    QVERIFY(!cancel->isEnabled());
    strip.setJob(JobState::Finished, QStringLiteral("Trained 8 epochs"));
    QVERIFY(!bar->isVisible());
    QTest::mouseClick(strip.findChild<QPushButton*>(QStringLiteral("jobText")), Qt::LeftButton);
    QCOMPARE(job.count(), 1);
    QCOMPARE(strip.findChild<Label*>(QStringLiteral("researchNotice"))->text(), QStringLiteral("Research use only, not for diagnosis"));
  }

  void stripSpacesItsPartsEvenly() {
    StatusStrip strip;
    strip.setDevice(QStringLiteral("CPU, 1 thread"));
    strip.setLanguage(QStringLiteral("EN"));
    strip.resize(1200, 32);
    strip.show();
    QTest::qWait(0);
    const auto* notice = strip.findChild<Label*>(QStringLiteral("researchNotice"));
    const auto* language = strip.findChild<QPushButton*>(QStringLiteral("languageButton"));
    const auto labels = strip.findChildren<Label*>();
    const auto* device = *std::find_if(labels.begin(), labels.end(), [](const Label* l) { return l->text().contains(u"CPU"); });
    const auto words = [](const QWidget* w, const QString& text) { return w->fontMetrics().horizontalAdvance(text); };
    const int deviceStart = device->x() + device->contentsRect().left(), deviceEnd = deviceStart + words(device, device->text());
    const int languageStart = language->x() + (language->width() - words(language, language->text())) / 2;
    const int before = deviceStart - (notice->x() + words(notice, notice->text())), after = languageStart - deviceEnd;
    QVERIFY2(std::abs(before - after) <= 1, qPrintable(QStringLiteral("%1, %2").arg(before).arg(after)));
  }

  // Project › parent › page: the same gap on both sides of both signs, and the first word over the cards' left edge.
  void headerSpacesItsTrailEvenly() {
    PageHeader header;
    header.setProject(QStringLiteral("kvasir-demo"));
    header.setParentPage(QStringLiteral("Cases"));
    header.setTitle(QStringLiteral("Numbers"));
    header.resize(1200, header.height());
    header.show();
    QTest::qWait(0);
    const auto start = [](const QWidget* w, const QString& text) {
      const auto* button = qobject_cast<const Button*>(w);
      return w->x() + (button ? (w->width() - w->fontMetrics().horizontalAdvance(text)) / 2 : w->contentsMargins().left());
    };
    const QWidget *project = buttonWith(header, QStringLiteral("kvasir-demo")), *parent = buttonWith(header, QStringLiteral("Cases"));
    const auto labels = header.findChildren<Label*>();
    QList<const Label*> signs;
    const Label* title = nullptr;
    for (const Label* label : labels) {
      if (label->text() == QStringLiteral("›")) signs << label;
      if (label->text() == QStringLiteral("Numbers")) title = label;
    }
    std::sort(signs.begin(), signs.end(), [](const Label* a, const Label* b) { return a->x() < b->x(); });
    QCOMPARE(signs.size(), 2);
    const auto end = [&start](const QWidget* w, const QString& text) { return start(w, text) + w->fontMetrics().horizontalAdvance(text); };
    const QString sign = signs[0]->text();
    const int gaps[] = {start(signs[0], sign) - end(project, QStringLiteral("kvasir-demo")),
                        start(parent, QStringLiteral("Cases")) - end(signs[0], sign),
                        start(signs[1], sign) - end(parent, QStringLiteral("Cases")), start(title, title->text()) - end(signs[1], sign)};
    for (const int gap : gaps) QVERIFY2(std::abs(gap - gaps[0]) <= 1, qPrintable(QStringLiteral("%1, %2").arg(gap).arg(gaps[0])));
    QVERIFY(std::abs(start(project, QStringLiteral("kvasir-demo")) - Theme::instance().px(2)) <= 1);
    header.setProject({});
    header.setParentPage({});
    QTest::qWait(0);
    QCOMPARE(start(title, title->text()), Theme::instance().px(2));
  }

  void headerHasActionsInOrder() {
    PageHeader header;
    header.setTitle(QStringLiteral("Selection"));
    Button* save = header.addAction(QStringLiteral("Save selection"));
    Button* train = header.addAction(QStringLiteral("Train with this"), ButtonRole::Primary);
    header.resize(1000, header.height());
    header.show();
    QVERIFY(save->mapTo(&header, QPoint()).x() < train->mapTo(&header, QPoint()).x());
    QVERIFY(!buttonWith(header, QStringLiteral("kvasir-demo")));
    header.setProject(QStringLiteral("kvasir-demo"));
    QSignalSpy project(&header, &PageHeader::projectRequested);
    QTest::mouseClick(buttonWith(header, QStringLiteral("kvasir-demo")), Qt::LeftButton);
    QCOMPARE(project.count(), 1);
    train->setDisabledReason(QStringLiteral("Compute the gradient first"), QStringLiteral("Train"));
    QVERIFY(!train->isEnabled());
    QCOMPARE(train->toolTip(), QStringLiteral("Compute the gradient first"));
    train->setDisabledReason({}, QStringLiteral("Train"));
    QCOMPARE(train->toolTip(), QStringLiteral("Train"));
  }

  void headerGivesWayInANarrowWindow() {
    PageHeader header;
    header.setProject(QStringLiteral("kvasir-demo"));
    header.setParentPage(QStringLiteral("Cases"));
    header.setTitle(QStringLiteral("New pictures"));
    auto* notice = new Label(QStringLiteral("Research use only"));
    header.addWidget(notice);
    Button* open = header.addAction(QStringLiteral("Choose folder…"), ButtonRole::Secondary, QStringLiteral("open-folder"));
    Button* save = header.addAction(QStringLiteral("Save results…"), ButtonRole::Primary, QStringLiteral("export"));
    header.show();
    const auto at = [&](int width) {
      header.resize(width, header.height());
      QTest::qWait(0);
      QStringList seen;
      if (buttonWith(header, QStringLiteral("kvasir-demo"))->isVisible()) seen << QStringLiteral("project");
      if (notice->isVisible()) seen << QStringLiteral("notice");
      if (!open->isCompact()) seen << QStringLiteral("open");
      if (!save->isCompact()) seen << QStringLiteral("save");
      return seen;
    };
    const QStringList all{QStringLiteral("project"), QStringLiteral("notice"), QStringLiteral("open"), QStringLiteral("save")};
    QCOMPARE(at(1200), all);
    // Narrower and narrower: one part after the other, in their order; never one too early, and nothing is cut while parts are left.
    qsizetype left = all.size();
    for (int width = 1200; width > 200; width -= 10) {
      const QStringList seen = at(width);
      QVERIFY2(seen == all.mid(all.size() - seen.size()), qPrintable(seen.join(u' ')));
      QVERIFY(seen.size() <= left);
      left = seen.size();
      if (!seen.isEmpty())
        for (const Button* button : {open, save}) QVERIFY(button->width() >= button->sizeHint().width());
    }
    QCOMPARE(left, 0);
    const int whole = open->sizeHint().width();
    QCOMPARE(open->text(), QStringLiteral("Choose folder…"));  // what a screen reader says
    QCOMPARE(at(1200), all);
    QVERIFY(open->sizeHint().width() > whole);
    QCOMPARE(open->sizeHint(), Button(open->text(), ButtonRole::Secondary, QStringLiteral("open-folder")).sizeHint());
  }

  void emptyStateAsks() {
    EmptyState state;
    state.setPrimary(QStringLiteral("Open folder…"));
    state.setLink(QStringLiteral("Open the demo project"));
    state.show();
    QSignalSpy primary(&state, &EmptyState::primaryRequested), link(&state, &EmptyState::linkRequested);
    QTest::mouseClick(buttonWith(state, QStringLiteral("Open folder…")), Qt::LeftButton);
    QTest::mouseClick(buttonWith(state, QStringLiteral("Open the demo project")), Qt::LeftButton);
    QCOMPARE(primary.count(), 1);
    QCOMPARE(link.count(), 1);
    state.setLink({});
    QVERIFY(!buttonWith(state, {})->isVisible());
  }

  void emptyStateLeavesNoWordAlone() {
    EmptyState state;
    const QString text = QStringLiteral("Choose a video, or drop one on the window. Nothing of it leaves this computer.");
    state.setSentence(text);
    state.resize(1200, 600);
    state.show();
    QTest::qWait(0);
    const auto labels = state.findChildren<Label*>();
    const Label* sentence = *std::find_if(labels.begin(), labels.end(), [&](const Label* l) { return l->text() == text; });
    QTextLayout lines(text, sentence->font());
    lines.beginLayout();
    QList<double> widths;
    for (QTextLine line = lines.createLine(); line.isValid(); line = lines.createLine()) {
      line.setLineWidth(sentence->width());
      widths << line.naturalTextWidth();
    }
    lines.endLayout();
    QCOMPARE(widths.size(), 2);
    QVERIFY2(widths[1] > widths[0] / 2, qPrintable(QStringLiteral("%1, %2").arg(widths[0]).arg(widths[1])));
  }

  void controlsAreTallEnoughToHit() {
    for (const double scale : {1.0, 2.0}) {
      Theme::instance().setTextScale(scale);
      Button button(QStringLiteral("Start"), ButtonRole::Primary, QStringLiteral("play"));
      IconButton icon(QStringLiteral("settings"), QStringLiteral("Settings"));
      for (QWidget* widget : {static_cast<QWidget*>(&button), static_cast<QWidget*>(&icon)})
        QVERIFY(widget->sizeHint().height() >= 28 * scale);
      QVERIFY(button.sizeHint().height() <= 32 * scale);
    }
  }

  // A layout that asks for itself again would keep the window's thread busy for good.
  void aHeaderComesToRest() {
    class Requests : public QObject {
     public:
      int count = 0;
      bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::LayoutRequest;
        return false;
      }
    } requests;
    PageHeader header;
    header.setProject(QStringLiteral("demo"));
    header.setTitle(QStringLiteral("Cases"));
    header.addWidget(new Badge(QStringLiteral("leaks"), Tone::Warn));
    header.addAction(QStringLiteral("Score all"), ButtonRole::Primary);
    header.addAction(QStringLiteral("Export"), ButtonRole::Secondary, QStringLiteral("export"));
    header.show();
    for (const int width : {1200, 200}) {
      header.resize(width, header.sizeHint().height());
      QTest::qWait(50);
      header.installEventFilter(&requests);
      requests.count = 0;
      QTest::qWait(100);
      QCOMPARE(requests.count, 0);
      header.removeEventFilter(&requests);
    }
  }

  void badgeGrowsWithItsText() {
    Badge badge(QStringLiteral("ok"), Tone::Good);
    const int before = badge.sizeHint().width();
    badge.setText(QStringLiteral("3 problems"));
    QVERIFY(badge.sizeHint().width() > before);
    QCOMPARE(badge.accessibleName(), QStringLiteral("3 problems"));
  }

  void listIsReadAloud() {
    KeyValueList list;
    list.setRows({{QStringLiteral("Dice"), QStringLiteral("0.93"), QStringLiteral("+0.45"), Tone::Good, {}}});
    QCOMPARE(list.accessibleDescription(), QStringLiteral("Dice 0.93 +0.45"));
    const int one = list.sizeHint().height();
    list.setRows({{}, {}});
    QCOMPARE(list.sizeHint().height(), 2 * one);
  }
};

GPS_WIDGET_TEST_MAIN(FrameTest)
#include "tst_frame.moc"
