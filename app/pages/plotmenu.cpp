#include "app/pages/plotmenu.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTableWidget>
#include <QVBoxLayout>

#include "app/pages/page.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/itemplot.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

class PlotMenuTexts {
  Q_DECLARE_TR_FUNCTIONS(PlotMenuTexts)
 public:
  static QString button() { return tr("Table, or save picture and numbers"); }
  static QString showTable() { return tr("Show as table"); }
  static QString copy() { return tr("Copy table"); }
  static QString savePicture() { return tr("Save picture…"); }
  static QString saveTable() { return tr("Save table…"); }
};

void showTable(QWidget* parent, const ui::PlotTable& table, const QString& title) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  auto* view = new QTableWidget(int(table.rows.size()), int(table.header.size()));
  view->setHorizontalHeaderLabels(table.header);
  view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view->setAccessibleName(title);
  view->verticalHeader()->hide();
  for (int r = 0; r < table.rows.size(); ++r)
    for (int c = 0; c < table.rows[r].size(); ++c) {
      auto* item = new QTableWidgetItem(table.rows[r][c]);
      bool isNumber = false;
      table.rows[r][c].toDouble(&isNumber);
      item->setTextAlignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
      view->setItem(r, c, item);
    }
  view->resizeColumnsToContents();
  auto* layout = new QVBoxLayout(dialog);
  layout->addWidget(view);
  const auto& theme = ui::Theme::instance();
  dialog->resize(theme.px(100), theme.px(60));
  dialog->show();
}

void save(ui::ItemPlot* plot, const QString& caption, const QString& title, const QString& ending, const QString& filter) {
  QString name = title.toLower();
  name.replace(u' ', u'-').remove(u'?');
  chooseSaveFile(plot, caption, name + ending, filter, [plot, title](const QString& path) { plot->exportTo(path, title); });
}

}  // namespace

ui::IconButton* addPlotMenu(ui::Card* card, ui::ItemPlot* plot, std::function<QString()> title) {
  auto* button = new ui::IconButton(u"more"_s, PlotMenuTexts::button());
  card->addHeaderWidget(button);
  QObject::connect(button, &QToolButton::clicked, plot, [button, plot, title = std::move(title)] {
    auto* menu = new QMenu(button);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(PlotMenuTexts::showTable(), plot, [plot, title] { showTable(plot->window(), plot->table(), title()); });
    menu->addAction(PlotMenuTexts::copy(), plot, [plot] { QGuiApplication::clipboard()->setText(plot->table().csv()); });
    menu->addSeparator();
    menu->addAction(PlotMenuTexts::savePicture(), plot, [plot, title] {
      save(plot, PlotMenuTexts::savePicture(), title(), u".png"_s, u"PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"_s);
    });
    menu->addAction(PlotMenuTexts::saveTable(), plot,
                    [plot, title] { save(plot, PlotMenuTexts::saveTable(), title(), u".csv"_s, u"CSV (*.csv)"_s); });
    for (QAction* action : menu->actions()) action->setEnabled(plot->itemCount() > 0);
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
  });
  return button;
}

void retranslatePlotMenu(ui::IconButton* button) {
  button->setToolTip(PlotMenuTexts::button());
  button->setAccessibleName(PlotMenuTexts::button());
}

}  // namespace gps::app
