#pragma once
// One menu for every plot and table: picture as PNG (×1 … ×4), SVG or PDF, the numbers as CSV, Markdown or LaTeX, copies of both,
// and the numbers as a table on screen (key T).
#include <functional>

class QAbstractItemView;
class QWidget;

namespace gps::ui {
class Card;
class PlotSource;
struct TextTable;
}  // namespace gps::ui

namespace gps::app {

// A button in the card's title row, the same menu on the plot's context menu, T on the plot. The card's title names the picture.
// `source` lives as long as `plot`.
void addPlotMenu(ui::Card* card, QWidget* plot, const ui::PlotSource& source, bool hasButton = true);
// The same for a table: what it shows, in the order shown. Without a button there is only the context menu, by the Menu key, too.
void addTableMenu(ui::Card* card, QAbstractItemView* view, bool hasButton = true);
ui::TextTable tableOf(const QAbstractItemView& view);

}  // namespace gps::app
