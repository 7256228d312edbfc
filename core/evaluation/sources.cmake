set(evaluation_sources batchtensors.cpp features.cpp loss.cpp prediction.cpp score.cpp)
