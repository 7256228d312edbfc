set(tuning_sources config.cpp decoderwarmup.cpp environment.cpp feedbench.cpp feedlines.cpp layerwiserates.cpp methods.cpp metricsjson.cpp passline.cpp runfolder.cpp
  runstate.cpp runwriter.cpp schedule.cpp stepbench.cpp textfile.cpp trainer.cpp trainingrun.cpp trainspec.cpp
  step/flatstate.cpp step/objective.cpp step/recordedwork.cpp step/sidestream.cpp step/stepfeed.cpp step/steploss.cpp step/trainingstep.cpp)
