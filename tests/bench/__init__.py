"""Benchmarks: each figure beside its bound, as a table and as JSON (`make bench`)."""
