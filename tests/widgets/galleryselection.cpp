// The page of the selection.
#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <cmath>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/kslider.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"

namespace gps::test {

using namespace gps::ui;

QWidget* selectionPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* scheme = new Card(w("Scheme", "方案"));
  scheme->addBody(new Label(w("Level", "层级"), TextRole::Small, Token::Text2));
  auto* level = new SegmentedControl;
  level->addOption(QStringLiteral("neuron"), w("Neuron", "神经元"));
  level->addOption(QStringLiteral("layer"), w("Layer", "层"));
  level->addOption(QStringLiteral("net"), w("Net", "网络"));
  level->setOptionEnabled(QStringLiteral("net"), false, QStringLiteral("later"));
  scheme->addBody(level);
  auto* criterion = new QComboBox;
  criterion->addItems({w("Gradient", "梯度"), w("Magnitude", "幅值")});
  scheme->addBody(new Label(w("Criterion", "准则"), TextRole::Small, Token::Text2));
  scheme->addBody(criterion);
  scheme->addBody(new Label(w("Biases and head always train; norms stay frozen. Seed 42", "偏置与头部总是训练；归一化层冻结。种子 42"),
                            TextRole::Small, Token::Text2));
  auto* kCard = new Card(w("Inputs kept per neuron, K", "每个神经元保留的输入数 K"));
  auto* k = new KSlider;
  k->setKeptPerRow(3);
  k->setSummary(w("251,136 weights", "251,136 个权重"), w("0.29 % of 85.8 M", "占 85.8 M 的 0.29 %"));
  k->setNotes({w("Delta 1.4 MB per epoch", "每个轮次增量 1.4 MB"), w("Optimiser 3.0 MB instead of 687 MB", "优化器 3.0 MB，而非 687 MB")});
  kCard->addBody(k);
  auto* tree = new BlockTree;
  tree->setRows(vitRows());
  tree->setCounts(vitCounts(3, true));
  tree->blockModel()->setExcluded({QStringLiteral("4")}, {QStringLiteral("proj")});
  tree->expand(tree->blockModel()->indexOfBlock(QStringLiteral("2")));
  tree->setCurrentBlock(QStringLiteral("2"));
  auto* blocks = new Card(w("Blocks", "块"));
  blocks->setNote(w("12 of 13", "12 / 13"));
  blocks->addBody(tree, 1);
  auto* bars = new BlockBars;
  bars->setCounts(vitCounts(3, true));
  bars->setGhost(vitCounts(1, true), w("before: K = 1", "之前：K = 1"));
  bars->setAxisCaption(w("transformer block", "Transformer 块"));
  bars->setHighlightedBlock(QStringLiteral("2"));
  for (int i = 0; i < 4; ++i) {
    QKeyEvent key(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier);
    QCoreApplication::sendEvent(bars, &key);
  }
  auto* barCard = new Card(w("Selected weights per block", "各块选中的权重"));
  auto* measure = new SegmentedControl;
  measure->addOption(QStringLiteral("count"), w("Count", "数量"));
  measure->addOption(QStringLiteral("share"), w("Share", "占比"));
  auto* axis = new SegmentedControl;
  axis->addOption(QStringLiteral("linear"), w("Linear", "线性"));
  axis->addOption(QStringLiteral("log"), w("Log", "对数"));
  barCard->addHeaderWidget(measure);
  barCard->addHeaderWidget(axis);
  barCard->addBody(bars, 1);
  auto* shareBars = new BlockBars;
  shareBars->setMeasure(BlockBars::Measure::Share);
  shareBars->setLogScale(true);
  shareBars->setCounts(vitCounts(3, true));
  auto* shareCard = new Card(w("Share of each block, logarithmic", "各块占比（对数）"));
  shareCard->addBody(shareBars, 1);
  auto* busy = new Card(w("When is it stable?", "何时稳定？"));
  auto* curve = new CurvePlot;
  curve->addSeries(w("Jaccard with the full pass", "与完整一遍的 Jaccard"), 0);
  for (int i = 1; i < 56; ++i) curve->appendPoint(0, i, 1 - 0.42 * std::exp(-i / 9.0));
  curve->setMarker(32, w("stopped", "停止"));
  curve->setXLabel(w("batches", "批"));
  busy->addBody(curve, 1);
  grid->addWidget(scheme, 0, 0);
  grid->addWidget(kCard, 1, 0);
  grid->addWidget(blocks, 2, 0);
  grid->addWidget(barCard, 0, 1, 2, 2);
  grid->addWidget(shareCard, 2, 1);
  grid->addWidget(busy, 2, 2);
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 5);
  grid->setColumnStretch(2, 4);
  grid->setRowStretch(2, 1);
  return framed(options, QStringLiteral("selection"), w("Selection", "选择"), body);
}

}  // namespace gps::test
