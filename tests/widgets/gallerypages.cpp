#include "tests/widgets/gallerypages.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>

#include "tests/widgets/samples.h"
#include "widgets/badge.h"
#include "widgets/blockbars.h"
#include "widgets/blocktree.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/curveplot.h"
#include "widgets/distributionbars.h"
#include "widgets/emptystate.h"
#include "widgets/errorbanner.h"
#include "widgets/icon.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/kslider.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/navigationrail.h"
#include "widgets/pageheader.h"
#include "widgets/propertyform.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/slider.h"
#include "widgets/statusstrip.h"
#include "widgets/thumbnailgrid.h"

namespace gps::test {

using namespace gps::ui;

namespace {

struct Words {
  bool chinese;
  QString operator()(const char* english, const char* chineseText) const { return QString::fromUtf8(chinese ? chineseText : english); }
};

QImage picture(const GalleryOptions& options) {
  const QImage file(options.picture);
  if (!file.isNull()) return file.convertToFormat(QImage::Format_RGB888);
  const auto image = tissue(640, 540);
  return QImage(image->pixels.data(), image->width, image->height, image->width * 3, QImage::Format_RGB888).copy();
}

std::shared_ptr<const RgbImage> toRgb(const QImage& from) {
  auto image = std::make_shared<RgbImage>();
  image->width = from.width(), image->height = from.height();
  for (int y = 0; y < from.height(); ++y)
    image->pixels.insert(image->pixels.end(), from.constScanLine(y), from.constScanLine(y) + from.width() * 3);
  return image;
}

}  // namespace

QWidget* framed(const GalleryOptions& options, const QString& current, const QString& title, QWidget* body) {
  const Words w{options.chinese};
  auto* window = new QWidget;
  window->setAutoFillBackground(true);
  auto* rail = new NavigationRail;
  rail->addPage(QStringLiteral("home"), QStringLiteral("home"), w("Home", "主页"));
  rail->addPage(QStringLiteral("data"), QStringLiteral("data"), w("Data", "数据"));
  rail->addPage(QStringLiteral("model"), QStringLiteral("model"), w("Model", "模型"));
  rail->addPage(QStringLiteral("selection"), QStringLiteral("selection"), w("Selection", "选择"));
  rail->addPage(QStringLiteral("train"), QStringLiteral("train"), w("Train", "训练"));
  rail->addPage(QStringLiteral("cases"), QStringLiteral("cases"), w("Cases", "病例"));
  rail->addFoot(QStringLiteral("theme"), Theme::instance().isDark() ? QStringLiteral("sun") : QStringLiteral("moon"), w("Theme", "主题"));
  rail->addFoot(QStringLiteral("language"), QStringLiteral("language"), w("Language", "语言"));
  rail->setCurrent(current);
  rail->setMarked(QStringLiteral("train"), true);
  auto* header = new PageHeader;
  header->setProject(QStringLiteral("kvasir-demo"));
  header->setTitle(title);
  header->addAction(w("Compare with…", "比较…"));
  header->addAction(w("Save selection", "保存选择"));
  header->addAction(w("Train with this", "用此训练"), ButtonRole::Primary);
  auto* strip = new StatusStrip;
  strip->setJob(JobState::Running, w("Gradient pass", "梯度计算"));
  strip->setProgress({w("Gradient pass", "梯度计算"), 31, 55, w("batches", "批"), 1.3, 24, 18});
  strip->setDevice(QStringLiteral("GPU 2.2 / 80 GiB"));
  strip->setLanguage(options.chinese ? QStringLiteral("中文") : QStringLiteral("EN"));
  auto* grid = new QGridLayout(window);
  grid->setContentsMargins({});
  grid->setSpacing(0);
  grid->addWidget(rail, 0, 0, 2, 1);
  grid->addWidget(header, 0, 1);
  grid->addWidget(body, 1, 1);
  grid->addWidget(strip, 2, 0, 1, 2);
  grid->setRowStretch(1, 1);
  grid->setColumnStretch(1, 1);
  body->layout()->setContentsMargins(Theme::instance().px(2.5), Theme::instance().px(2.5), Theme::instance().px(2.5),
                                     Theme::instance().px(2));
  body->layout()->setSpacing(Theme::instance().px(2));
  return window;
}

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
  k->setNotes({w("Delta 1.4 MB per epoch", "每轮增量 1.4 MB"), w("Optimiser 3.0 MB instead of 687 MB", "优化器 3.0 MB，而非 687 MB")});
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

QWidget* casesPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  const QImage shown = picture(options);
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* table = new CaseTable;
  QObject::connect(table, &CaseTable::thumbnailsRequested, table, [table, shown](const QStringList& ids, int edge) {
    for (const QString& id : ids)
      table->setThumbnail(id, id.endsWith(QLatin1Char('7'))
                                  ? QImage()
                                  : shown.scaled(edge, edge, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation));
  });
  table->setRows(caseRows(120));
  table->step(1);
  table->step(2);
  auto* list = new Card(w("Worst first", "最差优先"));
  list->setNote(w("120 images", "120 张图像"));
  list->addBody(table, 1);
  auto* viewer = new ImageViewer;
  const auto image = toRgb(shown);
  viewer->setImage(image);
  const QImage maskFile = QImage(options.mask).convertToFormat(QImage::Format_Grayscale8);
  const auto truth = ellipse(image->width, image->height, 0.55, 0.52, 0.21, 0.2);
  if (maskFile.isNull())
    viewer->setTruth(maskOf(*truth));
  else {
    auto mask = std::make_shared<MaskImage>();
    mask->width = maskFile.width(), mask->height = maskFile.height();
    for (int y = 0; y < maskFile.height(); ++y)
      for (int x = 0; x < maskFile.width(); ++x) mask->pixels.push_back(maskFile.constScanLine(y)[x] > 127 ? 255 : 0);
    viewer->setTruth(mask);
  }
  viewer->setPrediction(ellipse(image->width, image->height, 0.57, 0.53, 0.22, 0.21, 0.35), QStringLiteral("GPS K=10 · epoch 8"));
  viewer->setBefore(ellipse(image->width, image->height, 0.42, 0.47, 0.12, 0.1), w("base model", "基础模型"));
  viewer->setMode(ImageViewer::Mode::Wipe);
  auto* viewCard = new Card(QStringLiteral("cju43lcnum9y10755bjs7z87f"));
  viewCard->setNote(w("3 of 120", "3 / 120"));
  auto* mode = new SegmentedControl;
  for (const auto& [id, text] : {std::pair{"overlay", w("Overlay", "叠加")},
                                 {"wipe", w("Wipe", "滑动")},
                                 {"blink", w("Blink", "闪烁")},
                                 {"errors", w("Errors", "误差")}})
    mode->addOption(QString::fromLatin1(id), text);
  mode->setCurrent(QStringLiteral("wipe"));
  viewCard->addHeaderWidget(mode);
  viewCard->addBody(viewer, 1);
  auto* metrics = new KeyValueList;
  metrics->setRows({{QStringLiteral("Dice"), QStringLiteral("0.93"), QStringLiteral("+0.45"), Tone::Good, {}},
                    {QStringLiteral("IoU"), QStringLiteral("0.87"), QStringLiteral("+0.55"), Tone::Good, {}},
                    {w("Precision", "精确率"), QStringLiteral("0.94"), QStringLiteral("+0.02"), Tone::Good, {}},
                    {w("Recall", "召回率"), QStringLiteral("0.92"), QStringLiteral("−0.08"), Tone::Bad, {}}});
  auto* metricCard = new Card(w("This image", "当前图像"));
  metricCard->addBody(metrics);
  auto* look = new Card(w("Look", "显示"));
  auto* threshold = new LabelledSlider(w("Threshold", "阈值"));
  threshold->setValue(0.5);
  auto* opacity = new LabelledSlider(w("Overlay opacity", "叠加不透明度"));
  opacity->setRange(0, 100, 1);
  opacity->setDecimals(0);
  opacity->setUnit(QStringLiteral(" %"));
  opacity->setValue(30);
  auto* fill = new SegmentedControl;
  for (const auto& [id, text] : {std::pair{"fill", w("Fill", "填充")}, {"contour", w("Contour", "轮廓")}, {"both", w("Both", "两者")}})
    fill->addOption(QString::fromLatin1(id), text);
  fill->setCurrent(QStringLiteral("both"));
  look->addBody(threshold);
  look->addBody(opacity);
  look->addBody(fill);
  look->addBody(new Label(w("Hold Space to hide · A / D next case", "按住空格隐藏 · A / D 切换病例"), TextRole::Caption, Token::Text2));
  auto* all = new Card(w("All 120 images", "全部 120 张图像"));
  all->addBody(new Label(QStringLiteral("mDice 0.877"), TextRole::Page));
  auto* bars = new DistributionBars;
  QList<double> dices;
  for (const CaseRow& row : caseRows(120)) dices << row.dice;
  bars->setValues(dices);
  bars->setMarked(0.47);
  bars->setCaption(QStringLiteral("Dice"));
  all->addBody(bars, 1);
  auto* errors = new ImageViewer;
  errors->setImage(image);
  errors->setTruth(maskOf(*truth));
  errors->setPrediction(ellipse(image->width, image->height, 0.6, 0.53, 0.22, 0.21));
  errors->setMode(ImageViewer::Mode::Errors);
  auto* errorCard = new Card(w("Errors", "误差"));
  errorCard->addBody(errors, 1);
  grid->addWidget(list, 0, 0, 4, 1);
  grid->addWidget(viewCard, 0, 1, 4, 1);
  grid->addWidget(metricCard, 0, 2);
  grid->addWidget(look, 1, 2);
  grid->addWidget(all, 2, 2);
  grid->addWidget(errorCard, 3, 2);
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 7);
  grid->setColumnStretch(2, 3);
  grid->setRowStretch(3, 1);
  return framed(options, QStringLiteral("cases"), w("Cases", "病例"), body);
}

QWidget* trainPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* form = new PropertyForm;
  form->addHeading(w("Method", "方法"));
  form->addChoice(QStringLiteral("method"), w("Method", "方法"),
                  {{QStringLiteral("gps"), w("GPS, sparse", "GPS（稀疏）")}, {QStringLiteral("full"), w("Full", "全量")}},
                  QStringLiteral("gps"));
  form->addInteger(QStringLiteral("epochs"), w("Epochs", "轮数"), 1, 1000, 20, {}, w("Passes over the training split", "遍历训练集的次数"));
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
  dice->setXLabel(w("epoch", "轮"));
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

QWidget* controlsPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* buttons = new Card(w("Buttons and fields", "按钮与输入框"));
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins({});
  line->addWidget(new Button(w("Start", "开始"), ButtonRole::Primary, QStringLiteral("play")));
  line->addWidget(new Button(w("Pause", "暂停"), ButtonRole::Secondary, QStringLiteral("pause")));
  line->addWidget(new Button(w("Discard", "放弃"), ButtonRole::Danger));
  line->addWidget(new Button(w("Ghost", "次要"), ButtonRole::Ghost));
  auto* off = new Button(w("Disabled", "不可用"));
  off->setDisabledReason(QStringLiteral("no data"));
  line->addWidget(off);
  auto* offPrimary = new Button(w("Disabled", "不可用"), ButtonRole::Primary, QStringLiteral("play"));
  offPrimary->setDisabledReason(QStringLiteral("no data"));
  line->addWidget(offPrimary);
  line->addWidget(new IconButton(QStringLiteral("settings"), QStringLiteral("Settings")));
  line->addStretch();
  buttons->addBody(row);
  auto* fields = new QWidget;
  auto* fieldLine = new QHBoxLayout(fields);
  fieldLine->setContentsMargins({});
  auto* edit = new QLineEdit(QStringLiteral("cju43lcnum"));
  auto* placeholder = new QLineEdit;
  placeholder->setPlaceholderText(w("Filter by name or Dice < 0.8", "按名称筛选"));
  auto* spin = new QSpinBox;
  spin->setValue(42);
  auto* combo = new QComboBox;
  combo->addItems({w("Gradient", "梯度"), w("Magnitude", "幅值")});
  fieldLine->addWidget(edit);
  fieldLine->addWidget(placeholder);
  fieldLine->addWidget(spin);
  fieldLine->addWidget(combo);
  buttons->addBody(fields);
  auto* checks = new QWidget;
  auto* checkLine = new QHBoxLayout(checks);
  checkLine->setContentsMargins({});
  for (const Qt::CheckState state : {Qt::Checked, Qt::PartiallyChecked, Qt::Unchecked}) {
    auto* box = new QCheckBox(w("patch embedding", "补丁嵌入"));
    box->setTristate(state == Qt::PartiallyChecked);
    box->setCheckState(state);
    checkLine->addWidget(box);
  }
  auto* radioA = new QRadioButton(w("Neuron", "神经元"));
  radioA->setChecked(true);
  checkLine->addWidget(radioA);
  checkLine->addWidget(new QRadioButton(w("Layer", "层")));
  buttons->addBody(checks);
  auto* badges = new QWidget;
  auto* badgeLine = new QHBoxLayout(badges);
  badgeLine->setContentsMargins({});
  badgeLine->addWidget(new Badge(w("no leaks", "无泄漏"), Tone::Good));
  badgeLine->addWidget(new Badge(w("3 problems", "3 个问题"), Tone::Warn));
  badgeLine->addWidget(new Badge(w("failed", "失败"), Tone::Bad));
  badgeLine->addWidget(new Badge(w("epoch 8", "第 8 轮"), Tone::Accent));
  badgeLine->addWidget(new Badge(w("val", "验证")));
  badgeLine->addStretch();
  buttons->addBody(badges);
  auto* progress = new QProgressBar;
  progress->setValue(42);
  progress->setTextVisible(false);
  buttons->addBody(progress);
  auto* slider = new Slider;
  slider->setRange(0, 8);
  slider->setValue(5);
  slider->setMarks({{0, QStringLiteral("0")}, {4, QStringLiteral("4")}, {8, QStringLiteral("8")}});
  buttons->addBody(slider);
  buttons->bodyLayout()->addStretch();
  auto* icons = new Card(w("Icons", "图标"));
  auto* iconBox = new QWidget;
  auto* iconGrid = new QGridLayout(iconBox);
  const QStringList names = QStringLiteral(
                                "home data model selection train cases play pause stop open-folder warning check info error image "
                                "chevron-left chevron-right chevron-down close settings "
                                "moon sun language export search refresh plus fit download copy more wipe overlay blink error-map")
                                .split(QLatin1Char(' '));
  for (int i = 0; i < names.size(); ++i) {
    auto* icon = new Label;
    icon->setPixmap(iconPixmap(names[i], Theme::instance().color(Token::Text), 24, icon->devicePixelRatioF()));
    icon->setAlignment(Qt::AlignCenter);
    iconGrid->addWidget(icon, i / 10, i % 10);
  }
  auto* program = new Label;
  program->setPixmap(programPixmap(96, program->devicePixelRatioF()));
  iconGrid->addWidget(program, 4, 0, 1, 3);
  auto* smallProgram = new Label;
  smallProgram->setPixmap(programPixmap(32, program->devicePixelRatioF()));
  iconGrid->addWidget(smallProgram, 4, 3);
  icons->addBody(iconBox, 1);
  auto* empty = new Card(w("Data", "数据"));
  auto* state = new EmptyState;
  state->setIconName(QStringLiteral("open-folder"));
  state->setSentence(w("Open a folder of images and masks to see what is in it.", "打开包含图像与掩膜的文件夹以查看内容。"));
  state->setPrimary(w("Open folder…", "打开文件夹…"), QStringLiteral("open-folder"));
  state->setLink(w("Open the demo project", "打开示例项目"));
  empty->addBody(state, 1);
  auto* thumbs = new ThumbnailGrid;
  const QImage shown = picture(options);
  QObject::connect(thumbs, &ThumbnailGrid::thumbnailsRequested, thumbs, [thumbs, shown](const QStringList& ids, int edge) {
    for (const QString& id : ids)
      thumbs->setThumbnail(
          id, id == QStringLiteral("img3") ? QImage() : shown.scaled(edge, edge, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation));
  });
  QList<ThumbnailItem> items;
  for (int i = 0; i < 500; ++i)
    items << ThumbnailItem{QStringLiteral("img%1").arg(i), QStringLiteral("cju43lcnum9y10755bjs7z87f_%1").arg(i),
                           i == 2 ? w("no mask", "无掩膜") : QString(), i == 2 ? Tone::Warn : Tone::Neutral};
  thumbs->setItems(items);
  thumbs->setCurrentId(QStringLiteral("img5"));
  auto* thumbCard = new Card(w("500 images", "500 张图像"));
  thumbCard->setSubtitle(w("Click a picture to see its mask.", "单击图像查看其掩膜。"));
  thumbCard->addBody(thumbs, 1);
  auto* stale = new Card(w("Stale result", "过期结果"));
  auto* table = new CaseTable;
  table->setRows(caseRows(30));
  table->setDetailed(true);
  table->step(1);
  stale->addBody(table, 1);
  auto* viewer = new ImageViewer;
  viewer->setPlaceholder(w("Choose a case at the left.", "请在左侧选择病例。"));
  auto* viewerCard = new Card(w("Case", "病例"));
  viewerCard->addBody(viewer, 1);
  grid->addWidget(buttons, 0, 0);
  grid->addWidget(icons, 0, 1);
  grid->addWidget(empty, 0, 2);
  grid->addWidget(thumbCard, 1, 0);
  grid->addWidget(stale, 1, 1);
  grid->addWidget(viewerCard, 1, 2);
  grid->setColumnStretch(0, 5);
  grid->setColumnStretch(1, 4);
  grid->setColumnStretch(2, 3);
  // The first field shows the focus ring.
  QTimer::singleShot(0, placeholder, [placeholder] { placeholder->setFocus(Qt::TabFocusReason); });
  return framed(options, QStringLiteral("home"), w("Controls", "控件"), body);
}

std::vector<std::pair<QString, PageMaker>> galleryPages() {
  return {{QStringLiteral("selection"), selectionPage},
          {QStringLiteral("cases"), casesPage},
          {QStringLiteral("train"), trainPage},
          {QStringLiteral("controls"), controlsPage}};
}

}  // namespace gps::test
