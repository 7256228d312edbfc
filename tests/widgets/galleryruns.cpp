// Table of runs, parallel coordinates, frontier, differences.
#include <QGridLayout>
#include <QTableView>
#include <QVBoxLayout>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/card.h"
#include "widgets/difftable.h"
#include "widgets/frontierplot.h"
#include "widgets/parallelplot.h"
#include "widgets/runtable.h"

namespace gps::test {

using namespace gps::ui;

QWidget* runsPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* table = new RunTable;
  const auto rows = runRows(24);
  table->setRows(rows);
  table->setTicked({rows[0].id, rows[1].id, rows[9].id, rows[16].id});
  table->setBaseline(rows[1].id);
  table->setCurrentId(rows[9].id);
  auto* tableCard = new Card(w("Which run is best?", "哪个运行最好？"));
  tableCard->addBody(table, 1);
  auto* parallel = new ParallelPlot;
  parallel->setData(parallelAxes(), parallelLines());
  parallel->setBrush(3, 0.74, 0.9);
  auto* parallelCard = new Card(w("Which settings win?", "哪些设置更好？"));
  parallelCard->addBody(parallel, 1);
  auto* frontier = new FrontierPlot;
  frontier->setLabels(w("inputs kept per neuron, K", "每个神经元保留的输入数 K"), w("mean Dice", "平均 Dice"), false);
  frontier->setSeries(frontierSeries());
  auto* frontierCard = new Card(w("How large must K be?", "K 需要多大？"));
  frontierCard->addBody(frontier, 1);
  auto* differences = new DiffModel(body);
  differences->setRuns({rows[0].id, rows[1].id}, {QStringLiteral("selection.k"), QStringLiteral("training.learning_rate")},
                       {{QStringLiteral("1"), QStringLiteral("3")}, {QStringLiteral("0.001"), QStringLiteral("0.0003")}});
  auto* differenceCard = new Card(w("What is different?", "有何不同？"));
  differenceCard->addBody(makePlainTable(differences, w("Differences", "差异")), 1);
  grid->addWidget(tableCard, 0, 0, 1, 2);
  grid->addWidget(parallelCard, 1, 0);
  auto* right = new QVBoxLayout;
  right->addWidget(frontierCard, 3);
  right->addWidget(differenceCard, 2);
  grid->addLayout(right, 1, 1);
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 2);
  grid->setRowStretch(0, 1);
  grid->setRowStretch(1, 1);
  return framed(options, QStringLiteral("runs"), w("Runs", "运行"), body);
}

}  // namespace gps::test
