set(selection_sources agreement.cpp agreementtally.cpp budget.cpp choose.cpp combine.cpp criteria.cpp gradientpass.cpp ranktable.cpp scorehistogram.cpp scores.cpp selection.cpp
  setalgebra.cpp structure.cpp trainedvectors.cpp)
