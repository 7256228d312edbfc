#pragma once
#include <string>

namespace gps {

// Whole file; Error(NotFound/Io).
std::string readText(const std::string& path);
// To PATH.tmp, synced, renamed: a reader sees the old text or the new one, after a power cut too. Error(Io) names path, cause, remedy.
void writeTextAtomically(const std::string& path, const std::string& text);
// Adds a line and syncs it; a last line cut short is ended first. Error(Io), with the file as it was.
void appendLine(const std::string& path, const std::string& line);

}  // namespace gps
