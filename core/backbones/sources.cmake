set(backbones_sources)
