// Renders the page of videos to PNG, with the real engine; people look at the pictures, no test reads them.
//
//   video-gallery PROJECT VIDEO OUT [theme …]
#include <QApplication>
#include <QDir>
#include <QTest>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/cases/videoscrub.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const QStringList words = application.arguments();
  if (words.size() < 4) return 2;
  const auto waitFor = [](const std::function<bool()>& ready) { return QTest::qWaitFor(ready, 400000); };
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
    QTest::qWait(500);
    window.grab().save(words[3] + u'/' + name + suffix + ".png"_L1);
  };
  window.session().openProjectFolder(words[1]);
  if (!waitFor([&] { return window.session().model() && window.session().data() && !window.session().isBusy(); })) return 3;
  VideoPage* page = window.videoPage();
  window.showPage(u"video"_s);
  grab(u"video-empty"_s);
  page->open(words[2]);
  if (!waitFor([&] { return page->video().seenFrames().size() >= 12; })) return 4;
  grab(u"video-looking"_s);
  if (!waitFor([&] { return page->video().phase() == NewVideo::Phase::Done; })) return 5;
  page->scrub()->slider()->setValue(page->video().frameCount() / 2);
  for (const QString& theme : words.size() > 4 ? words.mid(4) : QStringList{u"light"_s}) {
    for (const QString& language : {u"en"_s, u"zh_CN"_s}) {
      suffix = u'-' + theme + u'-' + language;
      window.setTheme(theme);
      languages.use(language);
      window.resize(1440, 900);
      grab(u"video"_s);
      window.resize(1280, 720);
      grab(u"video-small"_s);
      window.showPage(u"newpictures"_s);
      grab(u"new-empty"_s);
      window.showPage(u"video"_s);
    }
  }
  languages.use(u"en"_s);
  suffix.clear();
  window.resize(1440, 900);
  ui::Theme::instance().setTextScale(2);
  grab(u"video-200"_s);
  ui::Theme::instance().setTextScale(1);
  page->saveTo(words[3], NewVideo::What::AllFrames);
  waitFor([&] { return !page->video().isSaving(); });
  grab(u"video-saved"_s);
  window.close();
  waitFor([&] { return engine.state() == RunState::Idle; });
  return 0;
}
