"""Thousands of damaged manuscripts: `python -m tests.fuzz [COUNT] [SEED]`, or `make fuzz-import`."""
