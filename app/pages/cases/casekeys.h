#pragma once
// The commands of the pages that show pictures as actions: in the palette, in the sheet of keys and in the editor of keys. One list for
// cases, new pictures, videos and blind readings, each of which takes those that mean something there.
#include <QString>
#include <functional>

#include "widgets/viewerkeys.h"

namespace gps::app {

class Actions;

struct PictureHost {
  QString page;
  std::function<void(ui::ViewerCommand)> perform;
  std::function<QString()> whyNot;  // empty answer: there are pictures
  std::function<void(const ui::ViewerKeys&)> setKeys;
};

// Commands act on the page on screen; asked for elsewhere, on the first of the hosts. Keys follow the editor. Once.
void addCaseActions(Actions& actions, const QList<PictureHost>& hosts);
// Of a page, as they are at the moment.
ui::ViewerKeys caseKeys(const Actions& actions, const QString& page);
// Of a page, before anybody has changed them.
ui::ViewerKeys usualCaseKeys(const QString& page);
// "Space hides · A / D other case …": the keys used most.
QString caseKeysText(const Actions& actions);

}  // namespace gps::app
