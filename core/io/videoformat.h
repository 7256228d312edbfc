#pragma once
// Whether a file is a video, by its first bytes.
#include <string>

namespace gps {

// Throws Error: BadArgument for an address, NotFound for no file, BadFile for what is no regular file, is empty, is no video, or is an MP4
// cut short; Io for one that cannot be read.
void requireVideoFile(const std::string& path);

// Degrees clockwise by which an MP4 or MOV asks to turn its frames: 0, 90, 180 or 270; 0 of any other file. Read here because OpenCV 4.6
// turns them the wrong way with FFmpeg 5.
int rotationOf(const std::string& path);

}  // namespace gps
