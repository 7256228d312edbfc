set(tuning_sources config.cpp decoderwarmup.cpp environment.cpp flatstate.cpp layerwiserates.cpp methods.cpp metricsjson.cpp objective.cpp passline.cpp runfolder.cpp runstate.cpp runwriter.cpp schedule.cpp textfile.cpp
  trainer.cpp trainingrun.cpp trainspec.cpp)
