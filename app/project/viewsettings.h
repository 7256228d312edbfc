#pragma once
// How a person likes to look at cases: in the user's profile, never in a project. GUI thread.
#include <QSettings>
#include <QString>

#include "core/values/overlaystyle.h"

namespace gps::app {

class AppSettings;

class ViewSettings {
 public:
  explicit ViewSettings(const AppSettings& settings);
  OverlayStyle style() const;  // with the threshold
  void setStyle(const OverlayStyle& style);
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

 private:
  QSettings m_settings;
};

}  // namespace gps::app
