#include "app/cli/program.h"

int main(int argc, char** argv) { return gps::cli::runProgram(argc, argv); }
