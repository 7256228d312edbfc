#pragma once
#include <string>

namespace gps {

// A name that was made, changed or removed survives a power cut once its folder is synced. Syncs the folder that holds `path`; a file
// system that cannot do so is no error.
void syncFolderOf(const std::string& path);

}  // namespace gps
