#pragma once
// How a person likes to look at cases and curves: in the user's profile, never in a project. GUI thread.
#include <QSettings>
#include <QString>

#include "core/values/overlaystyle.h"

namespace gps::app {

class AppSettings;

// What is written of a case.
struct ExportKinds {
  bool overlay = false;      // NAME_overlay.png, as it is shown
  bool mask = false;         // NAME.png, 0/255
  bool indexed = false;      // NAME_indexed.png, 0/1 with a palette
  bool probability = false;  // NAME_prob.png, 16 bit
  bool runs = false;         // masks.json, COCO run lengths of all pictures
  bool any() const { return overlay || mask || indexed || probability || runs; }
  bool operator==(const ExportKinds&) const = default;
};

class ViewSettings {
 public:
  explicit ViewSettings(AppSettings& settings);
  OverlayStyle style() const;  // with the threshold: one value for every picture and number
  void setStyle(const OverlayStyle& style);
  void setThreshold(double threshold);
  QString mode() const;  // "overlay" …
  void setMode(const QString& mode);
  bool isLinked() const;
  void setLinked(bool on);
  double brightness() const;  // −1 … 1
  double contrast() const;    // 0.25 … 4
  void setLevels(double brightness, double contrast);
  QString listing() const;  // "list", "gallery", "table"
  void setListing(const QString& listing);
  QString sortedBy() const;  // key of a score; empty: Dice
  bool isAscending() const;
  void setSorting(const QString& key, bool isAscending);
  ExportKinds exportKinds() const;  // what was written last; at first the overlay
  void setExportKinds(const ExportKinds& kinds);
  double smoothing(const QString& page, double otherwise) const;  // of the curves of "train", "runs"; 0 … 0.99
  void setSmoothing(const QString& page, double weight);

 private:
  AppSettings& m_app;
  QSettings m_settings;
};

}  // namespace gps::app
