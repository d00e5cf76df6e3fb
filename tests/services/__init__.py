"""Real servers for the tests, as ordinary processes on free ports, gone when the tests are.

`postgres`, `redis_server`, `ceph` (S3) and `nginx` each have a `start(folder)` that returns a
`Service`; benchmarks call it under `tests.services.process.running`, tests ask for the fixtures of
`tests.services.fixtures`.
"""
