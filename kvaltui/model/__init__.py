"""What the words mean: figures, targets, periods, verdicts. Pure Python; imports nothing of ours but itself."""
