"""Redis from Debian, nothing kept on disk."""

from functools import partial
from pathlib import Path

from tests.services.process import Service, free_port, launch, listens, program, wait_until


def start(folder: Path) -> Service:
    """Start a server; `address["url"]` is its first database."""
    port = free_port()
    command = [program("redis-server", "redis-server"), "--port", str(port)]
    command += ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    log = folder / "redis.log"
    pid = launch(command, log)
    wait_until(partial(listens, port), pid, log)
    return Service({"url": f"redis://127.0.0.1:{port}/0"}, [pid])
