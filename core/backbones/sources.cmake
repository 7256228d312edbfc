set(backbones_sources device.cpp neck.cpp tinyvit.cpp samvit.cpp promptencoder.cpp prompthead.cpp maskdecoder.cpp samnetwork.cpp
  classifier.cpp vit.cpp swin.cpp convnext.cpp modelregistry.cpp samrecipes.cpp timmrecipes.cpp
  model.cpp)
