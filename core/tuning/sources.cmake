set(tuning_sources)
