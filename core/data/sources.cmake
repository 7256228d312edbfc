set(data_sources
  cachelimit.cpp datahash.cpp dataset.cpp datasetcheck.cpp loader.cpp loadingtimes.cpp pack.cpp packwriter.cpp pinnedmemory.cpp samplecache.cpp sampleloading.cpp
  checks/contamination.cpp checks/knownsets.cpp checks/leakcheck.cpp checks/nearduplicates.cpp
  layouts/cifar.cpp layouts/classfolders.cpp layouts/classitems.cpp layouts/classlists.cpp layouts/folderscan.cpp
  layouts/imagenetlayouts.cpp layouts/jsonsplits.cpp layouts/labelledpictures.cpp layouts/labels.cpp layouts/layoutparts.cpp
  layouts/pairlayouts.cpp layouts/picturetable.cpp layouts/seededsplit.cpp layouts/splitlists.cpp layouts/synsets.cpp
  layouts/textlines.cpp
  phantom/phantom.cpp phantom/phantomdevelop.cpp phantom/phantomraster.cpp phantom/phantomscene.cpp phantom/phantomshade.cpp
  views/augment.cpp views/colour.cpp views/devicecolour.cpp views/deviceresample.cpp views/deviceviews.cpp views/fittedviews.cpp
  views/mixing.cpp views/pixelupload.cpp views/resample.cpp views/transforms.cpp)
