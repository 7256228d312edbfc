#pragma once
// The window with the real engine and a project, of which pictures are taken in every theme and language:
//
//   …-gallery PROJECT WHAT OUT [theme …]
#include <QApplication>
#include <QDir>
#include <QTest>
#include <functional>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "widgets/theme.h"

namespace gps::app {

class GalleryWindow {
 public:
  static constexpr int kLongMs = 400000, kSettledMs = 500;

  // words: of the command line, four at least.
  GalleryWindow(QApplication& application, const QStringList& words) : m_words(words), m_settings(out() + QStringLiteral("/settings.ini")) {
    ui::Theme::instance().apply(application, ui::ThemeName::Light);
    m_window.setAskBeforeClose(false);
    m_window.resize(1440, 900);
    m_window.show();
    QDir().mkpath(out());
  }
  MainWindow& window() { return m_window; }
  QString what() const { return m_words[2]; }
  QString out() const { return m_words[3]; }
  static bool waitFor(const std::function<bool()>& ready) { return QTest::qWaitFor(ready, kLongMs); }
  bool openProject() {
    m_window.session().openProjectFolder(m_words[1]);
    return waitFor([this] { return m_window.session().model() && m_window.session().data() && !m_window.session().isBusy(); });
  }
  void grab(const QString& name) {
    QTest::qWait(kSettledMs);
    m_window.grab().save(out() + u'/' + name + m_suffix + QStringLiteral(".png"));
  }
  const QString& suffix() const { return m_suffix; }
  // In each theme and language; English again, and pictures without a suffix, afterwards. False: one of them failed.
  bool everywhere(const std::function<bool()>& show) {
    for (const QString& theme : m_words.size() > 4 ? m_words.mid(4) : QStringList{QStringLiteral("light")})
      for (const QString& language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        m_suffix = u'-' + theme + u'-' + language;
        m_window.setTheme(theme);
        m_languages.use(language);
        if (!show()) return false;
      }
    m_languages.use(QStringLiteral("en"));
    m_suffix.clear();
    return true;
  }
  void close() {
    m_window.close();
    waitFor([this] { return m_engine.state() == RunState::Idle; });
  }

 private:
  QStringList m_words;
  AppSettings m_settings;
  Languages m_languages;
  CoreEngine m_engine;
  MainWindow m_window{m_engine, m_settings, m_languages};
  QString m_suffix;
};

}  // namespace gps::app
