#pragma once
// The commands of the page of cases as actions: in the palette, in the sheet of keys and in the editor of keys.
#include <QString>
#include <functional>

#include "widgets/viewerkeys.h"

namespace gps::app {

class Actions;

void addCaseActions(Actions& actions, const std::function<void(ui::ViewerCommand)>& perform, const std::function<QString()>& whyNot);
// As they are at the moment.
ui::ViewerKeys caseKeys(const Actions& actions);
// "Space hides · A / D other case …": the keys used most.
QString caseKeysText(const Actions& actions);

}  // namespace gps::app
