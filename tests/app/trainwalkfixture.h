#pragma once
// The window with the real engine, the demo project and the small pretrained model on the sample pictures, its gradient pass done: where
// walks through training begin.
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "app/engine/coreengine.h"
#include "app/mainwindow.h"
#include "app/pages/train/curvespanel.h"
#include "app/pages/trainpage.h"
#include "widgets/theme.h"

namespace gps::app {

inline constexpr int kLong = 300000;
inline constexpr int kStopMs = 60000;  // of a busy machine, whose steps are long

class TrainWalkFixture : public QObject {
 protected:
  // Two epochs of two steps; no window where the weights are not there.
  void openWithPass() {
    using namespace Qt::StringLiterals;
    if (findSampleWeights().isEmpty()) QSKIP("the sample weights are not there: set GPS_DEPS or GPS_WEIGHTS");
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
    m_settings = std::make_unique<AppSettings>(m_dir.path() + "/settings.ini"_L1);
    openWindow();
    session().openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(session().isDataChecked() && session().model() && !session().isBusy(), kLong);
    TrainSpec draft = session().project().train;
    draft.epochs = 2;
    draft.batch = 2;
    draft.limit = 4;
    draft.validationLimit = 1;
    draft.warmupEpochs = 0;
    session().setTrainDraft(draft);
    SelectionSpec selection = session().project().selection;
    selection.limit = 4;
    selection.batch = 4;
    session().setSelection(selection);
    session().runGradientPass();
    QTRY_VERIFY_WITH_TIMEOUT(session().table() && !session().isBusy(), kLong);
  }

  TrainPage& page() { return *m_window->trainPage(); }
  Session& session() { return m_window->session(); }

  void openWindow() {
    m_engine = std::make_unique<CoreEngine>();
    m_window = std::make_unique<MainWindow>(*m_engine, *m_settings, m_languages);
    m_window->show();
  }

  void closeWindow() {
    if (!m_window) return;
    m_window->setAskBeforeClose(false);
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, kStopMs);
    m_window.reset();
    m_engine.reset();
  }

  void stopScoring() {
    session().stopJob();
    QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), kStopMs);
  }

  void finishTraining() {
    QTRY_VERIFY_WITH_TIMEOUT(!session().isTraining(), kLong);
    stopScoring();
  }

  // The buttons of the error card.
  QList<QPushButton*> offered() {
    QList<QPushButton*> buttons;
    for (auto* button : page().curvesPanel()->findChildren<QPushButton*>(QStringLiteral("errorAction")))
      if (button->isVisibleTo(&page())) buttons << button;
    return buttons;
  }

  QTemporaryDir m_dir;
  Languages m_languages;
  std::unique_ptr<AppSettings> m_settings;
  std::unique_ptr<CoreEngine> m_engine;
  std::unique_ptr<MainWindow> m_window;
};

}  // namespace gps::app
