#include <QVBoxLayout>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/audittable.h"
#include "widgets/badge.h"
#include "widgets/card.h"
#include "widgets/casetable.h"

namespace gps::test {

using namespace gps::ui;

QWidget* numbersPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* layout = new QVBoxLayout(body);
  layout->setSpacing(Theme::instance().px(2));
  auto* card = new Card(w("How good is it, and by which definition?", "效果如何，按哪种定义？"));
  card->addHeaderWidget(new Badge(w("Dice and IoU agree", "Dice 与 IoU 相符"), Tone::Good));
  auto* table = new AuditTable;
  const auto cell = [](const char* value, const char* interval = "") {
    return AuditCell{QString::fromUtf8(value), QString::fromUtf8(interval), {}};
  };
  const QString all = w("Everything marked", "全部标出"), none = w("Nothing marked", "全不标出");
  table->setContent(
      {w("Mean over images", "逐图平均"), w("Pooled", "合并像素"), w("Upstream script", "上游脚本")}, {{}, {}, {}},
      {{QStringLiteral("Dice"), true, {}, {cell("0.877", "0.851 – 0.899"), cell("0.901", "0.883 – 0.917"), cell("0.948", "0.931 – 0.960")}},
       {all, false, {}, {cell("0.241"), cell("0.262"), cell("1.000")}},
       {none, false, {}, {cell("0.000"), cell("0.000"), cell("0.000")}},
       {QStringLiteral("HD95, px"), true, {}, {cell("31.4", "24.9 – 40.2"), {}, {}}},
       {all, false, {}, {cell("262.8"), {}, {}}},
       {none, false, {}, {cell("–"), {}, {}}}});
  card->addBody(table, 1);
  auto* images = new Card(w("Every image", "每幅图像"));
  auto* list = new CaseTable;
  QList<CaseRow> rows = caseRows(120);
  for (int i = 0; i < rows.size(); ++i) {
    rows[i].boundaryF = rows[i].dice * 0.9;
    if (i % 17 != 3) rows[i].hd95 = 60 * (1 - rows[i].dice) + 2;
    rows[i].markedShare = rows[i].areaShare * 0.95;
    rows[i].rating = i % 6;
  }
  list->setRows(rows);
  list->setDetailed(true);
  list->setShownColumns({QStringLiteral("dice"), QStringLiteral("iou"), QStringLiteral("boundary"), QStringLiteral("hd95"),
                         QStringLiteral("area"), QStringLiteral("marked"), QStringLiteral("rating"), QStringLiteral("remark")});
  images->addBody(list, 1);
  layout->addWidget(card, 1);
  layout->addWidget(images, 1);
  return framed(options, QStringLiteral("cases"), w("Numbers", "数值"), body);
}

}  // namespace gps::test
