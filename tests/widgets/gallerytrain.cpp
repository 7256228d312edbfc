// Form, curves, states of a card.
#include <QCoreApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <cmath>

#include "tests/widgets/galleryparts.h"
#include "widgets/card.h"
#include "widgets/comparebars.h"
#include "widgets/configtext.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/keyvaluelist.h"
#include "widgets/propertyform.h"

namespace gps::test {

using namespace gps::ui;

QWidget* trainPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* form = new PropertyForm;
  form->addHeading(w("Method", "方法"));
  form->addChoice(QStringLiteral("method"), w("Method", "方法"),
                  {{QStringLiteral("gps"), w("GPS, sparse", "GPS（稀疏）")}, {QStringLiteral("full"), w("Full", "全量")}},
                  QStringLiteral("gps"));
  form->addInteger(QStringLiteral("epochs"), w("Epochs", "轮次数"), 1, 1000, 20, {},
                   w("Passes over the training split", "遍历训练集的次数"));
  form->addNumber(QStringLiteral("learning_rate"), w("Learning rate", "学习率"), 1e-7, 1, 2e-4);
  form->addInteger(QStringLiteral("batch"), w("Batch", "批大小"), 1, 256, 8, w("images", "张"));
  form->addSwitch(QStringLiteral("fast"), w("Fast, not repeatable", "快速（不可复现）"), false);
  form->addPath(QStringLiteral("out"), w("Run folder", "运行文件夹"), QStringLiteral("runs/k3-seed42"));
  form->setValue(QStringLiteral("epochs"), 8);
  form->setFieldEnabled(QStringLiteral("batch"), false, w("Set by the model", "由模型决定"));
  form->setFieldError(QStringLiteral("learning_rate"), w("Between 1e-7 and 1", "介于 1e-7 与 1 之间"));
  auto* formCard = new Card(w("What will run?", "将运行什么？"));
  formCard->addBody(form);
  formCard->bodyLayout()->addStretch();
  auto* loss = new CurvePlot;
  loss->addSeries(w("train loss", "训练损失"), 0);
  loss->addSeries(w("val loss", "验证损失"), 1);
  loss->addSeries(w("before, K=1", "之前，K=1"), 2, true);
  loss->setSmoothing(0.9);
  loss->setXLabel(w("step", "步"));
  loss->setYLabel(w("loss", "损失"));
  unsigned state = 7;
  for (int i = 0; i < 400; ++i) {
    state = state * 1664525u + 1013904223u;
    const double noise = double(state >> 8) / double(1 << 24) - 0.5;
    loss->appendPoint(0, i, 0.9 * std::exp(-i / 120.0) + 0.18 + noise * 0.18);
    if (i % 20 == 0) loss->appendPoint(1, i, 0.9 * std::exp(-i / 110.0) + 0.26);
    if (i % 4 == 0) loss->appendPoint(2, i, 0.9 * std::exp(-i / 160.0) + 0.24 + noise * 0.1);
  }
  auto* lossCard = new Card(w("Is the loss going down?", "损失在下降吗？"));
  lossCard->setNote(w("step 400 of 1,000", "第 400 / 1,000 步"));
  lossCard->addBody(loss, 1);
  auto* dice = new CurvePlot;
  dice->addSeries(w("mDice, validation", "mDice（验证）"), 0);
  dice->addSeries(w("mIoU, validation", "mIoU（验证）"), 1);
  for (int e = 0; e <= 8; ++e) {
    dice->appendPoint(0, e, 0.88 - 0.8 * std::exp(-e / 1.6));
    dice->appendPoint(1, e, 0.80 - 0.76 * std::exp(-e / 1.6));
  }
  dice->setYRange(0, 1);
  dice->setXRange(0, 20);
  dice->setXLabel(w("epoch", "轮次"));
  dice->setMarker(7, w("best", "最佳"));
  QKeyEvent key(QEvent::KeyPress, Qt::Key_Left, Qt::NoModifier);
  for (int i = 0; i < 4; ++i) QCoreApplication::sendEvent(dice, &key);
  auto* diceCard = new Card(w("How good is it?", "效果如何？"));
  diceCard->addBody(dice, 1);
  auto* busy = new Card(w("Preview of a case", "病例预览"));
  busy->addBody(new EmptyState, 1);
  busy->setBusy({w("Predicting 120 images", "正在预测 120 张图像"), 43, 120, w("images", "张"), 6.2, 7, 12});
  auto* failed = new Card(w("Which device?", "使用哪个设备？"));
  failed->showError(w("The run stopped: the GPU ran out of memory.", "运行已停止：GPU 内存不足。"),
                    w("Batch 8 at 1024 px needs about 31 GiB.", "1024 像素、批大小 8 约需 31 GiB。"),
                    w("Choose batch 2, or close other programs on this GPU.", "请选择批大小 2，或关闭占用该 GPU 的其他程序。"),
                    QStringLiteral("CUDA error 2 at trainer.cpp:211"));
  auto* report = new KeyValueList;
  report->setStrong(false);
  report->setRows({{w("Elapsed", "已用时间"), QStringLiteral("3 min 05 s"), {}, Tone::Neutral, {}},
                   {w("Peak memory", "内存峰值"), QStringLiteral("2.2 GiB"), {}, Tone::Neutral, {}}});
  failed->addBody(report);
  failed->bodyLayout()->addStretch();
  auto* text = new ConfigText;
  text->setText(QStringLiteral("[training]\nmethod = 'gps'\nepoch = 20\nbatch = 8\nlearning_rate = 2e-04\n"));
  text->setProblem(3, w("\"training.epoch\" is not a known setting", "未知设置 training.epoch"));
  auto* textCard = new Card(w("The same as text", "文本形式"));
  textCard->addBody(text, 1);
  auto* memory = new CompareBars;
  memory->setRows({{w("Memory, peak", "内存峰值"), QStringLiteral("412 MB"), 412, Tone::Accent, {}},
                   {w("with all weights, about", "训练全部权重，约"), QStringLiteral("770 MB"), 770, Tone::Neutral, {}}});
  memory->setLimit(640, w("free", "可用"));
  auto* costCard = new Card(w("What will it cost?", "代价如何？"));
  costCard->addBody(memory);
  costCard->bodyLayout()->addStretch();
  grid->addWidget(textCard, 2, 0);
  grid->addWidget(costCard, 2, 2);
  grid->addWidget(formCard, 0, 0, 2, 1);
  grid->addWidget(lossCard, 0, 1);
  grid->addWidget(diceCard, 1, 1);
  grid->addWidget(busy, 0, 2);
  grid->addWidget(failed, 1, 2);
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 6);
  grid->setColumnStretch(2, 4);
  return framed(options, QStringLiteral("train"), w("Train", "训练"), body);
}

}  // namespace gps::test
