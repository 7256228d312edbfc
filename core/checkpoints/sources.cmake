set(checkpoints_sources architecture.cpp basehash.cpp deltaapply.cpp deltafile.cpp deltapath.cpp exporting.cpp filelayout.cpp flaxvit.cpp layouts.cpp tensorplan.cpp
  gradientfieldfile.cpp loading.cpp selectionfile.cpp specjson.cpp)
