set(selection_sources budget.cpp choose.cpp criteria.cpp fieldaccumulator.cpp gradientpass.cpp overlap.cpp
  passbatch.cpp passloading.cpp passloss.cpp passrecipe.cpp passsnapshots.cpp passstate.cpp ranktable.cpp scores.cpp selection.cpp trainedvectors.cpp)
