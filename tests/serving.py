"""The site as its users meet it: a real serving process on a port of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.services.process import free_port

SECRET = "a secret for tests only"
STARTS_WITHIN = 30.0


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a process on the data folder `data`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DEAMBULE_")}
    chosen = {"DEAMBULE_DATA": str(data), "DEAMBULE_SECRET": SECRET}
    chosen["DEAMBULE_SECOND_FACTOR"] = "optional"  # tests log in as organisers by password
    return kept | chosen | {f"DEAMBULE_{name.upper()}": value for name, value in more.items()}


class Site:
    """A serving process: `with Site(data) as site: … site.url`."""

    module = "app.serve"
    """What is run; benchmarks run the same with one more view."""

    def __init__(self, data: Path, port: int | None = None, **settings: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {"log_level": "warning", **settings, "port": str(self.port)}
        self.log = data / "serve.log"
        self.variables: dict[str, str] = {}
        """More of its environment."""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                env=environment(self.data, **self.settings) | self.variables,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the site did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)
        if self._process.poll() is not None:
            raise RuntimeError(f"another process answers on port {self.port}")
        return self

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/robots.txt", timeout=2):
                return True
        except HTTPError:
            return True
        except (URLError, OSError):
            return False

    @property
    def pid(self) -> int:
        """The number of the serving process."""
        if self._process is None:
            raise RuntimeError("the site is not running")
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut of the process would: SIGKILL, nothing is tidied."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait()

    def ask_to_stop(self) -> None:
        """Tell it to end, as an operator does."""
        os.kill(self.pid, signal.SIGTERM)

    def stop(self) -> None:
        """End it as an operator does, and wait until it has."""
        if self._process is not None and self._process.poll() is None:
            self.ask_to_stop()
            self._wait()

    def _wait(self) -> None:
        if self._process is not None:
            self._process.wait(timeout=20)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def run_command(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `deambule …` on a data folder, as an operator does."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        env=environment(data, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
