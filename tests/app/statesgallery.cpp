// Renders states of the window that come and go, over a made-up engine: a queue beside a run, figures that are computed at another
// threshold, results of former weights, the export dialog, twelve runs. People look at the pictures, no test reads them.
//
//   states-gallery OUT [scale of the text] [theme …]
#include <QApplication>
#include <QDir>
#include <QSpinBox>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "app/pages/cases/exportdialog.h"
#include "app/pages/cases/outlinebar.h"
#include "app/pages/casespage.h"
#include "app/pages/runplots.h"
#include "app/pages/runspage.h"
#include "app/project/viewsettings.h"
#include "newpicturesfixture.h"
#include "numbersfixture.h"
#include "runfolders.h"
#include "trainfixture.h"
#include "widgets/button.h"
#include "widgets/casetable.h"
#include "widgets/runtable.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSettledMs = 500;

QString outFolder() { return QApplication::arguments().value(1); }
double textScale() { return std::max(1.0, QApplication::arguments().value(2, u"1"_s).toDouble()); }
QStringList themes() {
  const QStringList named = QApplication::arguments().mid(3);
  return named.isEmpty() ? QStringList{u"light"_s, u"dark"_s} : named;
}

void grabEverywhere(MainWindow& window, Languages& languages, const QString& name) {
  for (const QString& theme : themes())
    for (const QString& code : {u"en"_s, u"zh_CN"_s}) {
      window.setTheme(theme);
      languages.use(code);
      ui::Theme::instance().setTextScale(textScale());
      QTest::qWait(kSettledMs);
      window.grab().save(outFolder() + u'/' + name + u'-' + theme + u'-' + code + u".png"_s);
    }
  languages.use(u"en"_s);
}

class TrainState : TrainFixture {
 public:
  void show() {
    beginOnTrainPage();
    open();
    page().addToQueue();
    for (const int epochs : {12, 30}) {
      spin(u"epochs"_s, epochs);
      page().addToQueue();
    }
    QTest::qWait(kSettledMs);
    m_engine->say(EpochDone{sampleEpoch(0)});
    for (int epoch = 1; epoch <= 4; ++epoch) {
      for (int i = 1; i <= 10; ++i) {
        const double at = epoch - 1 + i / 10.0;
        const std::int64_t step = 10 * (epoch - 1) + i;
        m_engine->say(Progress{"train", "steps", step, 200, 4.2, step / 4.2, (200.0 - double(step)) / 4.2, epoch, 20});
        m_engine->say(StepsAdded{{{int(step), at, 1.4 * std::exp(-at / 2) + 0.1 * std::abs(std::sin(13 * at)), 2e-4 * (1 - at / 20)}}});
      }
      if (epoch < 4) m_engine->say(EpochDone{sampleEpoch(epoch)});
    }
    grabEverywhere(*m_window, *m_languages, u"train-running"_s);
    end();
  }
};

class OutlineState : NumbersFixture {
 public:
  void show() {
    begin();
    score();
    QTest::qWait(kSettledMs);
    ViewSettings(*m_settings).setThreshold(0.37);
    m_window->showPage(u"numbers"_s);
    grabEverywhere(*m_window, *m_languages, u"numbers-offered"_s);
    m_window->showPage(u"cases"_s);
    CasesPage* cases = m_window->casesPage();
    cases->table()->setSorting(ui::CaseModel::Hd95, Qt::DescendingOrder);
    Q_EMIT cases->table()->sortingChanged(ui::CaseModel::Hd95, Qt::DescendingOrder);
    grabEverywhere(*m_window, *m_languages, u"cases-offered"_s);
    cases->outlines()->button()->click();
    m_engine->say(Progress{"validate", "images", 3, 4, 0.1, 1, 1, 0, 0});
    grabEverywhere(*m_window, *m_languages, u"cases-computing"_s);
    m_engine->end(JobOutcome::Cancelled);
    for (const QString& theme : themes())
      for (const QString& code : {u"en"_s, u"zh_CN"_s}) {
        m_window->setTheme(theme);
        m_languages->use(code);
        QTest::qWait(kSettledMs);
        ExportDialog* dialog = cases->showExport();
        QTest::qWait(kSettledMs);
        dialog->grab().save(outFolder() + "/export-"_L1 + theme + u'-' + code + ".png"_L1);
        dialog->reject();
      }
    m_languages->use(u"en"_s);
    end();
  }
};

class StaleState : NewPicturesFixture {
 public:
  void show() {
    begin();
    openProject();
    lookAtAll();
    train(true);
    m_engine->end(JobOutcome::Cancelled);  // the scoring that follows a training
    m_window->showPage(u"newpictures"_s);
    grabEverywhere(*m_window, *m_languages, u"newpictures-stale"_s);
    end();
  }
};

class RunsState : WindowFixture {
 public:
  void show() {
    begin();
    showWindow();
    openPictures();
    openModel();
    const std::string folder = m_window->session().project().runsFolder().toStdString() + "/sweep/";
    for (const auto& [name, k, quality] : {std::tuple{"k1", 1, 0.70}, {"k3", 3, 0.817}, {"k10", 10, 0.82}, {"full", 0, 0.78}})
      for (int seed = 1; seed <= 3; ++seed) {
        test::SampleRun run;
        run.method = k == 0 ? Method::Full : Method::Gps;
        run.k = std::max(1, k);
        run.seed = std::uint64_t(seed);
        run.quality = quality + 0.002 * (seed - 2);
        test::writeRun(folder + name + "-seed" + std::to_string(seed), run);
      }
    m_window->showPage(u"runs"_s);
    (void)QTest::qWaitFor([this] { return m_window->runsPage()->table()->totalCount() == 12; }, 20000);
    for (const char* view : {"curves", "diff", "parallel", "frontier", "seeds"}) {
      m_window->runsPage()->plots()->setView(QString::fromLatin1(view));
      grabEverywhere(*m_window, *m_languages, u"runs-"_s + QLatin1String(view));
    }
    end();
  }
};

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (argc < 2) return 2;
  QDir().mkpath(outFolder());
  ui::Theme::instance().apply(application, ui::ThemeName::Light);
  TrainState().show();
  OutlineState().show();
  StaleState().show();
  RunsState().show();
  return 0;
}
