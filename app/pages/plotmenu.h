#pragma once
// The menu of a plot's card: its numbers as a table, its picture and its table as files.
#include <QString>
#include <functional>

namespace gps::ui {
class Card;
class IconButton;
class ItemPlot;
}  // namespace gps::ui

namespace gps::app {

// Puts the button at the right end of the card's title row. title: of picture and table, in the language of the moment.
ui::IconButton* addPlotMenu(ui::Card* card, ui::ItemPlot* plot, std::function<QString()> title);
void retranslatePlotMenu(ui::IconButton* button);

}  // namespace gps::app
