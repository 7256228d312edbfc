set(data_sources
  augment.cpp cifar.cpp classfolders.cpp classitems.cpp classlists.cpp colour.cpp contamination.cpp datahash.cpp dataset.cpp
  datasetcheck.cpp devicecolour.cpp deviceresample.cpp deviceviews.cpp folderscan.cpp imagenetlayouts.cpp jsonsplits.cpp knownsets.cpp
  labelledpictures.cpp labels.cpp layoutparts.cpp leakcheck.cpp loader.cpp mixing.cpp nearduplicates.cpp pack.cpp packwriter.cpp
  pairlayouts.cpp phantom.cpp phantomdevelop.cpp phantomraster.cpp phantomscene.cpp phantomshade.cpp picturetable.cpp resample.cpp
  seededsplit.cpp splitlists.cpp synsets.cpp textlines.cpp transforms.cpp)
