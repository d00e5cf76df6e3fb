"""The interest profiler: items, scores, and the jobs that go with them. Pure but for its tables."""
