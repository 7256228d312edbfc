// What lies over the pages: the bar of notices, the palette, the sheet of keys.
#include <QTimer>
#include <QVBoxLayout>

#include "tests/widgets/galleryparts.h"
#include "widgets/commandpalette.h"
#include "widgets/noticebar.h"
#include "widgets/shortcutsheet.h"
#include "widgets/tablepanel.h"

namespace gps::test {

using namespace gps::ui;

QWidget* shellPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* layout = new QVBoxLayout(body);
  for (const Tone tone : {Tone::Warn, Tone::Bad, Tone::Neutral}) {
    auto* bar = new NoticeBar;
    bar->setNotice(tone, w("Unsaved changes of kvasir-demo were found.", "发现 kvasir-demo 未保存的更改。"),
                   w("The program ended before they were saved, on 2026-11-26 14:32.", "程序在保存之前于 2026-11-26 14:32 结束。"),
                   w("Restore", "恢复"), w("Discard", "丢弃"));
    layout->addWidget(bar);
  }
  layout->addStretch(1);
  QWidget* page = framed(options, QStringLiteral("home"), w("Home", "首页"), body);
  auto* palette = new CommandPalette(page);
  palette->show({{QStringLiteral("a"), w("Start training", "开始训练"), w("Run", "运行"), QStringLiteral("Ctrl+R"), {}},
                 {QStringLiteral("b"), w("Pause or continue the run", "暂停或继续运行"), w("Run", "运行"), QStringLiteral("Ctrl+P"),
                  w("No run is training.", "没有正在训练的运行。")},
                 {QStringLiteral("c"), w("Undo exclude block 7", "撤销：排除块 7"), w("Edit", "编辑"), QStringLiteral("Ctrl+Z"), {}}});
  return page;
}

QWidget* keysPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  QWidget* page = framed(options, QStringLiteral("train"), w("Train", "训练"), new QWidget);
  auto* sheet = new ShortcutSheet(page);
  sheet->show(
      w("Keys on this screen: Train", "本页面的按键：训练"),
      {{w("Curves", "曲线"),
        {{QStringLiteral("←, →"), w("read the values point by point", "逐点读数")},
         {QStringLiteral("+, −"), w("zoom in, zoom out", "放大、缩小")},
         {QStringLiteral("T"), w("the numbers as a table", "以表格显示数值")}}},
       {w("Run", "运行"), {{QStringLiteral("Ctrl+R"), w("Start training", "开始训练")}, {QStringLiteral("Ctrl+P"), w("Pause", "暂停")}}},
       {w("Project", "项目"), {{QStringLiteral("Ctrl+S"), w("Save the project", "保存项目")}}}});
  return page;
}

QWidget* tablePage(const GalleryOptions& options) {
  const Words w{options.chinese};
  QWidget* page = framed(options, QStringLiteral("train"), w("Train", "训练"), new QWidget);
  auto* panel = new TablePanel(page);
  panel->show(w("Is it learning?", "它在学习吗？"),
              {{QStringLiteral("series"), QStringLiteral("x"), QStringLiteral("y")}, 400, [](qsizetype row, int column) {
                 return column == 0 ? QStringLiteral("training loss")
                                    : QString::number(column == 1 ? double(row) : 1.0 / double(row + 1), 'g', 6);
               }});
  return page;
}

}  // namespace gps::test
