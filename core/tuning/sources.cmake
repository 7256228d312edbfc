set(tuning_sources bestepoch.cpp decoderwarmup.cpp divergence.cpp environment.cpp feedbench.cpp feedlines.cpp layerwiserates.cpp
  memoryremedy.cpp methods.cpp passline.cpp resume.cpp rundeltas.cpp runevents.cpp runstate.cpp runwriter.cpp
  schedule.cpp statefiles.cpp stepbench.cpp trainer.cpp trainingrun.cpp trainingstart.cpp trainsharing.cpp trainspec.cpp
  step/controlreadback.cpp step/flatstate.cpp step/objective.cpp step/recordedwork.cpp step/sidestream.cpp step/stepfeed.cpp step/steploss.cpp
  step/trainingstep.cpp sweep/sharedpasses.cpp sweep/sweepplan.cpp sweep/sweeprun.cpp)
# Runs on a disk, for those who only read them. No torch.
set(record_sources tuning/config.cpp tuning/metricsjson.cpp tuning/runfolder.cpp tuning/textfile.cpp tuning/sweep/frontier.cpp tuning/eventfile.cpp)
