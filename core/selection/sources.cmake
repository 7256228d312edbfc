set(selection_sources
  criteria.cpp methodweights.cpp scores.cpp selection.cpp trainedvectors.cpp
  levels/bounds.cpp levels/budget.cpp levels/budgettable.cpp levels/census.cpp levels/choose.cpp levels/ranktable.cpp
  levels/scorecounts.cpp levels/scorescanner.cpp levels/selectionbench.cpp levels/selectionexplorer.cpp levels/tablecounts.cpp
  levels/zerorows.cpp
  pass/benchfield.cpp pass/fieldaccumulator.cpp pass/gradientpass.cpp pass/passbatch.cpp pass/passloading.cpp pass/passloss.cpp
  pass/passrecipe.cpp pass/passsharing.cpp pass/passsnapshots.cpp pass/passstate.cpp
  sets/agreement.cpp sets/agreementtally.cpp sets/combine.cpp sets/layertile.cpp sets/scorehistogram.cpp sets/setalgebra.cpp sets/structure.cpp)
