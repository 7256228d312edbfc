set(selection_sources)
