set(selection_sources budget.cpp choose.cpp criteria.cpp gradientpass.cpp ranktable.cpp scores.cpp selection.cpp trainedvectors.cpp)
