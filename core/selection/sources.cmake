set(selection_sources
  agreement.cpp agreementtally.cpp benchfield.cpp bounds.cpp budget.cpp budgettable.cpp census.cpp choose.cpp combine.cpp
  criteria.cpp gradientpass.cpp ranktable.cpp scorecounts.cpp scorehistogram.cpp scores.cpp scorescanner.cpp selection.cpp
  selectionbench.cpp selectionexplorer.cpp setalgebra.cpp structure.cpp tablecounts.cpp trainedvectors.cpp zerorows.cpp)
