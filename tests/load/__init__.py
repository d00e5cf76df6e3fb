"""Benchmarks: each takes its reference in the same run and prints one row per bar."""
