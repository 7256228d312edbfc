#include "app/application.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>
#include <csignal>
#include <cstdio>

#include "app/demorun.h"
#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/settingspage.h"
#include "app/project/runningmark.h"
#include "app/screenshots.h"
#include "app/systemtheme.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBadUsage = 2;

struct Switches {
  bool exitAfterStart = false, demo = false;
  QString screenshots, project, language, theme;
  QSize size;
  int scale = 0;  // %; 0: the user's
  QString problem;
  bool isPlain() const { return !exitAfterStart && !demo && screenshots.isEmpty() && project.isEmpty(); }
};

Switches parse(const QApplication& app) {
  QCommandLineParser parser;
  parser.setApplicationDescription(u"Workbench for gradient-based parameter selection"_s);
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addOptions({{u"exit-after-start"_s, u"Show the window and leave at once; exit code 0 when all is well."_s},
                     {u"demo"_s, u"Open the sample project and run the main job on it."_s},
                     {u"screenshots"_s, u"Run the main job on the sample project, write every page as PNG and leave."_s, u"DIR"_s},
                     {u"project"_s, u"Open this project folder, or make a project for this folder of pictures."_s, u"DIR"_s},
                     {u"lang"_s, u"en or zh_CN; both for pictures when not given."_s, u"CODE"_s},
                     {u"theme"_s, u"light, dark, contrast or system; light and dark for pictures when not given."_s, u"NAME"_s},
                     {u"scale"_s, u"Size of text and controls in percent, 100 to 200."_s, u"PERCENT"_s},
                     {u"size"_s, u"Size of the window, for example 1440x900."_s, u"WxH"_s}});
  parser.process(app);
  Switches s;
  s.exitAfterStart = parser.isSet(u"exit-after-start"_s);
  s.demo = parser.isSet(u"demo"_s);
  s.screenshots = parser.value(u"screenshots"_s);
  s.project = parser.value(u"project"_s);
  s.language = parser.value(u"lang"_s);
  s.theme = parser.value(u"theme"_s);
  if (!s.language.isEmpty() && s.language != "en"_L1 && s.language != "zh_CN"_L1) s.problem = u"--lang: choose en or zh_CN"_s;
  bool ok = true;
  if (!s.theme.isEmpty() && s.theme != "system"_L1) ui::Theme::parseName(s.theme, &ok);
  if (!ok) s.problem = u"--theme: choose light, dark, contrast or system"_s;
  if (parser.isSet(u"scale"_s)) {
    s.scale = parser.value(u"scale"_s).toInt();
    if (s.scale < 100 || s.scale > 200) s.problem = u"--scale: a number from 100 to 200"_s;
  }
  if (parser.isSet(u"size"_s)) {
    const QStringList parts = parser.value(u"size"_s).split(u'x');
    s.size = QSize(parts.value(0).toInt(), parts.value(1).toInt());
    if (s.size.isEmpty()) s.problem = u"--size: two numbers, for example 1440x900"_s;
  }
  if (!parser.positionalArguments().isEmpty() && s.project.isEmpty()) s.project = parser.positionalArguments().constFirst();
  return s;
}

QList<ProgramPart> programParts() {
  return {{u"Qt"_s, QString::fromLatin1(qVersion()), u"LGPL 3.0"_s},
          {u"LibTorch"_s, {}, u"BSD 3-Clause"_s},
          {u"QCustomPlot"_s, {}, u"GPL 3.0"_s},
          {u"OpenCV"_s, {}, u"Apache 2.0"_s}};
}

void print(std::FILE* stream, const QString& text) {
  std::fputs(text.toUtf8().constData(), stream);
  std::fflush(stream);
}

}  // namespace

int runApplication(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file over the user's size limit is an error of the write, not the end of the program
  QApplication app(argc, argv);
  QApplication::setApplicationName(u"gps-workbench"_s);
  QApplication::setApplicationDisplayName(u"GPS workbench"_s);
  QApplication::setApplicationVersion(QStringLiteral(GPS_VERSION));
  const Switches switches = parse(app);
  if (!switches.problem.isEmpty()) {
    print(stderr, switches.problem + u'\n');
    return kBadUsage;
  }

  AppSettings settings;
  Languages languages;
  languages.use(switches.language.isEmpty() ? settings.language() : switches.language);
  const QString theme = switches.theme.isEmpty() ? settings.theme() : switches.theme;
  const ui::ThemeName system = systemTheme();
  ui::Theme::instance().setTextScale(switches.scale > 0 ? switches.scale / 100.0 : settings.textScale());
  ui::Theme::instance().setReducedMotion(settings.reducedMotion());
  ui::Theme::instance().apply(app, theme == "system"_L1 ? system : ui::Theme::parseName(theme));

  CoreEngine engine;
  MainWindow window(engine, settings, languages);
  window.settingsPage()->setParts(programParts());
  RunningMark mark(settings.fileName());
  if (switches.size.isValid()) window.resize(switches.size);
  window.show();
  int code = 0;
  DemoRun demo(window);
  const QStringList themes = switches.theme.isEmpty() ? QStringList{u"light"_s, u"dark"_s} : QStringList{switches.theme};
  const QStringList codes = switches.language.isEmpty() ? QStringList{u"en"_s, u"zh_CN"_s} : QStringList{switches.language};
  Screenshots shots(window, languages, switches.screenshots, themes, codes);
  const auto leave = [&](int exitCode) {
    code = exitCode;
    window.setAskBeforeClose(false);
    window.close();  // quits after the final message of a running job
  };
  QObject::connect(&window, &MainWindow::closed, &app, &QApplication::quit, Qt::QueuedConnection);
  QObject::connect(&shots, &Screenshots::finished, &window, [&](bool ok) {
    if (!ok) print(stderr, u"--screenshots: cannot write to %1\n"_s.arg(switches.screenshots));
    leave(ok ? code : 1);
  });
  QObject::connect(&demo, &DemoRun::finished, &window, [&](const DemoReport& report) {
    print(report.isComplete ? stdout : stderr, report.text());
    if (!report.isComplete) code = 1;
    if (!switches.screenshots.isEmpty())
      shots.start();
    else if (switches.exitAfterStart)
      leave(code);
  });

  QTimer::singleShot(0, &window, [&] {
    if (switches.demo || (!switches.screenshots.isEmpty() && switches.project.isEmpty())) {
      demo.start();
    } else if (!switches.project.isEmpty()) {
      if (isProjectFolder(switches.project))
        window.session().openProjectFolder(switches.project);
      else
        window.session().openPictures(switches.project);
      if (!switches.screenshots.isEmpty())
        QObject::connect(&window.session(), &Session::jobEnded, &shots, [&](JobKind kind) {
          if (kind == JobKind::ListRuns) shots.start();
        });
    } else if (switches.exitAfterStart) {
      leave(0);
    }
    // Another window of the same user keeps what it has open to itself.
    if (switches.isPlain() && mark.isAlone()) window.restoreLast(mark.endedBadly());
  });
  const int loop = QApplication::exec();
  return loop != 0 ? loop : code;
}

}  // namespace gps::app
