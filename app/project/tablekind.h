#pragma once
// What a CSV file lists: pictures with their masks or classes, or results that this program wrote. Any thread.
#include <QString>

namespace gps::app {

enum class TableKind {
  Pictures,
  NewPictureAreas,
  VideoAreas,
  CaseFigures,
  Figures,
  Readings,
  BlindReading,
  PictureClasses,
  SelectedWeights,
  SelectionComparison,
  Other,
  Unreadable
};

// Reads the first lines.
TableKind tableKindOf(const QString& path);

}  // namespace gps::app
