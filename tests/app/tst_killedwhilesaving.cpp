// Walk 5: a program that edits and saves without a pause is killed with SIGKILL, again and again; the project opens every time,
// nothing is corrupt, and what was not saved is offered.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "app/project/session.h"
#include "fakeengine.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

// Edits forever: epochs count up, every seventh is saved.
int editForever(const QString& folder, int from) {
  AppSettings settings(folder + "/settings.ini"_L1);
  FakeEngine engine;
  Session session(engine, settings);
  session.document().autosave().setDelay(0);
  session.openProjectFolder(folder);
  for (int epochs = from;; ++epochs) {
    TrainSpec draft = session.project().train;
    draft.epochs = epochs;
    session.setTrainDraft(draft);
    QCoreApplication::sendPostedEvents();
    if (epochs % 7 == 0) session.document().save();
    session.document().autosave().flush();
    std::fprintf(stdout, "%d\n", epochs);
    std::fflush(stdout);
  }
}

}  // namespace

class KilledWhileSaving : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void nothingIsCorruptAndTheRestIsOffered() {
    QTemporaryDir dir;
    qputenv("XDG_DATA_HOME", (dir.path() + "/data"_L1).toUtf8());
    const QString folder = dir.path() + "/project"_L1;
    Project project;
    project.folder = folder;
    project.name = u"project"_s;
    writeProject(project);
    int next = 100, offered = 0;
    for (int kill = 0; kill < 12; ++kill) {
      QProcess editor;
      editor.start(QCoreApplication::applicationFilePath(), {u"--edit"_s, folder, QString::number(next)});
      QVERIFY(editor.waitForStarted());
      // At another moment each time, once it has edited something.
      QByteArray told;
      QElapsedTimer clock;
      clock.start();
      while (told.count('\n') < 3 + kill && clock.elapsed() < 20000) {
        editor.waitForReadyRead(200);
        told += editor.readAllStandardOutput();
      }
      QTest::qWait(kill % 5);
      editor.kill();
      QVERIFY(editor.waitForFinished());
      told += editor.readAllStandardOutput();
      QCOMPARE(editor.exitStatus(), QProcess::CrashExit);
      const QList<QByteArray> lines = told.left(told.lastIndexOf('\n')).split('\n');
      const int confirmed = lines.last().toInt();  // its copy or its save was on disk
      QVERIFY2(confirmed >= next, told.constData());

      AppSettings settings(dir.path() + "/settings.ini"_L1);
      FakeEngine engine;
      Session session(engine, settings);
      session.openProjectFolder(folder);
      QVERIFY2(session.project().isOpen(), "the project opens");
      QTRY_VERIFY(!session.document().isLooking());
      const int saved = session.project().train.epochs;
      if (session.document().recovery()) {
        ++offered;
        session.document().restoreRecovery();
      }
      QVERIFY2(session.project().train.epochs >= confirmed,
               qPrintable(u"%1 of %2, saved %3"_s.arg(session.project().train.epochs).arg(confirmed).arg(saved)));
      QVERIFY(session.project().train.epochs <= confirmed + 1);
      QVERIFY(session.document().save());
      session.document().autosave().flush();
      next = session.project().train.epochs + 1;
    }
    qInfo("killed 12 times: unsaved changes offered %d times, every confirmed edit found", offered);
    QVERIFY(offered >= 6);
  }
};

int main(int argc, char** argv) {
  QCoreApplication app(argc, argv);
  if (argc == 4 && QByteArray(argv[1]) == "--edit") return editForever(QString::fromLocal8Bit(argv[2]), QByteArray(argv[3]).toInt());
  KilledWhileSaving test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_killedwhilesaving.moc"
