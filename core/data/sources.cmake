set(data_sources transforms.cpp loader.cpp)
