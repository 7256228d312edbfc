set(selection_sources gradientpass.cpp ranktable.cpp selection.cpp trainedvectors.cpp)
