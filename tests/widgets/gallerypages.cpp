#include "tests/widgets/gallerypages.h"

#include <QGridLayout>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/button.h"
#include "widgets/navigationrail.h"
#include "widgets/pageheader.h"
#include "widgets/statusstrip.h"
#include "widgets/theme.h"

namespace gps::test {

using namespace gps::ui;

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
  rail->addPage(QStringLiteral("runs"), QStringLiteral("runs"), w("Runs", "运行"));
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
  if (QLayout* layout = body->layout()) {
    layout->setContentsMargins(Theme::instance().px(2.5), Theme::instance().px(2.5), Theme::instance().px(2.5), Theme::instance().px(2));
    layout->setSpacing(Theme::instance().px(2));
  }
  return window;
}

std::vector<std::pair<QString, PageMaker>> galleryPages() {
  return {{QStringLiteral("selection"), selectionPage}, {QStringLiteral("comparison"), comparisonPage},
          {QStringLiteral("cases"), casesPage},         {QStringLiteral("numbers"), numbersPage},
          {QStringLiteral("train"), trainPage},         {QStringLiteral("controls"), controlsPage},
          {QStringLiteral("classes"), classesPage},     {QStringLiteral("matrices"), matricesPage},
          {QStringLiteral("shell"), shellPage},         {QStringLiteral("keys"), keysPage},
          {QStringLiteral("table"), tablePage},         {QStringLiteral("runs"), runsPage}};
}

}  // namespace gps::test
