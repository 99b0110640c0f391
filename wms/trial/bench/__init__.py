"""Benchmarks: our figures beside the same work done by hand, measured in one run on one machine."""
