set(checkpoints_sources)
