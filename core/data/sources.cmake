set(data_sources)
