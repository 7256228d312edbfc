// The plan of a sweep in the window: dropped, opened, filled in, saved.
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QTest>
#include <algorithm>

#include "app/actions.h"
#include "app/pages/train/sweeppanel.h"
#include "app/shellactions.h"
#include "core/tuning/trainer.h"
#include "trainfixture.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/noticebar.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestSweepPanel : public QObject, protected TrainFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() { beginOnTrainPage(); }
  void cleanup() { end(); }

  // As gps sweep reads it; what the form has no list for stays part of it.
  void aPlanFillsTheFormAndIsSavedAgain() {
    open();
    SweepPanel& sweep = *page().sweepPanel();
    page().queue().setPaused(true);
    set(*sweep.form(), u"seed"_s, u"4, 5"_s);
    const int entries = session().document().history().count();
    const QString path = writePlan(
        "[model]\nweights = \"other.pth\"\n[training]\nepochs = 9\n[sweep]\nk = [1, 3]\nlearning_rate = [1e-3, 3e-3]\n"
        "scheme = [\"neuron\", \"net random\"]\n\"training.batch\" = [2, 4]\n");
    drop(path);
    QTRY_VERIFY2(notice().contains(u"16"_s), qPrintable(notice()));
    QVERIFY2(notice().contains(u"training.batch"_s), qPrintable(notice()));
    QCOMPARE(m_window->currentPage(), u"train"_s);
    QCOMPARE(session().document().history().count(), entries + 1);  // the settings are one act
    QCOMPARE(session().project().train.epochs, 9);
    QCOMPARE(sweep.form()->value(u"scheme"_s).toString(), u"neuron, net random"_s);
    QCOMPARE(sweep.form()->value(u"k"_s).toString(), u"1, 3"_s);
    QCOMPARE(sweep.form()->value(u"learning_rate"_s).toString(), u"0.001, 0.003"_s);
    QCOMPARE(sweep.form()->value(u"seed"_s).toString(), QString());
    QCOMPARE(sweep.runs(), 16);
    auto* kept = sweep.findChild<ui::Label*>(u"keptLists"_s);
    QVERIFY(kept->isVisibleTo(&sweep) && kept->text().contains(u"training.batch = 2, 4"_s));
    sweep.add();
    const QList<QueuedRun>& queued = page().queue().runs();
    QCOMPARE(queued.size(), 16);
    QVERIFY(std::all_of(queued.begin(), queued.end(), [](const QueuedRun& run) { return run.spec.epochs == 9; }));
    QCOMPARE(std::count_if(queued.begin(), queued.end(), [](const QueuedRun& run) { return run.spec.batch == 4; }), 8);
    QVERIFY(std::all_of(queued.begin(), queued.end(), [&](const QueuedRun& run) {
      return run.spec.model.weightsPath == session().resolvedTrainSpec().model.weightsPath;
    }));

    const QString saved = m_dir->filePath(u"saved.toml"_s);
    sweep.findChild<ui::Button*>(u"savePlan"_s)->click();
    auto* dialog = sweep.findChild<QFileDialog*>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(saved);
    dialog->close();
    QTRY_VERIFY(QFile::exists(saved));
    QFile file(saved);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const SweepPlan plan = sweepPlanFromToml(file.readAll().toStdString(), "plan.toml", "out", defaultTrainSpec(session().task()));
    QCOMPARE(plan.runs.size(), std::size_t(16));
    QCOMPARE(plan.runs[1].spec.batch, 4);
    QCOMPARE(plan.runs[1].spec.epochs, 9);
    QCOMPARE(plan.runs[1].spec.dataFolder, session().project().dataFolder.toStdString());

    sweep.findChild<ui::Button*>(u"leaveOutLists"_s)->click();
    QCOMPARE(sweep.runs(), 8);
    QVERIFY(!kept->isVisibleTo(&sweep));
  }

  void aPlanThatIsWrongChangesNothing() {
    open();
    SweepPanel& sweep = *page().sweepPanel();
    set(*sweep.form(), u"k"_s, u"1, 2"_s);
    const int epochs = session().project().train.epochs;
    const auto refused = [&](const QByteArray& text, const QString& why) {
      drop(writePlan("[training]\nepochs = 77\n[sweep]\n" + text));
      QTRY_VERIFY2(notice().contains(why), qPrintable(notice()));
      QVERIFY2(notice().contains(u"plan.toml"_s), qPrintable(notice()));
      QCOMPARE(session().project().train.epochs, epochs);
      QCOMPARE(sweep.form()->value(u"k"_s).toString(), u"1, 2"_s);
      QCOMPARE(sweep.runs(), 2);
    };
    refused("k = 3\n", u"sweep.k"_s);
    refused("k = [0, 1]\n", u"k0"_s);
    refused("scheme = [\"neurone\"]\n", u"neurone"_s);
    refused("\"training.epochen\" = [1]\n", u"training.epochen"_s);
    refused("\"model.image_size\" = [64, 128]\n", u"model.image_size"_s);
    set(*sweep.form(), u"k"_s, u"0"_s);  // typed
    QVERIFY(!sweep.problem().isEmpty());
    QCOMPARE(sweep.runs(), 0);
  }

  void aPlanIsOpenedFromThePanelAndThePalette() {
    open();
    m_window->showPage(u"data"_s);
    const QList<ui::Command> commands = m_window->shell().commands();
    QVERIFY(std::any_of(commands.begin(), commands.end(), [](const ui::Command& command) { return command.id == u"run.openPlan"_s; }));
    m_window->actions().trigger(u"run.openPlan"_s);
    QCOMPARE(m_window->currentPage(), u"train"_s);
    auto* dialog = page().sweepPanel()->findChild<QFileDialog*>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(writePlan("[sweep]\nseed = [1, 2, 3]\n"));
    dialog->close();
    QTRY_COMPARE(page().sweepPanel()->runs(), 3);
    QCOMPARE(page().sweepPanel()->form()->value(u"seed"_s).toString(), u"1, 2, 3"_s);
    // In the place for one run it is named for what it is.
    page().formPanel()->showFace(u"text"_s);
    write(u"[sweep]\nk = [1, 2]\n"_s);
    QVERIFY2(page().formPanel()->text()->problem().contains(u"Open plan…"_s), qPrintable(page().formPanel()->text()->problem()));
  }

 private:
  QString writePlan(const QByteArray& text) const {
    const QString path = m_dir->filePath(u"plan.toml"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) return {};
    return path;
  }
  void drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QDropEvent event({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
  }
  QString notice() const {  // with its detail
    QString all;
    for (const auto* label : m_window->noticeBar()->findChildren<QLabel*>())
      if (label->isVisible()) all += label->text() + u'\n';
    return all;
  }
};

QTEST_MAIN(TestSweepPanel)
#include "tst_sweeppanel.moc"
