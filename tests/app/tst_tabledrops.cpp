// A table of results is dropped on the window: it is named for what it is, and what was open stays open.
#include <QDir>
#include <QFile>
#include <QTest>

#include "app/project/newpictures.h"
#include "app/project/newpicturessaver.h"
#include "app/project/readings.h"
#include "app/project/tablekind.h"
#include "core/evaluation/figures/scoretables.h"
#include "core/io/areatable.h"
#include "lookingfixture.h"
#include "widgets/noticebar.h"
#include "widgets/theme.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

namespace {

class NoMaps : public NewPictureMaps {
 public:
  ProbabilityMap map(int) const override { return {}; }
};

}  // namespace

class TestTableDrops : public QObject, protected LookingFixture {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { ui::Theme::instance().apply(*qApp, ui::ThemeName::Light); }
  void init() {
    begin();
    showWindow();
  }
  void cleanup() { end(); }

  void knowsWhatTheProgramWrites() {
    NewPicturesOrder order{m_dir->path(), u"new"_s, {{0, u"a.png"_s, {}, u"cannot be decoded"_s}}, {}, u"lite_medsam"_s, u"untuned"_s};
    const SavedResults saved = saveNewPictures(order, NoMaps(), false, [](int, int) {});
    QCOMPARE(tableKindOf(saved.folder + "/areas.csv"_L1), TableKind::NewPictureAreas);
    QCOMPARE(kindOf(areaTable({{0, 0, 12, 0.1}}, {}).c_str()), TableKind::VideoAreas);
    const std::vector<CaseScore> cases{{"a", {1, 2, 3, 4}}};
    QCOMPARE(kindOf(caseTableCsv(cases).c_str()), TableKind::CaseFigures);
    QCOMPARE(kindOf(auditCsv("untuned", auditScores(cases)).c_str()), TableKind::Figures);
    QCOMPARE(kindOf(Readings().csv()), TableKind::Readings);
    QCOMPARE(kindOf("reader,image,vote,threshold\nAnn,a,A,0.5\n"), TableKind::BlindReading);
    QCOMPARE(kindOf("picture,rank,class,probability\n\"a\",1,\"tench\",0.9\n"), TableKind::PictureClasses);
    QCOMPARE(kindOf("block,kind,tensor,rows,cols,selected,share\n"), TableKind::SelectedWeights);
    QCOMPARE(kindOf("part,a,b,block,kind,selected_a,selected_b\n"), TableKind::SelectionComparison);
  }

  void knowsListsOfPictures() {
    for (const char* header : {"image,mask,split\n", "Picture;Class\n", "\"file\"\t\"label\"\n", "image,mask,area_px,frame\n"})
      QCOMPARE(kindOf(header), TableKind::Pictures);
    for (const char* header : {"", "number,age\n1,70\n", "# only\n# comments\n"}) QCOMPARE(kindOf(header), TableKind::Other);
    QCOMPARE(tableKindOf(m_dir->path() + "/none.csv"_L1), TableKind::Unreadable);
    // Results beside new pictures make no data set of them.
    const QString folder = m_dir->path() + "/new"_L1;
    QDir().mkpath(folder);
    QImage(8, 8, QImage::Format_RGB888).save(folder + "/a.png"_L1);
    QVERIFY(write(folder + "/predictions.csv"_L1, "picture,rank,class,probability\n\"a\",1,\"tench\",0.9\n"));
    QVERIFY(holdsOnlyPictures(folder));
  }

  void resultsAreNamedAndNothingIsLost() {
    openSample();
    const QString project = session().project().folder;
    const auto data = session().data();
    const RunId before = m_engine->last();
    m_window->showPage(u"selection"_s);
    const auto answered = [&](const QString& path, const QString& what, const QString& remedy) {
      drop(path);
      QTRY_VERIFY2(notice().contains(what), qPrintable(notice()));
      QVERIFY2(notice().contains(QFileInfo(path).fileName()) && notice().contains(remedy), qPrintable(notice()));
      QVERIFY(notice().contains(u"What was open stays open"_s));
      QCOMPARE(session().project().folder, project);
      QCOMPARE(session().data(), data);
      QCOMPARE(m_window->currentPage(), u"selection"_s);
      QCOMPARE(m_engine->last(), before);  // it was asked for nothing
    };
    const QString areas = m_dir->path() + "/areas.csv"_L1, other = m_dir->path() + "/patients %1.csv"_L1;
    QVERIFY(write(areas, "picture,width,height,threshold,area_pixels,area_share,mask,problem,use,model,outlined_by\n"));
    QVERIFY(write(other, "number,age\n1,70\n"));
    answered(areas, u"the areas outlined in new pictures"_s, u"drop their folder"_s);
    answered(other, u"is no list of pictures"_s, u"image and mask"_s);
    answered(m_dir->path() + "/gone.csv"_L1, u"cannot be read"_s, u"still there"_s);
  }

  void aListOpensAndTheNewestDropCounts() {
    openSample();
    const QString areas = m_dir->path() + "/areas.csv"_L1, list = m_dir->path() + "/list.csv"_L1;
    QVERIFY(write(areas, "picture,width,height,threshold,area_pixels,area_share,mask\n"));
    QVERIFY(write(list, "image,mask\na.png,b.png\n"));
    drop(areas);
    drop(list);
    QTRY_COMPARE(session().project().dataFolder, list);
    QTest::qWait(50);
    QVERIFY2(!notice().contains(u"table of results"_s), qPrintable(notice()));
  }

 private:
  static bool write(const QString& path, const QByteArray& text) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
  }
  TableKind kindOf(const QByteArray& text) const {
    const QString path = m_dir->path() + "/table.csv"_L1;
    return write(path, text) ? tableKindOf(path) : TableKind::Unreadable;
  }
  QString notice() const { return wordsOn(*m_window->noticeBar()); }
};

QTEST_MAIN(TestTableDrops)
#include "tst_tabledrops.moc"
