set(nn_sources parametermap.cpp weightarena.cpp parameter.cpp selectivebackward.cpp linear.cpp norm.cpp conv.cpp)
