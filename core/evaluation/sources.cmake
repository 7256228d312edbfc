set(evaluation_sources batchtensors.cpp loss.cpp prediction.cpp score.cpp)
