#pragma once
// The keys of the widgets on a page, for the sheet of keys; those of the window are in the list of actions.
#include <QWidget>

#include "widgets/shortcutsheet.h"

namespace gps::app {

// By what is on the page at the moment: plots, viewer, sliders, lists. In the language of the moment.
QList<ui::KeyGroup> keysOfPage(const QWidget& page);

}  // namespace gps::app
