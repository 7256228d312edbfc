#pragma once
namespace gps::app {

// The whole program: switches, settings, theme, language, window, event loop. Returns the exit code of the process.
int runApplication(int argc, char** argv);

}  // namespace gps::app
