// The window at its smallest size, with text at 200 % too: nothing is cut, covered or out of reach on any page, in any language.
#include <QTest>

#include "newpicturesfixture.h"
#include "runfolders.h"
#include "smallestwindow.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

class TestWindowSizes : public QObject, protected NewPicturesFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    ui::Theme::instance().apply(*qApp, ui::ThemeName::Light);
    begin();
  }
  void cleanupTestCase() { end(); }

  void emptyPages_data() { everyPage(); }
  void emptyPages() { check(false); }

  void filledPages_data() { everyPage(); }
  void filledPages() {
    if (!session().table()) fill();
    check(true);
  }

  void duringARun_data() { everyPage(); }
  void duringARun() {
    if (!session().isTraining()) {
      session().startTraining();
      for (int e = 0; e < 2; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
      m_engine->say(Progress{"train", "steps", 40, 100, 8.25, 60, 5, 0, 0});
    }
    check(false);
  }

  void failures() {
    m_engine->end(JobOutcome::Failed, {JobKind::Train, ErrorCode::OutOfMemory, u"cuda:0"_s, {}, {}, {}});
    SmallestWindow small(*m_window, *m_settings, *m_languages);
    QVERIFY(isUncut(small.cutEverywhere(u"train"_s, u"-failed"_s)));
  }

 private:
  void everyPage() {
    QTest::addColumn<double>("scale");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("page");
    for (const double scale : {2.0, 1.0})
      for (const char* code : {"en", "zh_CN"})
        for (const char* id : {"home", "data", "model", "selection", "compare", "train", "runs", "cases", "numbers", "blind", "newpictures",
                               "video", "settings"}) {
          const QString name = u"%1 % %2 %3"_s.arg(100 * scale).arg(QString::fromLatin1(code), QString::fromLatin1(id));
          QTest::newRow(qPrintable(name)) << scale << QString::fromLatin1(code) << QString::fromLatin1(id);
        }
  }
  void check(bool everyFace) {
    QFETCH(double, scale);
    QFETCH(QString, code);
    QFETCH(QString, page);
    SmallestWindow small(*m_window, *m_settings, *m_languages);
    small.set(scale, code);
    // The tracks of the settings change the window itself.
    QVERIFY(isUncut(everyFace && page != "settings"_L1 ? small.cutOnEveryFace(page) : small.cutOn(page)));
  }
  void fill() {
    m_engine->sets.answers = true;
    m_engine->sets.files = {sampleSelection(u"textures"_s, 69000), sampleSelection(u"sign digits"_s, 69000)};
    openProject();
    train(true);
    const auto map = std::make_shared<ProbabilityMap>(DiscMaps().map(3));
    for (const int epoch : {0, 2}) {
      CasesScored m{m_engine->scoreRequest.runFolder, epoch, {}};
      auto summary = std::make_shared<SegmentationScore>();
      summary->n = 4;
      summary->diceMean = epoch == 0 ? 0.31 : 0.84;
      for (int i = 0; i < 4; ++i) m.cases.push_back({{"case_" + std::to_string(6 + i), {600 + 50 * i, 200 - 40 * i, 180, 3000}}, map});
      m_engine->say(std::move(m));
      m_engine->say(ScoringDone{m_engine->scoreRequest.runFolder, epoch, summary});
      m_engine->end();
    }
    for (int k : {1, 2, 3}) {
      test::SampleRun run;
      run.k = k;
      run.quality = 0.7 + 0.05 * k;
      test::writeRun(session().project().runsFolder().toStdString() + "/k" + std::to_string(k), run);
    }
    lookAtAll();
    m_window->showPage(u"runs"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->page(u"runs"_s)->isEmptyShown(), 20000);
  }
};

QTEST_MAIN(TestWindowSizes)
#include "tst_windowsizes.moc"
