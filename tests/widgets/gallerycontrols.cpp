// The small controls, states and lists.
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/icon.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/slider.h"
#include "widgets/thumbnailgrid.h"

namespace gps::test {

using namespace gps::ui;

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
  badgeLine->addWidget(new Badge(w("epoch 8", "第 8 轮次"), Tone::Accent));
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

}  // namespace gps::test
