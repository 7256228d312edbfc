set(tuning_sources bestepoch.cpp decoderwarmup.cpp divergence.cpp environment.cpp epochpictures.cpp feedbench.cpp feedlines.cpp layerwiserates.cpp
  memoryremedy.cpp methods.cpp passline.cpp resume.cpp rundeltas.cpp runevents.cpp runstate.cpp runwriter.cpp
  statefiles.cpp stepbench.cpp traincost.cpp trainer.cpp trainingrun.cpp trainingstart.cpp trainsharing.cpp
  step/controlreadback.cpp step/flatstate.cpp step/objective.cpp step/recordedwork.cpp step/sidestream.cpp step/stepfeed.cpp step/steploss.cpp
  step/trainingstep.cpp sweep/sharedpasses.cpp sweep/sweeprun.cpp)
