set(backbones_sources device.cpp neck.cpp tinyvit.cpp samvit.cpp promptencoder.cpp maskdecoder.cpp samnetwork.cpp modelregistry.cpp
  model.cpp)
