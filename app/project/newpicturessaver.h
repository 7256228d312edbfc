#pragma once
// Writes what was outlined in new pictures. Any thread but the window's.
#include <QList>
#include <QString>
#include <atomic>
#include <functional>

#include "app/engine/newpicturesmessages.h"
#include "core/values/overlaystyle.h"

namespace gps::app {

struct SavedPicture {
  int index = 0;
  QString name, path;
  QString problem;  // set: it could not be read, which the table says
};

struct SavedResults {
  QString folder;   // where it lies; empty: nothing was written
  QString problem;  // in the user's words; empty: none
  QString details;  // of a problem of the disk: technical English
};

// Makes a folder in `into`, named after the source and numbered where that name is taken. Empty: it cannot be made.
QString freshResultsFolder(const QString& into, const QString& source);

// A new folder in `into`, named after the source and numbered where that name is taken, so that nothing is overwritten: for every picture
// NAME.png (mask, 0 or 255, at the style's threshold) and NAME_overlay.png (as drawn on screen), and areas.csv.
SavedResults saveNewPictures(const QString& into, const QString& source, const QList<SavedPicture>& pictures, const NewPictureMaps& maps,
                             const OverlayStyle& style, const std::atomic<bool>& stop, const std::function<void(int, int)>& progress);

}  // namespace gps::app
