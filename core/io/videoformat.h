#pragma once
// Whether a file is a video, by its first bytes.
#include <string>

namespace gps {

// Throws Error: BadArgument for an address, NotFound for no file, BadFile for what is no regular file, is empty, is no video, or is an MP4 cut
// short; Io for one that cannot be read.
void requireVideoFile(const std::string& path);

}  // namespace gps
