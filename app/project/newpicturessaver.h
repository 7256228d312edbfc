#pragma once
// Writes what was outlined in new pictures. Any thread but the window's.
#include <QList>
#include <QString>
#include <atomic>
#include <functional>
#include <memory>

#include "app/engine/newpicturesmessages.h"
#include "core/values/image.h"
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

// How pictures are seen on screen, so that they are written alike.
struct SeenAs {
  OverlayStyle style;
  double brightness = 0, contrast = 1;  // as of ui::ImageViewer
};

RgbImage overlayAsSeen(std::shared_ptr<const RgbImage> image, const ProbabilityMap& map, const SeenAs& seen);

struct NewPicturesOrder {
  QString into, source;  // the folder that receives the results' folder; what that is named after
  QList<SavedPicture> pictures;
  SeenAs seen;
  QString model, outlinedBy;  // see Looking::madeWith
};

// Makes a folder in `into`, named after the source and numbered where that name is taken. Empty: it cannot be made.
QString freshResultsFolder(const QString& into, const QString& source);

// A new folder in `into`, named after the source and numbered where that name is taken, so that nothing is overwritten: for every picture
// NAME.png (mask, 0 or 255, at the style's threshold) and NAME_overlay.png (as seen on screen), and areas.csv. Where the names of two
// pictures would give one file, the ending of the picture or a number is added.
SavedResults saveNewPictures(const NewPicturesOrder& order, const NewPictureMaps& maps, const std::atomic<bool>& stop,
                             const std::function<void(int, int)>& progress);

}  // namespace gps::app
