// The page of cases with masks.
#include <QGridLayout>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/card.h"
#include "widgets/compareview.h"
#include "widgets/distributionbars.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/overlaylegend.h"
#include "widgets/promptlayer.h"
#include "widgets/segmentedcontrol.h"

namespace gps::test {

using namespace gps::ui;

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
  auto* layer = new PromptLayer(*errors);
  layer->setPictureSize({image->width, image->height});
  const double w8 = image->width / 8.0, h8 = image->height / 8.0;
  layer->setPrompts({{{2 * w8, 2 * h8, 6.5 * w8, 6.5 * h8}}, {{4.5 * w8, 4.5 * h8, true}, {1.5 * w8, 6 * h8, false}}});
  layer->setActive(true);
  grid->addWidget(list, 0, 0, 4, 1);
  grid->addWidget(viewCard, 0, 1, 4, 1);
  grid->addWidget(metricCard, 0, 2);
  grid->addWidget(look, 1, 2);
  grid->addWidget(all, 2, 2);
  grid->addWidget(errorCard, 3, 2);
  // The same case side by side, and as a map of changes.
  const auto picture = PicturePyramid::of(image);
  const auto source = [&](const QString& label, double x, double y, double wide, double high) {
    return CompareView::Source{label, MapPyramid::of(ellipse(image->width, image->height, x, y, wide, high))};
  };
  for (const auto& [name, way] :
       {std::pair{w("Panes", "并排"), CompareView::Mode::Panes}, {w("Change", "变化"), CompareView::Mode::Change}}) {
    auto* view = new CompareView;
    view->setPicture(picture, MaskPyramid::of(maskOf(*truth)));
    view->setSources(
        {source(QStringLiteral("GPS K=10 · epoch 8"), 0.57, 0.53, 0.22, 0.21), source(w("base model", "基础模型"), 0.42, 0.47, 0.12, 0.1)});
    view->setMode(way);
    auto* card = new Card(name);
    card->addBody(view, 1);
    auto* legend = new OverlayLegend;
    if (way == CompareView::Mode::Change)
      legend->setKeys({{OverlayKey::Kind::Scale, {}, w("probability − 1 … + 1", "概率 − 1 … + 1"), {}}});
    else
      legend->setKeys({{OverlayKey::Kind::Line, Theme::overlayColor(OverlayPart::Prediction), w("prediction", "预测"), {}},
                       {OverlayKey::Kind::Dashes, Theme::overlayColor(OverlayPart::Truth), w("ground truth", "金标准"), {}}});
    card->addBody(legend);
    grid->addWidget(card, 4, way == CompareView::Mode::Panes ? 1 : 2);
  }
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 7);
  grid->setColumnStretch(2, 3);
  grid->setRowStretch(3, 1);
  return framed(options, QStringLiteral("cases"), w("Cases", "病例"), body);
}

}  // namespace gps::test
