#include "app/pages/keyhelp.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <algorithm>

#include "app/pages/cases/blindpanes.h"
#include "app/pages/cases/readingcard.h"
#include "app/pages/cases/videoscrub.h"
#include "app/pages/classcasespage.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/confusionmatrix.h"
#include "widgets/curveplot.h"
#include "widgets/imageviewer.h"
#include "widgets/itemplot.h"
#include "widgets/kslider.h"
#include "widgets/labelledslider.h"
#include "widgets/propertyform.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/selectionlist.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class KeyTexts {
  Q_DECLARE_TR_FUNCTIONS(KeyTexts)
 public:
  static QList<ui::KeyGroup> of(const QWidget& page) {
    QList<ui::KeyGroup> groups;
    if (has<ui::ImageViewer>(page))
      groups.append({tr("Picture"),
                     {{tr("Wheel"), tr("zoom at the pointer")},
                      {tr("Drag"), tr("move the picture; the divider of a wipe by its handle")},
                      {tr("Right drag"), tr("brightness and contrast, as the sliders; double right click resets")},
                      {tr("Double click"), tr("zoom in, or fit again")}}});
    if (qobject_cast<const ClassCasesPage*>(&page))
      groups.append({tr("List of pictures"), {{u"D"_s, tr("next picture")}, {u"A"_s, tr("former picture")}}});
    if (has<VideoScrub>(page)) groups.append({tr("Video"), {{u"K"_s, tr("play, or stop")}}});
    if (has<ReadingCard>(page))
      groups.append(
          {tr("Reading"), {{u"1 … 5"_s, tr("rate; the same key again takes it back")}, {u"R"_s, tr("write a remark; Enter ends it")}}});
    if (has<BlindPanes>(page))
      groups.append(
          {tr("Blind reading"),
           {{u"1, 2, 3"_s, tr("A, B or C is best")}, {u"0"_s, tr("no difference")}, {u"Backspace"_s, tr("take the last vote back")}}});
    if (has<ui::CurvePlot>(page))
      groups.append({tr("Curves"),
                     {{u"←, →"_s, tr("read the values point by point")},
                      {u"Shift+←, Shift+→"_s, tr("move")},
                      {u"+, −"_s, tr("zoom in, zoom out")},
                      {u"F"_s, tr("show all")},
                      {u"T"_s, tr("the numbers as a table")},
                      {tr("Ctrl+wheel"), tr("zoom at the pointer; the wheel alone once the plot has the focus")},
                      {tr("Drag"), tr("move; with Shift zoom into a box; double click shows all")}}});
    if (has<ui::BlockBars>(page))
      groups.append({tr("Bars"),
                     {{u"←, →"_s, tr("read the values block by block")},
                      {tr("Enter"), tr("choose the block everywhere")},
                      {u"T"_s, tr("the numbers as a table")}}});
    if (has<ui::ItemPlot>(page))
      groups.append({tr("Plots of a comparison"),
                     {{u"←, →, ↑, ↓"_s, tr("read the values one by one")},
                      {tr("Enter"), tr("choose the combination or block")},
                      {u"Esc"_s, tr("close the card")},
                      {u"T"_s, tr("the numbers as a table")}}});
    if (has<ui::SelectionList>(page))
      groups.append({tr("List of selections"),
                     {{tr("Space"), tr("set beside the others, or not")}, {u"F2"_s, tr("rename")}, {u"Del"_s, tr("move to the trash")}}});
    if (has<ui::KSlider>(page) || has<ui::LabelledSlider>(page))
      groups.append({tr("Sliders"),
                     {{u"←, →, ↑, ↓"_s, tr("one step")},
                      {tr("PgUp, PgDn"), tr("a large step; K doubles or halves")},
                      {tr("Double click"), tr("back to the default")}}});
    if (has<ui::BlockTree>(page))
      groups.append(
          {tr("Block tree"),
           {{u"↑, ↓"_s, tr("former, next row")}, {u"←, →"_s, tr("close, open a block")}, {tr("Space"), tr("exclude or include")}}});
    if (has<ui::ConfusionMatrix>(page))
      groups.append({tr("Confusion matrix"), {{tr("Arrows"), tr("from cell to cell")}, {tr("Enter"), tr("show its pictures")}}});
    if (has<ui::SegmentedControl>(page)) groups.append({tr("Choices"), {{u"←, →"_s, tr("former, next choice")}}});
    if (has<ui::PropertyForm>(page)) groups.append({tr("Form"), {{tr("Double click on a name"), tr("back to the default")}}});
    return groups;
  }

 private:
  template <typename W>
  static bool has(const QWidget& page) {
    const auto all = page.findChildren<W*>();
    return std::any_of(all.begin(), all.end(), [](const W* w) { return w->isVisible(); });
  }
};

}  // namespace

QList<ui::KeyGroup> keysOfPage(const QWidget& page) { return KeyTexts::of(page); }

}  // namespace gps::app
