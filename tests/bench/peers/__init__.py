"""The PyTorch side of the bench: what a person would run without this program, timed step by step."""
