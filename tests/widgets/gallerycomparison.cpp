// The plots of a comparison of two, three and six selections, and the list beside them.
#include <QGridLayout>

#include "tests/widgets/comparisonsamples.h"
#include "tests/widgets/galleryparts.h"
#include "widgets/card.h"
#include "widgets/choicecounts.h"
#include "widgets/overlapbars.h"

namespace gps::test {

using namespace gps::ui;

QWidget* comparisonPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  const auto add = [&](const QString& title, QWidget* widget, int row, int column, int rows = 1) {
    auto* card = new Card(title);
    card->addBody(widget, 1);
    grid->addWidget(card, row, column, rows, 1);
  };
  auto* list = new SelectionList;
  QList<SelectionRow> rows;
  for (int i = 0; i < 6; ++i)
    rows << SelectionRow{QString::number(i),
                         taskNames(6)[i],
                         w("K = 3, neuron, gradient", "K = 3，神经元，梯度"),
                         QStringLiteral("251 k"),
                         Theme::instance().runColor(i),
                         i + 1,
                         i < 3,
                         {},
                         {}};
  rows << SelectionRow{QStringLiteral("x"),
                       QStringLiteral("elsewhere"),
                       {},
                       QStringLiteral("84 k"),
                       {},
                       0,
                       false,
                       w("Made on vit_base_patch16_224 (weights 1f02ab34).", "在 vit_base_patch16_224 上制作（权重 1f02ab34）。"),
                       {}};
  list->setRows(rows);
  list->setCurrentId(QStringLiteral("1"));
  add(w("Selections", "选择"), list, 0, 0, 2);
  int row = 0;
  for (const int n : {2, 3, 6}) {
    auto* upset = new UpsetBars;
    upset->setCombinations(taskNames(n), taskColors(n), selectedCounts(n), combinations(n));
    if (n == 3) upset->setChosen(0b011);
    add(w("Which selections chose the same weights?", "哪些选择选中了相同的权重？"), upset, row, 1);
    auto* shared = new SharedBars;
    shared->setBlocks(sharedBlocks(n), n);
    shared->setHighlightedBlock(QStringLiteral("4"));
    add(w("Shared in each block", "各块的共享"), shared, row, 2);
    auto* matrix = new JaccardMatrix;
    fill(*matrix, n);
    add(w("How alike are they?", "它们有多相似？"), matrix, row++, 3);
  }
  auto* choices = new ChoiceCounts;
  choices->setCounts({112000, 41000, 18000, 9000, 7000, 64200}, {420000, 2200, 6.1, 0.01, 0, 0});
  add(w("Chosen how often?", "被选中多少次？"), choices, 2, 0);
  auto* overlap = new OverlapBars;
  overlap->setRows(
      {{taskNames(4)[0], 0.62, 0.0021}, {taskNames(4)[1], 0.58, 0.0021}, {taskNames(4)[2], 0.71, 0.0021}, {taskNames(4)[3], 0.49, 0.0021}});
  add(w("Shared with other tasks", "与其他任务共享"), overlap, 3, 0);
  auto* many = new JaccardMatrix;
  fill(*many, 24);
  add(w("How alike are they?", "它们有多相似？"), many, 3, 1);
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 6);
  grid->setColumnStretch(2, 5);
  grid->setColumnStretch(3, 4);
  return framed(options, QStringLiteral("selection"), w("Comparison", "比较"), body);
}

}  // namespace gps::test
