"""Checks: what is wrong with a finished artifact, and whether it holds every word."""
