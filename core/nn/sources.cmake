set(nn_sources)
