"""The serving process carries nothing that only the worker needs."""

from pathlib import Path

from tests.load.bench_serve import loaded_modules
from tests.serving import run_command


def test_the_serving_process_never_loads_what_only_the_worker_needs(tmp_path: Path) -> None:
    assert run_command(tmp_path, "db", "upgrade").returncode == 0
    assert loaded_modules(tmp_path) == []
