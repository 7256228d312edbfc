// Renders outlining by pointing and the page of new pictures to PNG, with the real engine; people look at the pictures, no test reads them.
//
//   prompts-gallery PROJECT PICTURES OUT [theme …]
#include <QApplication>
#include <QDir>
#include <QTest>
#include <cstdio>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/prompttool.h"
#include "app/pages/casespage.h"
#include "widgets/casetable.h"
#include "widgets/imageviewer.h"
#include "widgets/promptlayer.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

bool waitFor(const std::function<bool()>& ready) { return QTest::qWaitFor(ready, 120000); }

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const QStringList words = application.arguments();
  if (words.size() < 4) return 2;
  ui::Theme::instance().apply(application, ui::ThemeName::Light);
  AppSettings settings(words[3] + "/settings.ini"_L1);
  Languages languages;
  CoreEngine engine;
  MainWindow window(engine, settings, languages);
  window.setAskBeforeClose(false);
  window.resize(1440, 900);
  window.show();
  QDir().mkpath(words[3]);
  QString suffix;
  const auto grab = [&](const QString& name) {
    QTest::qWait(400);
    window.grab().save(words[3] + u'/' + name + suffix + ".png"_L1);
  };
  window.session().openProjectFolder(words[1]);
  if (!waitFor([&] { return window.session().model() && window.session().data() && !window.session().isBusy(); })) return 3;
  for (const QString& theme : words.size() > 4 ? words.mid(4) : QStringList{u"light"_s}) {
    for (const QString& language : {u"en"_s, u"zh_CN"_s}) {
      suffix = u'-' + theme + u'-' + language;
      window.setTheme(theme);
      languages.use(language);
      window.showPage(u"cases"_s);
      if (!waitFor([&] { return window.casesPage()->isSettled() && !window.casesPage()->table()->currentId().isEmpty(); })) return 4;
      auto* tool = window.casesPage()->promptTool();
      auto* viewer = window.casesPage()->viewer();
      tool->setOn(true);
      grab(u"tool-empty"_s);
      const QPoint from = viewer->widgetAt({60, 60}).toPoint(), to = viewer->widgetAt({190, 200}).toPoint();
      QTest::mousePress(tool->layer(), Qt::LeftButton, {}, from);
      QTest::mouseMove(tool->layer(), (from + to) / 2);
      QTest::mouseMove(tool->layer(), to);
      QTest::mouseRelease(tool->layer(), Qt::LeftButton, {}, to);
      grab(u"tool-reading"_s);
      waitFor([&] { return !tool->prompting().isPending(); });
      grab(u"tool-box"_s);
      std::printf("%s: answer %.0f ms\n", qPrintable(suffix), tool->prompting().lastMs());
      tool->prompting().clear();
      tool->setOn(false);
      window.showPage(u"newpictures"_s);
      grab(u"new-empty"_s);
      window.newPicturesPage()->open(words[2]);
      waitFor([&] { return window.newPicturesPage()->pictures().seenCount() >= 2; });
      grab(u"new-looking"_s);
      waitFor([&] { return window.newPicturesPage()->pictures().phase() == NewPictures::Phase::Done; });
      grab(u"new-done"_s);
      window.newPicturesPage()->saveTo(words[3]);
      waitFor([&] { return !window.newPicturesPage()->pictures().isSaving(); });
      grab(u"new-saved"_s);
    }
  }
  window.close();
  waitFor([&] { return engine.state() == RunState::Idle; });
  return 0;
}
