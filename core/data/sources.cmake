set(data_sources
  dataset.cpp datasetcheck.cpp folderscan.cpp leakcheck.cpp loader.cpp pack.cpp splitlists.cpp transforms.cpp)
