set(data_sources
  augment.cpp colour.cpp dataset.cpp datasetcheck.cpp devicecolour.cpp deviceresample.cpp deviceviews.cpp folderscan.cpp leakcheck.cpp
  loader.cpp mixing.cpp pack.cpp phantom.cpp phantomdevelop.cpp phantomraster.cpp resample.cpp phantomscene.cpp phantomshade.cpp
  splitlists.cpp transforms.cpp)
