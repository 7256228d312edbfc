#include "widgets/viewerkeys.h"

#include <QKeyEvent>

namespace gps::ui {

ViewerKeys defaultViewerKeys() {
  using C = ViewerCommand;
  const auto key = [](C command, QKeyCombination keys) { return ViewerKey{command, QKeySequence(keys)}; };
  const auto plain = [&key](C command, Qt::Key k) { return key(command, QKeyCombination(k)); };
  return {plain(C::Next, Qt::Key_D), plain(C::Next, Qt::Key_Right), plain(C::Previous, Qt::Key_A), plain(C::Previous, Qt::Key_Left),
          plain(C::First, Qt::Key_Home), plain(C::Last, Qt::Key_End), key(C::GoTo, Qt::CTRL | Qt::Key_G), plain(C::Gallery, Qt::Key_G),
          plain(C::Hide, Qt::Key_Space), plain(C::Other, Qt::Key_B), plain(C::ContourOnly, Qt::Key_C), plain(C::NextMode, Qt::Key_W),
          plain(C::Errors, Qt::Key_E), plain(C::LessOpacity, Qt::Key_BracketLeft), plain(C::MoreOpacity, Qt::Key_BracketRight),
          plain(C::LessOpacityFinely, Qt::Key_BraceLeft), plain(C::MoreOpacityFinely, Qt::Key_BraceRight),
          plain(C::LowerThreshold, Qt::Key_Comma), plain(C::HigherThreshold, Qt::Key_Period), plain(C::LowerThresholdFinely, Qt::Key_Less),
          plain(C::HigherThresholdFinely, Qt::Key_Greater), plain(C::ZoomIn, Qt::Key_Plus), plain(C::ZoomIn, Qt::Key_Equal),
          plain(C::ZoomOut, Qt::Key_Minus), plain(C::Fit, Qt::Key_F), plain(C::ActualSize, Qt::Key_1),
          key(C::DividerLeft, Qt::CTRL | Qt::Key_Left), key(C::DividerRight, Qt::CTRL | Qt::Key_Right),
          // As the right drag: sideways contrast, up brightness.
          key(C::Brighter, Qt::SHIFT | Qt::Key_Up), key(C::Darker, Qt::SHIFT | Qt::Key_Down),
          key(C::MoreContrast, Qt::SHIFT | Qt::Key_Right), key(C::LessContrast, Qt::SHIFT | Qt::Key_Left),
          plain(C::ResetLevels, Qt::Key_L)};
}

ViewerCommand commandOf(const ViewerKeys& keys, const QKeyEvent& event) {
  const int key = event.key();
  const bool isLetter = (key >= Qt::Key_A && key <= Qt::Key_Z) || key > 0xFFFF || key == Qt::Key_Space;
  const auto pressed = [key](Qt::KeyboardModifiers modifiers) {
    return QKeySequence(QKeyCombination(modifiers & ~Qt::KeyboardModifiers(Qt::KeypadModifier), Qt::Key(key)));
  };
  const QKeySequence exact = pressed(event.modifiers()), bare = pressed(event.modifiers() & ~Qt::KeyboardModifiers(Qt::ShiftModifier));
  for (const ViewerKey& k : keys)
    if (k.keys == exact) return k.command;
  if (isLetter) return ViewerCommand::None;
  for (const ViewerKey& k : keys)
    if (k.keys == bare) return k.command;
  return ViewerCommand::None;
}

}  // namespace gps::ui
