set(evaluation_sources)
