set(evaluation_sources batchtensors.cpp classification.cpp features.cpp forwardbench.cpp loss.cpp coarseprediction.cpp prediction.cpp prompting.cpp score.cpp)
