// Renders the Runs page of a project, every view of it, to PNG so that people can look at it:
// runs-gallery PROJECT OUT [--theme NAME] [--lang CODE] [--size WxH]. The scale comes from QT_SCALE_FACTOR.
#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include "app/mainwindow.h"
#include "app/pages/runplots.h"
#include "app/pages/runspage.h"
#include "fakeengine.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

static void wait(int ms) {
  QEventLoop loop;
  QTimer::singleShot(ms, &loop, &QEventLoop::quit);
  loop.exec();
}

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QStringList args = app.arguments();
  const auto option = [&args](const QString& name, const QString& otherwise) {
    const qsizetype at = args.indexOf(name);
    return at >= 0 && at + 1 < args.size() ? args[at + 1] : otherwise;
  };
  const QTemporaryDir home;
  AppSettings settings(home.path() + "/settings.ini"_L1);
  Languages languages;
  languages.use(option(u"--lang"_s, u"en"_s));
  const QString theme = option(u"--theme"_s, u"light"_s);
  ui::Theme::instance().apply(app, ui::Theme::parseName(theme));
  FakeEngine engine;
  MainWindow window(engine, settings, languages);
  const QStringList size = option(u"--size"_s, u"1440x900"_s).split(u'x');
  window.resize(size.value(0).toInt(), size.value(1).toInt());
  window.show();
  window.session().openProjectFolder(args.value(1));
  window.showPage(u"runs"_s);
  wait(1500);
  const QString out = args.value(2), tail = u"-%1-%2@%3x.png"_s.arg(theme, languages.current()).arg(app.devicePixelRatio());
  QDir().mkpath(out);
  for (const char* view : {"curves", "diff", "parallel", "frontier", "seeds"}) {
    window.runsPage()->plots()->setView(QString::fromLatin1(view));
    wait(200);
    window.grab().save(out + "/runs-"_L1 + QLatin1String(view) + tail);
  }
  return 0;
}
