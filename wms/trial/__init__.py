"""Trial: the warehouse put to the test: made-up data, benchmarks."""
