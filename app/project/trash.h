#pragma once
#include <QString>

namespace gps::app {

// Moves a file or folder to the system's trash, or where there is none to `fallback`/NAME (made when needed; an earlier thing of that name
// stays, the new one gets a number). Returns where it lies now; empty: it could not be moved and lies where it was. Any thread.
QString moveToTrash(const QString& path, const QString& fallback);

}  // namespace gps::app
