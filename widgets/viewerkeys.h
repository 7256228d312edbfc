#pragma once
// What the keys of a viewer do, and which they are by default.
#include <QKeySequence>
#include <QList>

class QKeyEvent;

namespace gps::ui {

enum class ViewerCommand {
  Next,
  Previous,
  First,
  Last,
  GoTo,
  Gallery,  // all, or one picture
  Hide,     // while held
  Other,    // while held: the prediction it is compared with
  ContourOnly,
  NextMode,
  Errors,
  LessOpacity,
  MoreOpacity,
  LessOpacityFinely,
  MoreOpacityFinely,
  LowerThreshold,
  HigherThreshold,
  LowerThresholdFinely,
  HigherThresholdFinely,
  ZoomIn,
  ZoomOut,
  Fit,
  ActualSize,
  DividerLeft,
  DividerRight,
  Brighter,
  Darker,
  MoreContrast,
  LessContrast,
  ResetLevels,
  None
};

struct ViewerKey {
  ViewerCommand command;
  QKeySequence keys;  // one stroke
};
using ViewerKeys = QList<ViewerKey>;

ViewerKeys defaultViewerKeys();
// Shift that only makes another character of a key is left out: "{" is "{", whatever it takes to type it.
ViewerCommand commandOf(const ViewerKeys& keys, const QKeyEvent& event);

}  // namespace gps::ui
