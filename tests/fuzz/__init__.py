"""Damaged manuscripts by the thousand: `python -m tests.fuzz [COUNT] [SEED]`."""
