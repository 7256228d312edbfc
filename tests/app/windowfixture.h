#pragma once
// What a test of the window stands on: a folder that goes with it, settings and projects in it, a made-up engine, the window. Members are
// made anew for every test function.
#include <QTemporaryDir>
#include <memory>

#include "app/mainwindow.h"
#include "fakeengine.h"

namespace gps::app {

class WindowFixture {
 protected:
  // Folder, settings, languages and engine; no file outside the folder is seen.
  void begin() {
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_dir->path().toUtf8());
    qunsetenv("GPS_WEIGHTS");
    m_settings = std::make_unique<AppSettings>(m_dir->filePath(QStringLiteral("settings.ini")));
    m_languages = std::make_unique<Languages>();
    m_engine = std::make_unique<FakeEngine>();
  }
  void showWindow() {
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, *m_languages);
    m_window->resize(1440, 900);
    m_window->show();
  }
  void end() {
    m_window.reset();
    m_languages->use(QStringLiteral("en"));
    m_engine.reset();
  }

  Session& session() { return m_window->session(); }
  // folder: of the pictures; empty: the fixture's.
  void openPictures(const DataOpened& data = sampleData(), const QString& folder = {}) {
    session().openPictures(folder.isEmpty() ? m_dir->path() : folder);
    const RunId list = m_engine->last();  // of runs; asked for after the data
    m_engine->say(list - 1, data);
    m_engine->end();
    m_engine->say(list, JobEnded{JobKind::ListRuns, JobOutcome::Finished, {}});
  }
  void openModel(const ModelOpened& model = sampleModel()) {
    session().openWeights(QStringLiteral("/weights/model.pth"));
    m_engine->say(model);
    m_engine->end();
  }
  void runPass(const TableReady& table = sampleTable()) {
    session().runGradientPass();
    m_engine->say(table);
    m_engine->end();
  }
  void openSample() {
    openPictures();
    openModel();
    runPass();
  }

  std::unique_ptr<QTemporaryDir> m_dir;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<Languages> m_languages;
  std::unique_ptr<FakeEngine> m_engine;
  std::unique_ptr<MainWindow> m_window;
};

}  // namespace gps::app
