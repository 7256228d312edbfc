#pragma once
// Paths as a project's files keep them: relative inside its folder, so that it can be moved, absolute elsewhere.
#include <QString>

namespace gps::app {

QString keptPath(const QString& folder, const QString& path);    // empty stays empty
QString openedPath(const QString& folder, const QString& kept);  // absolute; of absolute ones: themselves

bool isSameFolder(const QString& a, const QString& b);  // however it is named; empty: no folder

}  // namespace gps::app
