set(checkpoints_sources maskfile.cpp selectionset.cpp architecture.cpp basehash.cpp deltaapply.cpp deltafile.cpp deltapath.cpp exporting.cpp filelayout.cpp flaxvit.cpp layouts.cpp tensorplan.cpp
  gradientfieldfile.cpp loading.cpp selectionfile.cpp specjson.cpp)
