"""Benchmarks: one file per question, honest figures, ratios against a named peer in the same run."""
